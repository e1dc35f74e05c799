package io.creditrollover.host;

final class Identifiers {
    private Identifiers() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quotes only if SQL needs it. */
    static String readable(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !Reserved.contains(name) ? name : quoted(name);
    }

    /** Keywords common in hosts' names. */
    private static final class Reserved {
        private static final java.util.Set<String> WORDS = java.util.Set.of(
                "user",
                "order",
                "group",
                "table",
                "column",
                "check",
                "default",
                "references",
                "primary",
                "select",
                "from",
                "to",
                "end",
                "limit",
                "offset",
                "desc",
                "asc",
                "all",
                "any",
                "and",
                "or",
                "not",
                "null",
                "case",
                "when",
                "then",
                "else",
                "in",
                "is",
                "as",
                "on",
                "using",
                "where",
                "grant",
                "current_user",
                "session_user",
                "public");

        static boolean contains(String name) {
            return WORDS.contains(name) && !name.equals("public");
        }
    }
}
