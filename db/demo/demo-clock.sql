-- A clock that the demo can set. The product takes its time from the database and finds names in pg_catalog first, so the
-- two functions are replaced there. Before any table: a column's default keeps the function it was created with.
create schema demo;
create sequence demo.seconds_behind minvalue 0;
select setval('demo.seconds_behind', 0);
alter function pg_catalog.clock_timestamp() rename to machine_clock_timestamp;
alter function pg_catalog.now() rename to machine_now;
create function pg_catalog.clock_timestamp() returns timestamptz language sql volatile
    return pg_catalog.machine_clock_timestamp() - make_interval(secs => pg_sequence_last_value('demo.seconds_behind'::regclass));
create function pg_catalog.now() returns timestamptz language sql volatile
    return pg_catalog.machine_now() - make_interval(secs => pg_sequence_last_value('demo.seconds_behind'::regclass));
