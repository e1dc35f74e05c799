package io.creditrollover.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the statements in a sentence, as a person does who copies them: from ALTER, CREATE, GRANT or SET to the semicolon. */
final class MendText {
    /** With the word that follows, so that a sentence which only says "set" or "alter" is none. */
    private static final Pattern BEGINNING = Pattern.compile("(?i)\\b(?:(?:alter|create(?: or replace)?)"
            + " (?:table|view|schema|role|domain|database|type|sequence|unique|index|materialized|policy)"
            + "|grant (?:select|insert|update|delete|usage|all|create|references|trigger)\\b"
            + "|set (?:\\w+ (?:to|=)|search_path))");

    private static final Pattern ADAPTER =
            Pattern.compile("(?i)create (?:or replace )?view (\\w+)\\.(users|payments|payment_plans)\\b");

    private MendText() {}

    static List<String> statements(String sentence) {
        List<String> statements = new ArrayList<>();
        String[] pieces = sentence.split(";", -1);
        for (int piece = 0; piece < pieces.length - 1; piece++) {
            Matcher beginning = BEGINNING.matcher(pieces[piece]);
            if (beginning.find()) {
                statements.add(pieces[piece].substring(beginning.start()).strip());
            }
        }
        return statements.stream().distinct().toList();
    }

    /** The setting that goes with adapter views among the statements. */
    static List<String> settings(List<String> statements) {
        return statements.stream()
                .map(ADAPTER::matcher)
                .filter(Matcher::find)
                .map(view -> "rollover.host.schema=" + view.group(1))
                .distinct()
                .toList();
    }
}
