package io.creditrollover;

/** The tables that belong to the host, as a whole. */
public final class HostTables {
    private HostTables() {}

    /**
     * Returns a checksum over every row of them, and over which transaction wrote or locked each: a row that is written
     * as it was, or locked, changes it too.
     */
    public static String checksum(TestDatabase database) {
        return database.jdbc().sql("""
                        select md5(concat(
                            (select string_agg(concat_ws(' ', u.xmin, u.xmax, u), ',' order by id) from users u),
                            (select string_agg(concat_ws(' ', p.xmin, p.xmax, p), ',' order by id) from payments p),
                            (select string_agg(concat_ws(' ', s.xmin, s.xmax, s), ',' order by id)
                             from payment_plans s)))
                        """).query(String.class).single();
    }
}
