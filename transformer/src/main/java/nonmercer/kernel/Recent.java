package nonmercer.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cache of a few values, least recently used first out, for any number of threads.
final class Recent<K, V> {
    private final Map<K, V> values;

    /// Room for so many.
    Recent(int most) {
        values =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > most;
                    }
                };
    }

    synchronized @Nullable V get(K key) {
        return values.get(key);
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }
}
