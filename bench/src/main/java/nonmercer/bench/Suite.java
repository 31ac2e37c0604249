package nonmercer.bench;

import java.util.List;

/// Cases that belong together, under one name.
public interface Suite {
    /// What the command calls it.
    String name();

    /// What it measures, in a few words.
    String about();

    /// A row of the table each. Making the list makes no arrays.
    List<Case> cases();

    /// A few of them that stand for all.
    default List<Case> quick() {
        return cases();
    }
}
