package io.creditrollover.admin;

import io.creditrollover.exit.ExitCode;
import io.creditrollover.exit.ExitException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts an action once per {@code Idempotency-Key} and actor. A repeated request gets the first answer for a day. A
 * refusal releases the key. Safe across servers.
 */
@OnlyWhenServing
@Component
class Idempotency {
    private static final int MAX_KEY = 200;

    private final JdbcClient jdbc;

    Idempotency(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param key null for a request without one
     * @param request all parts identifying the request; its JSON is compared
     * @throws ApiException 400 if the key is malformed
     * @throws ApiException 422 if the key belongs to a different request
     * @throws ExitException 65 while the first request is at work
     */
    StartResult once(@Nullable String key, Actor who, Object request, Supplier<StartResult> act) {
        if (key == null) {
            return act.get();
        }
        if (key.isBlank() || key.length() > MAX_KEY || !key.chars().allMatch(c -> c > 32 && c < 127)) {
            throw ApiException.badRequest("An Idempotency-Key has 1 to " + MAX_KEY + " visible characters.");
        }
        String hash = hash(request);
        // Clients choose keys; one with a phone number in it must not be stored.
        String keyHash = hash(key);
        return claim(keyHash, who, hash) ? first(keyHash, who, act) : again(keyHash, who, hash);
    }

    /** A key without an answer becomes free after 10 minutes. */
    private boolean claim(String key, Actor who, String hash) {
        jdbc.sql("""
                        delete from credit_rollover_idempotency
                        where created_at < now() - interval '1 day'
                           or (answer is null and created_at < now() - interval '10 minutes')
                        """).update();
        return jdbc.sql("""
                                insert into credit_rollover_idempotency (who, key, request_hash)
                                values (:who, :key, :hash) on conflict do nothing
                                """)
                        .param("who", who.name())
                        .param("key", key)
                        .param("hash", hash)
                        .update()
                == 1;
    }

    private StartResult first(String key, Actor who, Supplier<StartResult> act) {
        StartResult begun;
        try {
            begun = act.get();
        } catch (RuntimeException refused) {
            jdbc.sql("delete from credit_rollover_idempotency where who = :who and key = :key")
                    .param("who", who.name())
                    .param("key", key)
                    .update();
            throw refused;
        }
        jdbc.sql("update credit_rollover_idempotency set answer = :answer::jsonb where who = :who and key = :key")
                .param("answer", JsonMapper.shared().writeValueAsString(begun))
                .param("who", who.name())
                .param("key", key)
                .update();
        return begun;
    }

    private StartResult again(String key, Actor who, String hash) {
        Optional<Stored> stored = jdbc.sql("""
                        select request_hash, answer from credit_rollover_idempotency where who = :who and key = :key
                        """)
                .param("who", who.name())
                .param("key", key)
                .query(Stored.class)
                .optional();
        if (stored.isPresent() && !stored.get().requestHash().equals(hash)) {
            throw ApiException.keyReused();
        }
        String answer = stored.map(Stored::answer).orElse(null);
        if (answer == null) {
            throw new ExitException(
                    ExitCode.REFUSED, "The first request with this Idempotency-Key is still running. Try again later.");
        }
        return JsonMapper.shared().readValue(answer, StartResult.class);
    }

    private record Stored(String requestHash, @Nullable String answer) {}

    private static String hash(Object request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(JsonMapper.shared().writeValueAsBytes(request)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
