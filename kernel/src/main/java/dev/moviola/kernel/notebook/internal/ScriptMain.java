package dev.moviola.kernel.notebook.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of a script that is no cell: the main method and what shows results.
 *
 * @param calls what it does, in order
 * @param parameters types by the names of fields that the command line may set
 * @param parametersAfter after how many calls it sets them
 * @param library whether values are shown by the library's renderers
 */
record ScriptMain(List<String> calls, Map<String, String> parameters, int parametersAfter, boolean library) {
    /** Types of parameters that can be given as text, and how they are read. */
    private static final Map<String, String> READERS = Map.of(
            "String", "%s",
            "int", "Integer.parseInt(%s)",
            "long", "Long.parseLong(%s)",
            "double", "Double.parseDouble(%s)",
            "float", "Float.parseFloat(%s)",
            "boolean", "Boolean.parseBoolean(%s)",
            "Integer", "Integer.valueOf(%s)",
            "Long", "Long.valueOf(%s)",
            "Double", "Double.valueOf(%s)",
            "Path", "java.nio.file.Path.of(%s)");

    /** Its text. */
    String text() {
        StringBuilder text = new StringBuilder("    // %% [script]\n");
        text.append("    public static void main(String... args) throws Throwable {\n");
        Map<String, String> settable = settable();
        for (int i = 0; i <= calls.size(); i++) {
            if (i == parametersAfter && !settable.isEmpty()) {
                text.append("        for (String arg : args) {\n            set(arg);\n        }\n");
            }
            if (i < calls.size()) {
                text.append("        ").append(calls.get(i)).append('\n');
            }
        }
        text.append("    }\n");
        if (!settable.isEmpty()) {
            setter(text, settable);
        }
        if (calls.isEmpty()) {
            return text.toString();
        }
        text.append("\n    static void show(Object value) {\n");
        if (library) {
            text.append(
                    "        if (value != null) {\n            dev.moviola.display.Display.show(value);\n        }\n");
        } else {
            text.append("        if (value instanceof Object[] array) {\n")
                    .append("            System.out.println(java.util.Arrays.deepToString(array));\n")
                    .append("        } else if (value != null) {\n")
                    .append("            System.out.println(value);\n        }\n");
        }
        return text.append("    }\n").toString();
    }

    private Map<String, String> settable() {
        return parameters.entrySet().stream()
                .filter(each -> READERS.containsKey(each.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.TreeMap::new));
    }

    private static void setter(StringBuilder text, Map<String, String> settable) {
        String names = settable.keySet().stream()
                .map(field -> field.substring(field.lastIndexOf('.') + 1))
                .collect(Collectors.joining(", "));
        text.append("\n    static void set(String parameter) {\n")
                .append("        String name = parameter.replaceFirst(\"=.*\", \"\");\n")
                .append(
                        "        String value = parameter.substring(Math.min(parameter.length(), name.length() + 1));\n")
                .append("        switch (name) {\n");
        settable.forEach((field, type) -> text.append("            case \"")
                .append(field.substring(field.lastIndexOf('.') + 1))
                .append("\" -> ")
                .append(field)
                .append(" = ")
                .append(String.format(READERS.get(type), "value"))
                .append(";\n"));
        text.append("            default -> throw new IllegalArgumentException(\"an argument must be NAME=VALUE with"
                        + " one of the names ")
                .append(names)
                .append(", but was \" + parameter);\n        }\n    }\n");
    }
}
