package nonmercer.experiment;

import nonmercer.train.Listener;

/// Told of the trainings and measurements of an experiment as they begin and end.
public interface Watcher {
    /// A training begins: the `number`th of those still to do, from 1.
    ///
    /// @param training what is trained, with which seed
    Listener begins(String training, int number, int of);

    /// The training that began last ended.
    ///
    /// @param training what was trained, with which seed, and what it came to
    void ends(String training);

    /// A measurement begins.
    void measures(String what);

    /// Whether anything further may begin.
    boolean goesOn();
}
