package nonmercer.cli;

import java.util.List;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;

/// Kernels as options and arguments give them.
final class KernelOption {
    private KernelOption() {}

    /// The kernel of an expression.
    static Kernel of(String text) {
        return KernelExpression.parse(text);
    }

    /// The kernels of a list, split at commas outside of parentheses.
    static List<Kernel> all(String list) {
        return KernelExpression.split(list).stream().map(KernelOption::of).toList();
    }
}
