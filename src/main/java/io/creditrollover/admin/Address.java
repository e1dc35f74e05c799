package io.creditrollover.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses of pages. A parameter without a value is left out, so that equal filters have equal addresses. */
final class Address {
    private Address() {}

    static String of(String path, @Nullable Object... namesAndValues) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                address.queryParam(String.valueOf(namesAndValues[i]), "{value" + i + "}")
                        .uriVariables(java.util.Map.of("value" + i, value));
            }
        }
        return address.encode().build().toUriString();
    }

    /** Returns null for the first page, which needs no parameter. */
    static @Nullable Integer page(int page) {
        return page == 0 ? null : page;
    }
}
