package io.creditrollover.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, one sentence each, so that a check says everything at once. */
final class Faults {
    private final List<String> sentences = new ArrayList<>();

    void unless(boolean right, String sentence) {
        if (!right) {
            sentences.add(sentence);
        }
    }

    void unlessEqual(String what, @Nullable Object is, @Nullable Object mustBe) {
        unless(Objects.equals(is, mustBe), what + " is " + is + ", must be " + mustBe);
    }

    /** As above for switches where absent means false, and false must be written out. */
    void unlessFalse(String what, @Nullable Boolean is) {
        unlessEqual(what, is, false);
    }

    void unlessTrue(String what, @Nullable Boolean is) {
        unlessEqual(what, is, true);
    }

    List<String> sentences() {
        return sentences;
    }
}
