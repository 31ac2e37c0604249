package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Kernel;

/// Which of the two domains a space's functions live on.
enum Side {
    QUERIES {
        @Override
        Array features(FeatureMap map, Array points) {
            return map.queries(Tensor.of(points), Pass.evaluation()).value();
        }

        @Override
        Array kernel(Kernel kernel, Array own, Array others) {
            return KernelBlocks.matrix(kernel, own, others);
        }
    },
    KEYS {
        @Override
        Array features(FeatureMap map, Array points) {
            return map.keys(Tensor.of(points), Pass.evaluation()).value();
        }

        @Override
        Array kernel(Kernel kernel, Array own, Array others) {
            return Dense.transposed(KernelBlocks.matrix(kernel, others, own));
        }
    };

    Side other() {
        return this == QUERIES ? KEYS : QUERIES;
    }

    /// This side's features of its points.
    abstract Array features(FeatureMap map, Array points);

    /// The kernel with a point of this side in front: `[own, others]`.
    abstract Array kernel(Kernel kernel, Array own, Array others);
}
