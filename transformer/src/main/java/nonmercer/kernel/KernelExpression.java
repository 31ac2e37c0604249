package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;

/// Kernels as text: `0.5*gauss(2) + expdot`.
///
/// ```
/// kernel    = product { "+" product }
/// product   = power { "*" power | "/" number }
/// power     = atom [ "^" number ]
/// atom      = number | "(" kernel ")" | name [ "(" arguments ")" ]
/// arguments = argument { "," argument },  argument = [ name "=" ] value
/// ```
///
/// A name is a kernel of the [Catalogue], without regard to case, dashes and underscores, the
/// qualified name of a class of one's own, or an operation of the algebra such as `lengthscale(k,
/// 2)`; [#operations()] lists these. Arguments of a kernel are those of its constructors, by
/// position or by name, and what is left out is as in its constructor without arguments:
/// `quadratic(offset=0)`. Where a coefficient is expected, `1/sqrt(d)` and `trained(0.5)` are ones
/// too. A number may stand for the constant kernel in a sum.
public final class KernelExpression {
    private KernelExpression() {}

    /// The kernel that the text describes.
    ///
    /// @throws IllegalArgumentException saying what was expected, with a caret below the place
    public static Kernel parse(String text) {
        return new KernelParser(text).kernel();
    }

    /// The kernels of a list, split at the commas outside of parentheses.
    public static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                parts.add(list.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(list.substring(from).strip());
        return List.copyOf(parts);
    }

    /// The text of a kernel: parsing it gives an equal kernel.
    ///
    /// @throws IllegalArgumentException for what no text describes, such as a trained matrix
    public static String print(Kernel kernel) {
        return KernelPrinter.print(kernel);
    }

    /// A short name that tells kernels of one class apart: the name of a kernel as its constructor
    /// without arguments makes it, else the text, else, where there is none, the formula.
    public static String label(Kernel kernel) {
        boolean leaf =
                kernel instanceof Profile
                        || kernel instanceof Featured
                        || kernel instanceof Composed;
        if (leaf && kernel.equals(Catalogue.kernels().get(kernel.name()))) {
            return kernel.name();
        }
        try {
            return print(kernel);
        } catch (IllegalArgumentException e) {
            return leaf ? kernel.formula() : kernel.name();
        }
    }

    /// The operations of the algebra, each as it is written.
    public static List<String> operations() {
        return KernelOperation.all().stream().map(KernelOperation::usage).toList();
    }
}
