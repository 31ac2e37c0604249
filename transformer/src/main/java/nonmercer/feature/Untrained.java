package nonmercer.feature;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;

/// A map whose parameters are constants. No record, so that no model takes them for its own.
sealed class Untrained implements FeatureMap {
    private final FeatureMap map;
    private final Map<Parameter, Tensor> constants;

    private Untrained(FeatureMap map, Map<Parameter, Tensor> constants) {
        this.map = map;
        this.constants = constants;
    }

    static FeatureMap of(FeatureMap map) {
        Map<Parameter, Tensor> constants = new HashMap<>();
        ParameterTree.found(map).values().forEach(p -> constants.put(p, Tensor.of(p.value())));
        if (constants.isEmpty()) {
            return map;
        }
        return map instanceof PositiveFeatureMap p
                ? new Positive(p, constants)
                : new Untrained(map, constants);
    }

    final FeatureMap map() {
        return map;
    }

    final Map<Parameter, Tensor> constants() {
        return constants;
    }

    final Pass constant(Pass pass) {
        return pass.replacing(constants);
    }

    @Override
    public final int dimension(int d) {
        return map.dimension(d);
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return map.queries(q, constant(pass));
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return map.keys(k, constant(pass));
    }

    @Override
    public FeatureMap fitted(Tensor q, Tensor k, Pass pass) {
        return new Untrained(map.fitted(q, k, constant(pass)), constants);
    }

    @Override
    public final boolean fitsData() {
        return map.fitsData();
    }

    @Override
    public Optional<String> normaliserRisk() {
        return map.normaliserRisk();
    }

    private static final class Positive extends Untrained implements PositiveFeatureMap {
        private final PositiveFeatureMap positive;

        Positive(PositiveFeatureMap map, Map<Parameter, Tensor> constants) {
            super(map, constants);
            this.positive = map;
        }

        @Override
        public Logarithms logQueries(Tensor q, Pass pass) {
            return positive.logQueries(q, constant(pass));
        }

        @Override
        public Logarithms logKeys(Tensor k, Pass pass) {
            return positive.logKeys(k, constant(pass));
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return positive.queries(q, constant(pass));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return positive.keys(k, constant(pass));
        }

        @Override
        public PositiveFeatureMap fitted(Tensor q, Tensor k, Pass pass) {
            return new Positive(positive.fitted(q, k, constant(pass)), constants());
        }

        @Override
        public Optional<Projected> projected(Tensor q, Tensor k, Pass pass) {
            return positive.projected(q, k, constant(pass));
        }

        @Override
        public Optional<String> normaliserRisk() {
            return Optional.empty();
        }
    }
}
