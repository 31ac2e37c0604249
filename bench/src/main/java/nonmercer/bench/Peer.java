package nonmercer.bench;

import java.util.function.Supplier;
import nonmercer.array.Array;

/// The same work by another library.
///
/// @param prepare sets what the library needs for the whole process, such as its number of threads;
///   runs before each round, off the clock
/// @param call does the work
/// @param result what the last call computed
/// @param lingerMillis how long threads of the library may keep a core busy after a call; what runs
///   next waits for that
public record Peer(
        String name,
        String version,
        Runnable prepare,
        Runnable call,
        Supplier<Array> result,
        long lingerMillis) {
    /// Of a library that needs no preparation and whose threads sleep at once.
    public static Peer of(String name, String version, Runnable call, Supplier<Array> result) {
        return new Peer(name, version, () -> {}, call, result, 0);
    }
}
