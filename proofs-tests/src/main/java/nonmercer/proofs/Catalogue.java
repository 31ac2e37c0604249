package nonmercer.proofs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nonmercer.autodiff.Classes;

/// The claims there are, found by their classes: a new file is in the catalogue, and run, at once.
public final class Catalogue {
    private Catalogue() {}

    /// The claims of this library, by their numbers.
    ///
    /// @throws IllegalStateException if a claim cannot be made, has no mutant or shares its number
    ///   with another
    public static List<Claim<?, ?>> claims() {
        return under(Claim.class);
    }

    /// The claims in the package of this class and the packages below it, from the same folder or
    /// jar.
    public static List<Claim<?, ?>> under(Class<?> anchor) {
        List<Claim<?, ?>> claims = new ArrayList<>();
        for (Class<?> c : Classes.under(anchor)) {
            if (Claim.class.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers())) {
                claims.add(checked(make(c)));
            }
        }
        claims.sort(Comparator.comparing(Catalogue::key));
        Map<String, String> names = new HashMap<>();
        for (Claim<?, ?> claim : claims) {
            String other = names.put(claim.id(), claim.name());
            if (other != null) {
                throw new IllegalStateException(
                        "the claims "
                                + other
                                + " and "
                                + claim.name()
                                + " both have the number "
                                + claim.id());
            }
        }
        return List.copyOf(claims);
    }

    /// Letters, then the number by its value: `C2` before `C11`.
    private static String key(Claim<?, ?> claim) {
        String id = claim.id();
        String letters = id.replaceAll("[0-9].*", "");
        String digits = id.substring(letters.length()).replaceAll("[^0-9].*", "");
        return "%s%6s%s"
                .formatted(letters, digits, id.substring(letters.length() + digits.length()));
    }

    private static Claim<?, ?> make(Class<?> c) {
        try {
            var constructor = c.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Claim<?, ?>) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    "the claim " + c.getName() + " has no constructor without arguments", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "the claim " + c.getName() + " cannot be made", e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("the claim " + c.getName() + " cannot be made", e);
        }
    }

    private static Claim<?, ?> checked(Claim<?, ?> claim) {
        if (claim.mutants().isEmpty()) {
            throw new IllegalStateException(
                    "the claim "
                            + claim.name()
                            + " has no mutant: name at least one wrong subject that it refutes, or it may say nothing");
        }
        if (claim.subjects().isEmpty()) {
            throw new IllegalStateException(
                    "the claim " + claim.name() + " has no subject: it would never be tested");
        }
        if (claim.id().isBlank() || claim.statement().isBlank()) {
            throw new IllegalStateException(
                    "the claim " + claim.name() + " needs a number and a statement");
        }
        return claim;
    }
}
