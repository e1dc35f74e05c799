package io.creditrollover.schema;

import java.util.List;
import java.util.stream.Stream;

/** The result of a migration: the items missing before, and sentences for the operator. */
public record Migration(List<String> applied, List<String> notes) {
    public Migration with(List<String> moreNotes) {
        return new Migration(
                applied, Stream.concat(notes.stream(), moreNotes.stream()).toList());
    }
}
