package nonmercer.proofs.spectral;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The library once more, with a meter in its bytecode: every branch counts itself before it is
/// taken, and every array its length before it is made. So loops inside of one operation count as
/// well as whole operations, and what is counted depends neither on the compiler nor on the
/// machine's clock.
///
/// What the JDK does within one call, such as copying a row, is not counted, nor what threads do
/// while they wait ([nonmercer.parallel]).
final class Metered extends ClassLoader {
    private static final String OURS = "nonmercer.";
    private static final ClassDesc METER = ClassDesc.of(Meter.class.getName());
    private static final MethodTypeDesc STEP = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final MethodTypeDesc MADE =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);

    private static final Map<String, long[]> KNOWN = new ConcurrentHashMap<>();
    private static final Object ONE_AT_A_TIME = new Object();

    private final Method run;

    private Metered() {
        super(Metered.class.getClassLoader());
        try {
            run =
                    loadClass(MeteredAttention.class.getName())
                            .getMethod("run", String.class, int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the metered attention cannot be loaded", e);
        }
    }

    /// Loaded once.
    private static final class World {
        static final Metered METERED = new Metered();
    }

    /// What one attention of so many rows costs, `{branches forward, branches, numbers in new
    /// arrays}`; the second of two runs, so that nothing is counted that happens once. The same
    /// numbers every time, so that they are measured once.
    static long[] cost(String attention, int n) {
        return KNOWN.computeIfAbsent(attention + " of " + n, key -> measured(attention, n)).clone();
    }

    private static long[] measured(String attention, int n) {
        synchronized (ONE_AT_A_TIME) {
            try {
                World.METERED.run.invoke(null, attention, n);
                return (long[]) World.METERED.run.invoke(null, attention, n);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the metered " + attention + " failed", e);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] bytes = bytes(name);
            byte[] changed = counted(name) ? metered(bytes) : bytes;
            return defineClass(name, changed, 0, changed.length);
        }
    }

    private static boolean counted(String name) {
        return !name.startsWith("nonmercer.parallel.") && !name.equals(Meter.class.getName());
    }

    private byte[] bytes(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the class file of " + name + " cannot be read", e);
        }
    }

    private byte[] metered(byte[] bytes) {
        ClassFile file =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(getParent())
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        return file.transformClass(
                file.parse(bytes), ClassTransform.transformingMethodBodies(Metered::count));
    }

    private static void count(CodeBuilder to, CodeElement e) {
        switch (e) {
            case BranchInstruction b -> to.invokestatic(METER, "step", STEP);
            case NewPrimitiveArrayInstruction a -> to.invokestatic(METER, "made", MADE);
            case NewReferenceArrayInstruction a -> to.invokestatic(METER, "made", MADE);
            case InvokeInstruction i when copies(i) -> to.invokestatic(METER, "made", MADE);
            case InvokeInstruction i when clones(i) ->
                    to.dup().arraylength().invokestatic(METER, "made", MADE).pop();
            default -> {}
        }
        to.with(e);
    }

    /// `Arrays.copyOf(array, length)`.
    private static boolean copies(InvokeInstruction i) {
        return i.owner().asInternalName().equals("java/util/Arrays")
                && i.name().equalsString("copyOf")
                && i.typeSymbol().parameterCount() == 2;
    }

    /// `array.clone()`.
    private static boolean clones(InvokeInstruction i) {
        return i.opcode() == Opcode.INVOKEVIRTUAL
                && i.owner().asInternalName().startsWith("[")
                && i.name().equalsString("clone");
    }
}
