package dev.moviola.kernel.engine;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a check for a stop at each method entry, before each jump back, and where a handler would swallow it; and puts
 * our own method in the place of {@code System.exit}. Neither changes a stack map, so that no frames are computed anew.
 * {@linkplain StraightLine Code that only runs straight through} is left as it is.
 */
final class StopWeaver {
    private static final String CHECK = StopCheck.class.getName().replace('.', '/');
    private static final Set<String> SWALLOWS =
            Set.of("java/lang/Throwable", "java/lang/Error", "java/lang/ThreadDeath");

    private StopWeaver() {}

    static byte[] weave(byte[] bytes) {
        if (StraightLine.is(bytes)) {
            return bytes;
        }
        return woven(bytes);
    }

    private static byte[] woven(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        return new Method(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Method extends MethodVisitor {
        private final Set<Label> passed = new HashSet<>();
        private final Set<Label> handlers = new HashSet<>();
        private boolean atHandler;

        Method(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        private void call(String method) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, CHECK, method, "()V", false);
        }

        private void beforeInstruction() {
            if (atHandler) {
                atHandler = false;
                call("caught");
            }
        }

        @Override
        public void visitCode() {
            super.visitCode();
            call("check");
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            super.visitTryCatchBlock(start, end, handler, type);
            if (type != null && SWALLOWS.contains(type)) {
                handlers.add(handler);
            }
        }

        @Override
        public void visitLabel(Label label) {
            super.visitLabel(label);
            passed.add(label);
            atHandler |= handlers.contains(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            beforeInstruction();
            if (passed.contains(label)) {
                call("check");
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            beforeInstruction();
            boolean system = owner.equals("java/lang/System") && name.equals("exit");
            boolean runtime = owner.equals("java/lang/Runtime") && (name.equals("exit") || name.equals("halt"));
            if (system || runtime) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, CHECK, "exit", system ? "(I)V" : "(Ljava/lang/Runtime;I)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            beforeInstruction();
            super.visitInsn(opcode);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            beforeInstruction();
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitVarInsn(int opcode, int index) {
            beforeInstruction();
            super.visitVarInsn(opcode, index);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            beforeInstruction();
            super.visitTypeInsn(opcode, type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            beforeInstruction();
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            beforeInstruction();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        @Override
        public void visitLdcInsn(Object value) {
            beforeInstruction();
            super.visitLdcInsn(value);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            beforeInstruction();
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            beforeInstruction();
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }
    }
}
