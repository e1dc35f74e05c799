package io.creditrollover.schema;

import io.creditrollover.TestDatabase;
import java.util.List;
import java.util.stream.Stream;

/**
 * What PostgreSQL's catalogue says of this system's tables, one line for each fact. NOT NULL is a fact of the column: only
 * version 18 has constraints for it, which keep the column's first name.
 */
final class Catalogue {
    private static final String OURS = """
            with ours as (select oid, relname, relkind, relowner, relacl from pg_class
                          where relname like 'credit\\_rollover\\_%'
                            and relname not like 'credit\\_rollover\\_schema\\_history%'),
                 functions as (select * from pg_proc where proname like 'credit\\_rollover\\_%')
            """;

    private static final List<String> FACTS = List.of("""
            select format('%s %s of %s, comment: %s', relkind, relname, relowner::regrole, obj_description(oid, 'pg_class'))
            from ours
            """, """
            select format('column %s.%s is number %s, %s, default %s, not null %s, identity "%s", collation %s, comment: %s',
                          relname, attname, row_number() over (partition by attrelid order by attnum),
                          format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid), attnotnull, attidentity,
                          attcollation, col_description(attrelid, attnum))
            from ours join pg_attribute a on attrelid = ours.oid left join pg_attrdef d on adrelid = attrelid and adnum = attnum
            where attnum > 0 and not attisdropped and relkind in ('r', 'v')
            """, """
            select format('constraint %s of %s, validated %s: %s', conname, relname, convalidated,
                          pg_get_constraintdef(c.oid))
            from ours join pg_constraint c on conrelid = ours.oid and contype <> 'n'
            """, """
            select format('index, valid %s: %s', indisvalid, pg_get_indexdef(indexrelid))
            from ours join pg_index on indexrelid = ours.oid
            """, """
            select format('sequence %s: %s from %s by %s, of %s', relname, seqtypid::regtype, seqstart, seqincrement,
                          (select refobjid::regclass::text || refobjsubid from pg_depend
                           where objid = ours.oid and deptype in ('a', 'i')))
            from ours join pg_sequence on seqrelid = ours.oid
            """, """
            select pg_get_triggerdef(t.oid) from ours join pg_trigger t on tgrelid = ours.oid where not tgisinternal
            """, """
            select format('function of %s: %s', proowner::regrole, pg_get_functiondef(oid)) from functions
            """, """
            select format('grant %s on %s%s to %s', privilege_type, relname, '.' || attname, grantee::regrole)
            from (select relname, null as attname, relacl as acl from ours
                  union all
                  select relname, attname, attacl from ours join pg_attribute on attrelid = ours.oid
                  union all
                  select proname, null, proacl from functions) granted, aclexplode(acl)
            """);

    private Catalogue() {}

    private static List<String> of(TestDatabase database) {
        return FACTS.stream()
                .flatMap(fact -> facts(database, OURS + fact))
                .sorted()
                .toList();
    }

    /** One line for each fact that only one of them has. */
    static List<String> differences(TestDatabase one, TestDatabase other) {
        List<String> ofOne = of(one);
        List<String> ofOther = of(other);
        return Stream.concat(
                        ofOne.stream().filter(fact -> !ofOther.contains(fact)).map(fact -> one.name() + ": " + fact),
                        ofOther.stream().filter(fact -> !ofOne.contains(fact)).map(fact -> other.name() + ": " + fact))
                .toList();
    }

    private static Stream<String> facts(TestDatabase database, String query) {
        List<String> facts = database.jdbc().sql(query).query(String.class).list();
        if (facts.isEmpty()) {
            throw new AssertionError("nothing found, so nothing would be compared: " + query);
        }
        return facts.stream();
    }
}
