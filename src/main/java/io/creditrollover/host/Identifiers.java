package io.creditrollover.host;

/** Quotes SQL identifiers. */
final class Identifiers {
    private Identifiers() {}

    /** Returns the name in quotes. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns the name, in quotes only if SQL needs them. */
    static String readable(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !Reserved.contains(name) ? name : quoted(name);
    }

    /** PostgreSQL keywords common as names of hosts' tables and columns. */
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
