package nonmercer.proofs;

import java.util.List;
import java.util.function.Function;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.OpCatalogue;
import nonmercer.autodiff.Specimen;

/// A claim about every differentiable operation, at random valid uses of it. Its subjects are the
/// operations of the catalogue; [Laws] holds other operations to it.
///
/// @param <C> one case
public interface OpLaw<C> extends Claim<Function<Draw, Specimen>, C> {
    @Override
    default List<Subject<Function<Draw, Specimen>>> subjects() {
        return OpCatalogue.standard().entries().stream()
                .map(e -> Subject.<Function<Draw, Specimen>>of(e.toString(), e::specimen))
                .toList();
    }
}
