package nonmercer.data.task;

/// A generated task that asks for tokens, each by what stands at its place and before.
public non-sealed interface AnswerTask extends GeneratedTask<Answered> {}
