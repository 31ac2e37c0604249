package nonmercer.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;

/// Trees of records as JSON, such as the configuration of a model with its kernel.
///
/// A record is an object of its components, with its class as `"kind"` where the declared type
/// leaves a choice; an enum is its name; a [Parameter] is its number, element type, shape and
/// values where it is first met, and its number alone where it stands again, so that what was
/// shared stays shared. Reading makes only records of the declared types, so a file can name no
/// other class.
public final class RecordJson {
    private static final String KIND = "kind";
    private static final String PARAMETER = "parameter";

    private RecordJson() {}

    /// The JSON of a record, declared as `type`.
    public static <T> Json write(T value, Class<T> type) {
        return encode(value, type, new ArrayList<>());
    }

    /// The record in this JSON.
    ///
    /// @throws BadInputException naming what is missing, unknown, or refused by the record itself
    public static <T> T read(Json json, Class<T> type) {
        return type.cast(decode(json, type, new ArrayList<>()));
    }

    private static Json encode(Object value, Type declared, List<Parameter> met) {
        return switch (value) {
            case Integer i -> Json.of(i.longValue());
            case Long l -> Json.of(l.longValue());
            case Double d -> Json.of(d.doubleValue());
            case Boolean b -> Json.of(b.booleanValue());
            case String s -> Json.of(s);
            case Enum<?> e -> Json.of(e.name());
            case Parameter p -> encodeParameter(p, met);
            case List<?> list ->
                    Json.of(list.stream().map(e -> encode(e, element(declared), met)).toList());
            case Record r -> encodeRecord(r, (Class<?>) declared, met);
            default ->
                    throw new IllegalArgumentException(
                            "a "
                                    + value.getClass().getName()
                                    + " cannot be saved: configurations are records of numbers, texts, enums, parameters,"
                                    + " lists and records");
        };
    }

    private static Json encodeParameter(Parameter p, List<Parameter> met) {
        Map<String, Json> members = new LinkedHashMap<>();
        int number = met.indexOf(p);
        members.put(PARAMETER, Json.of((long) (number < 0 ? met.size() : number)));
        if (number < 0) {
            met.add(p);
            members.put("dtype", Json.of(p.value().dtype().name()));
            members.put("shape", Json.of(p.shape().extents()));
            members.put(
                    "values",
                    Json.of(Arrays.stream(p.value().toDoubles()).mapToObj(Json::of).toList()));
        }
        return Json.of(members);
    }

    private static Json encodeRecord(Record r, Class<?> declared, List<Parameter> met) {
        Map<String, Json> members = new LinkedHashMap<>();
        if (r.getClass() != declared) {
            members.put(KIND, Json.of(kind(r.getClass(), declared)));
        }
        for (RecordComponent c : r.getClass().getRecordComponents()) {
            try {
                var accessor = c.getAccessor();
                accessor.setAccessible(true);
                members.put(c.getName(), encode(accessor.invoke(r), c.getGenericType(), met));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "the component "
                                + c.getName()
                                + " of "
                                + r.getClass().getName()
                                + " cannot be read",
                        e);
            }
        }
        return Json.of(members);
    }

    private static Object decode(Json json, Type declared, List<Parameter> met) {
        if (declared instanceof ParameterizedType) {
            List<Object> list = new ArrayList<>();
            json.items().forEach(item -> list.add(decode(item, element(declared), met)));
            return List.copyOf(list);
        }
        Class<?> type = (Class<?>) declared;
        if (type == int.class) {
            return json.int32();
        }
        if (type == long.class) {
            return json.integer();
        }
        if (type == double.class) {
            return json.number();
        }
        if (type == boolean.class) {
            return json.bool();
        }
        if (type == String.class) {
            return json.text();
        }
        if (type == Parameter.class) {
            return decodeParameter(json, met);
        }
        return type.isEnum() ? decodeEnum(json, type) : decodeRecord(json, type, met);
    }

    private static Object decodeEnum(Json json, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(json.text())) {
                return constant;
            }
        }
        throw new BadInputException("\"" + json.text() + "\" is no " + type.getSimpleName());
    }

    private static Parameter decodeParameter(Json json, List<Parameter> met) {
        int number = json.get(PARAMETER).int32();
        if (number < 0 || number > met.size()) {
            throw new BadInputException(
                    "parameter " + number + " stands before parameter " + met.size());
        }
        if (number == met.size()) {
            DType dtype = (DType) decodeEnum(json.get("dtype"), DType.class);
            int[] extents = json.get("shape").items().stream().mapToInt(Json::int32).toArray();
            double[] values =
                    json.get("values").items().stream().mapToDouble(Json::number).toArray();
            try {
                met.add(new Parameter(Array.of(Shape.of(extents), values).cast(dtype)));
            } catch (IllegalArgumentException e) {
                throw new BadInputException("parameter " + number + ": " + e.getMessage(), e);
            }
        }
        return met.get(number);
    }

    private static Object decodeRecord(Json json, Class<?> declared, List<Parameter> met) {
        Class<?> type = declared.isRecord() ? declared : named(json.get(KIND).text(), declared);
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknown(json, type, declared.isRecord());
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] =
                    decode(json.get(components[i].getName()), components[i].getGenericType(), met);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new BadInputException(
                    type.getSimpleName() + ": " + e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static void refuseUnknown(Json json, Class<?> type, boolean plain) {
        Set<String> known =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toSet());
        for (String name : json.members().keySet()) {
            if (!known.contains(name) && (plain || !name.equals(KIND))) {
                throw new BadInputException(
                        "a " + type.getSimpleName() + " has no \"" + name + "\"");
            }
        }
    }

    /// `ExpDot` or `Coefficient.Fixed` for a class of the declared type's package, the full name
    /// for a user's own.
    private static String kind(Class<?> type, Class<?> declared) {
        String prefix = declared.getPackageName() + ".";
        String name = type.getName();
        return name.startsWith(prefix) ? name.substring(prefix.length()).replace('$', '.') : name;
    }

    private static Class<?> named(String kind, Class<?> declared) {
        for (String name :
                List.of(declared.getPackageName() + "." + kind.replace('.', '$'), kind)) {
            try {
                Class<?> found = Class.forName(name, false, declared.getClassLoader());
                if (declared.isAssignableFrom(found) && found.isRecord()) {
                    return found;
                }
            } catch (ClassNotFoundException | LinkageError e) {
                // the next way to read the name, or the sentence below
            }
        }
        throw new BadInputException(
                "\""
                        + kind
                        + "\" is no "
                        + declared.getSimpleName()
                        + " of this library; a kernel of your own must be on the class path");
    }

    private static Type element(Type declared) {
        return ((ParameterizedType) declared).getActualTypeArguments()[0];
    }
}
