/// Files: JSON, safetensors, and the one exception that says what a user's input got wrong.
@org.jspecify.annotations.NullMarked
package nonmercer.io;
