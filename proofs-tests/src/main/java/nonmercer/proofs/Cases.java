package nonmercer.proofs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;

/// The cases of a claim: a number of random ones, or all of a list; and the classes of case that
/// must occur among them.
///
/// A claim that holds of trivial cases only is vacuous, so a claim says what a telling case is and
/// how often it must come.
public final class Cases<C> {
    private final @Nullable Arbitrary<C> arbitrary;
    private final List<C> all;
    private final int count;
    private final List<Region<C>> regions;

    private Cases(
            @Nullable Arbitrary<C> arbitrary, List<C> all, int count, List<Region<C>> regions) {
        this.arbitrary = arbitrary;
        this.all = List.copyOf(all);
        this.count = count;
        this.regions = List.copyOf(regions);
    }

    /// A class of case and the least share of the cases that must lie in it.
    public record Region<C>(String name, double share, Predicate<? super C> contains) {}

    /// So many cases drawn from an arbitrary, which also shrinks a failing one.
    public static <C> Cases<C> random(int count, Arbitrary<C> arbitrary) {
        if (count < 1) {
            throw new IllegalArgumentException("a claim needs at least one case, got " + count);
        }
        return new Cases<>(arbitrary, List.of(), count, List.of());
    }

    /// Exactly these cases, in order.
    public static <C> Cases<C> all(List<C> cases) {
        return new Cases<>(null, cases, cases.size(), List.of());
    }

    /// Exactly these cases, in order.
    @SafeVarargs
    public static <C> Cases<C> all(C... cases) {
        List<C> list = new ArrayList<>();
        for (C c : cases) {
            list.add(c);
        }
        return all(list);
    }

    /// These cases, of which at least this share must lie in a class; else the claim is vacuous.
    public Cases<C> hitting(String name, double share, Predicate<? super C> contains) {
        List<Region<C>> more = new ArrayList<>(regions);
        more.add(new Region<>(name, share, contains));
        return new Cases<>(arbitrary, all, count, more);
    }

    /// The number of cases.
    public int count() {
        return count;
    }

    /// The classes that must occur.
    public List<Region<C>> regions() {
        return regions;
    }

    /// The cases; call within a jqwik session.
    Stream<Shrinkable<C>> draw(Random random) {
        if (arbitrary == null) {
            return all.stream().map(Shrinkable::unshrinkable);
        }
        var generator = arbitrary.generator(count, true);
        return Stream.generate(() -> generator.next(random)).limit(count);
    }
}
