package io.creditrollover.config;

import java.util.List;

/** Every key of this program, for tests elsewhere; {@code *} stands for a plan type. */
public final class AllKeys {
    private AllKeys() {}

    public static List<String> names() {
        return new KnownKeys().names();
    }
}
