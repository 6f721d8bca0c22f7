package dev.moviola.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a signature, as JShell prints it, is about.
 *
 * @param home the package; empty if the signature does not say
 * @param types the type and those inside it, from the outermost
 * @param member a method or field; null for the type itself
 * @param parameters simple names of their types without type arguments; null if it is no method or constructor
 */
record MemberName(
        String home,
        List<String> types,
        @Nullable String member,
        @Nullable List<String> parameters) {
    static final String CONSTRUCTOR = "<init>";

    /** Reads a signature; empty for a variable or something else that no library declares. */
    static Optional<MemberName> of(String signature) {
        String plain = signature;
        for (String before = ""; !before.equals(plain); ) {
            before = plain;
            plain = plain.replaceAll("<[^<>]*>", "");
        }
        int open = plain.indexOf('(');
        String head = (open < 0 ? plain : plain.substring(0, open)).strip();
        boolean field = open < 0 && head.contains(":");
        head = field ? head.substring(0, head.indexOf(':')) : head;
        boolean typed = head.contains(" ");
        String[] segments = head.substring(head.lastIndexOf(' ') + 1).split("\\.");
        List<String> home = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String segment : segments) {
            (types.isEmpty() && !segment.isEmpty() && !Character.isUpperCase(segment.charAt(0)) ? home : types)
                    .add(segment);
        }
        String member = null;
        if (field || open >= 0 && typed) {
            member = types.isEmpty() ? null : types.remove(types.size() - 1);
        } else if (open >= 0) {
            member = CONSTRUCTOR;
        }
        List<String> parameters = open < 0 ? null : parameters(plain.substring(open + 1, plain.lastIndexOf(')')));
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of(new MemberName(String.join(".", home), types, member, parameters));
    }

    private static List<String> parameters(String between) {
        return Stream.of(between.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> each.contains(" ") ? each.substring(0, each.lastIndexOf(' ')) : each)
                .map(MemberName::simple)
                .toList();
    }

    /** A type without its package, its annotations and its type arguments. */
    static String simple(String type) {
        String bare = type.replaceAll("@\\S+\\s+", "").replaceAll("<.*>", "").strip();
        return bare.substring(bare.lastIndexOf('.', bare.endsWith("...") ? bare.length() - 4 : bare.length()) + 1);
    }
}
