package nonmercer.train;

import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// What is trained: batches, their loss, and a score on data not trained on.
///
/// @param <B> a batch
public interface Task<B> {
    /// The batches of one epoch, in an order drawn from this stream.
    List<B> epoch(RandomStream random);

    /// The loss of one batch, shape `[]`; it must be a mean, so that batches of different size
    /// weigh alike.
    Tensor loss(B batch, Pass pass);

    /// The number of tokens of a batch, for the speed that is reported.
    int tokens(B batch);

    /// The score on the validation data, higher is better; called after each epoch, with all that
    /// is trained as it then is.
    double validate();
}
