package io.creditrollover.host;

/** Names as SQL writes them. */
final class Identifiers {
    private Identifiers() {}

    /** Returns a name that is quoted whether it needs it or not. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns a name that is quoted where it needs it, for people to read. */
    static String readable(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !Reserved.contains(name) ? name : quoted(name);
    }

    /** Words that PostgreSQL reads as keywords where a table or column is named; those that hosts use. */
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
