package nonmercer.autodiff;

/// A record of choices that models are made from, such as a configuration.
///
/// Parameters it holds are copied into models ([ParameterTree#freshCopy]) and never trained
/// themselves: a [ParameterTree] does not list them.
public interface Prototype {}
