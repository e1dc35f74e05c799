package io.creditrollover.benchmark;

import java.util.List;

/** Arguments of a measurement, each {@code name=value}. */
record Arguments(List<String> all) {
    static Arguments of(String... arguments) {
        return new Arguments(List.of(arguments));
    }

    String text(String name, String otherwise) {
        return all.stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
