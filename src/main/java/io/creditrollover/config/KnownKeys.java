package io.creditrollover.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of {@link RolloverProperties}, {@link RetentionProperties} and {@link WebhookProperties}, in two spellings: {@code
 * rollover.chunk-size} and {@code ROLLOVER_CHUNK_SIZE}.
 */
final class KnownKeys {
    private static final String PREFIX = "rollover";
    private static final Pattern NAMED = Pattern.compile("rollover\\.(?:plans|webhooks)\\.([^.]+)\\..+");
    private static final Pattern SERVICE_LINK = Pattern.compile("ROLLOVER_(?:[A-Z0-9_]+_)?"
            + "(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)");

    private final List<Key> keys = new ArrayList<>();

    KnownKeys() {
        collect(PREFIX, RolloverProperties.class);
        collect(PREFIX + ".retention", RetentionProperties.class);
        collect(PREFIX + ".notices", NoticeProperties.class);
        collect(PREFIX, WebhookProperties.class);
    }

    private void collect(String prefix, Class<?> group) {
        for (RecordComponent component : group.getRecordComponents()) {
            String name = prefix + "." + kebab(component.getName());
            Class<?> type = component.getType();
            if (type.isRecord()) {
                collect(name, type);
            } else if (java.util.Map.class.equals(type)) {
                collect(name + ".*", valueType(component));
            } else {
                keys.add(Key.of(name, List.class.equals(type)));
            }
        }
    }

    private static Class<?> valueType(RecordComponent map) {
        Type value = ((java.lang.reflect.ParameterizedType) map.getGenericType()).getActualTypeArguments()[1];
        return (Class<?>) value;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Accepts any spelling of Spring's. */
    boolean acceptsProperty(String name) {
        String uniform = uniform(name);
        return keys.stream().anyMatch(key -> key.property().matcher(uniform).matches());
    }

    /** Also accepts variables of Kubernetes services. */
    boolean acceptsVariable(String name) {
        return isServiceLink(name)
                || keys.stream().anyMatch(key -> key.variable().matcher(name).matches());
    }

    static boolean isServiceLink(String name) {
        return SERVICE_LINK.matcher(name).matches();
    }

    /** Returns all keys; {@code *} stands for a plan type or the name of an endpoint. */
    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** Returns the nearest key; for a plan or an endpoint, one of the same. */
    String nearest(String name) {
        String dotted = name.replace('_', '.').toLowerCase(Locale.ROOT);
        String uniform = uniform(dotted);
        Matcher named = NAMED.matcher(dotted);
        String given = named.matches() ? named.group(1) : "*";
        return names().stream()
                .map(known -> known.replace("*", given))
                .min(Comparator.comparingInt(known -> distance(uniform, uniform(known))))
                .orElseThrow();
    }

    private static String uniform(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private record Key(String name, Pattern property, Pattern variable) {
        static Key of(String name, boolean list) {
            String property = Pattern.quote(uniform(name)).replace(".*.", "\\E(?:\\.[^.\\[]+|\\.?\\[[^]]+])\\.\\Q");
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
            return new Key(
                    name,
                    Pattern.compile(property + (list ? "(?:\\[\\d+])?" : "")),
                    Pattern.compile("(?:" + anyName(variable.replace("-", "")) + "|"
                            + anyName(variable.replace('-', '_')) + ")"
                            + (list ? "(?:_\\d+)?" : "")));
        }

        /** Replaced last: the pattern contains hyphens. */
        private static String anyName(String variable) {
            return variable.replace("*", "[A-Z0-9]+");
        }
    }
}
