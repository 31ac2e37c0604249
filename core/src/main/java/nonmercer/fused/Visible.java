package nonmercer.fused;

/// Which keys a query sees: consecutive ones.
public interface Visible {
    /// All of them.
    static Visible all() {
        return new All();
    }

    /// The first key that query `i` of `n` sees among the `m` keys of sequence `b`.
    int from(int b, int i, int n, int m);

    /// The first key behind those it sees; at most `m`. Nothing is seen where this is not above
    /// [#from].
    int to(int b, int i, int n, int m);

    /// Every query sees every key.
    record All() implements Visible {
        @Override
        public int from(int b, int i, int n, int m) {
            return 0;
        }

        @Override
        public int to(int b, int i, int n, int m) {
            return m;
        }
    }
}
