package nonmercer.bench;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The libraries to compare with: those in Java, and the native ones of the class path.
public final class Peers {
    private static final List<PeerLibrary> JAVA =
            List.of(new Ejml(), new Ojalgo(), new Netlib(), new JavaMath());
    private static final List<PeerLibrary> NATIVE =
            ServiceLoader.load(PeerLibrary.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private Peers() {}

    /// The native ones: none unless the build had the profile `native-peers`.
    public static List<PeerLibrary> natives() {
        return NATIVE;
    }

    /// What all of them offer for this task.
    static List<Peer> of(Task task) {
        return Stream.concat(JAVA.stream(), NATIVE.stream())
                .flatMap(library -> library.of(task).stream())
                .toList();
    }
}
