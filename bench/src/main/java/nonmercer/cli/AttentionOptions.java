package nonmercer.cli;

import nonmercer.model.Design;
import picocli.CommandLine.Option;

/// The attention of a model, as the commands that train one model take it.
final class AttentionOptions {
    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description =
                    "The attention kernel, by name or as an expression such as 0.5*gauss(2)+expdot"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "ExpDot")
    private String kernel = "ExpDot";

    /// A design with this attention in the place of its own.
    ///
    /// @throws IllegalArgumentException if there is none such, saying where
    Design in(Design design) {
        return design.with(KernelOption.of(kernel));
    }
}
