package io.creditrollover.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Successful logins' addresses, shared by all consoles. Drops the oldest: attackers cannot grow the table. Thread-safe.
 */
@OnlyWhenServing
@Component
class KnownAddresses {
    static final int MAX_PER_ACCOUNT = 50;

    private static final Logger log = LoggerFactory.getLogger(KnownAddresses.class);
    private static final int MAX_REMEMBERED = 1_000;

    private final JdbcClient jdbc;
    private final Map<Pair, Boolean> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    KnownAddresses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Pair(String account, String address) {}

    /** Returns false if the database cannot be read. */
    boolean contains(String account, String address) {
        Pair pair = new Pair(account, address);
        if (isRemembered(pair)) {
            return true;
        }
        try {
            boolean there = jdbc.sql("""
                            select exists (select from credit_rollover_known_addresses
                                           where account = :account and address = :address)
                            """)
                    .param("account", account)
                    .param("address", address)
                    .query(Boolean.class)
                    .single();
            if (there) {
                remember(pair);
            }
            return there;
        } catch (DataAccessException | TransactionException unreadable) {
            return false;
        }
    }

    /** Never throws: the login is valid without the row. */
    void remember(String account, String address) {
        Pair pair = new Pair(account, address);
        if (isRemembered(pair)) {
            return;
        }
        try {
            jdbc.sql("""
                            insert into credit_rollover_known_addresses (account, address) values (:account, :address)
                            on conflict (account, address) do update set seen_at = clock_timestamp()
                            """).param("account", account).param("address", address).update();
            jdbc.sql("""
                            delete from credit_rollover_known_addresses
                            where account = :account and address not in (
                                select address from credit_rollover_known_addresses where account = :account
                                order by seen_at desc limit :max)
                            """)
                    .param("account", account)
                    .param("max", MAX_PER_ACCOUNT)
                    .update();
            remember(pair);
        } catch (DataAccessException | TransactionException unwritten) {
            log.warn("The address of a login could not be stored: {}", unwritten.getMessage());
        }
    }

    private boolean isRemembered(Pair pair) {
        synchronized (remembered) {
            return remembered.containsKey(pair);
        }
    }

    private void remember(Pair pair) {
        synchronized (remembered) {
            remembered.put(pair, true);
        }
    }
}
