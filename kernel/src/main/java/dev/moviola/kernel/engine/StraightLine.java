package dev.moviola.kernel.engine;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Tells classes whose code neither jumps nor calls anything, as that of {@code int x = 1 + 1}. Such code ends by itself
 * and needs no checks for a stop. Only the constants are read: code with a jump has stack maps, and a call names its
 * method; in doubt a class is not one of these.
 */
final class StraightLine {
    private static final int MAGIC = 0xcafebabe;
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private static final Set<String> HARMLESS = Set.of(
            "java/lang/Object.<init>",
            "java/lang/Integer.valueOf",
            "java/lang/Long.valueOf",
            "java/lang/Double.valueOf",
            "java/lang/Float.valueOf",
            "java/lang/Boolean.valueOf",
            "java/lang/Character.valueOf",
            "java/lang/Short.valueOf",
            "java/lang/Byte.valueOf");

    private final Object[] constants;

    private StraightLine(Object[] constants) {
        this.constants = constants;
    }

    /** A pair of indexes. */
    private record Pair(int first, int second) {}

    /** Whether the code of that class, as the compiler wrote it, only runs straight through. */
    static boolean is(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                return false;
            }
            in.readInt();
            Object[] constants = new Object[in.readUnsignedShort()];
            Pair[] methods = new Pair[constants.length];
            for (int i = 1; i < constants.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case UTF8 -> constants[i] = in.readUTF();
                    case CLASS -> constants[i] = in.readUnsignedShort();
                    case 8 -> in.readUnsignedShort();
                    case NAME_AND_TYPE -> constants[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                    case METHOD -> methods[i] = new Pair(in.readUnsignedShort(), in.readUnsignedShort());
                    case 3, 4, 9 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++;
                    }
                    default -> {
                        return false;
                    }
                }
                if ("StackMapTable".equals(constants[i < constants.length ? i : 0])) {
                    return false;
                }
            }
            StraightLine all = new StraightLine(constants);
            for (Pair method : methods) {
                if (method != null && !HARMLESS.contains(all.name(method))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String name(Pair method) {
        boolean whole = constants[method.first()] instanceof Integer owner
                && constants[method.second()] instanceof Pair called
                && constants[owner] instanceof String
                && constants[called.first()] instanceof String;
        if (!whole) {
            return "";
        }
        Pair called = (Pair) constants[method.second()];
        return constants[(Integer) constants[method.first()]] + "." + constants[called.first()];
    }
}
