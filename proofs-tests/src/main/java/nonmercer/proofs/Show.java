package nonmercer.proofs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import nonmercer.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/// Prints a case: records with the numbers in their arrays.
final class Show {
    private static final int LONGEST = 1200;

    private Show() {}

    static String of(@Nullable Object value) {
        String all = print(value);
        return all.length() <= LONGEST
                ? all
                : all.substring(0, LONGEST) + "… (" + all.length() + " characters)";
    }

    private static String print(@Nullable Object value) {
        return switch (value) {
            case Kernel k -> k.name();
            case Record r -> r.getClass().getSimpleName() + components(r);
            case List<?> l ->
                    l.stream().map(Show::print).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> {
                String s = Arrays.deepToString(new @Nullable Object[] {value});
                yield s.substring(1, s.length() - 1);
            }
        };
    }

    private static List<String> components(Record r) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent c : r.getClass().getRecordComponents()) {
            try {
                var accessor = c.getAccessor();
                accessor.setAccessible(true);
                parts.add(c.getName() + "=" + print(accessor.invoke(r)));
            } catch (ReflectiveOperationException e) {
                return List.of(r.toString());
            }
        }
        return parts;
    }
}
