-- Spring Batch's tables of our own, so that a host may have its own in any version. Columns are text: an operator for varchar
-- could be anybody's. Earlier versions used batch_ tables, alone or together with the host; what is ours in them is copied.

create table credit_rollover_batch_job_instance (
    job_instance_id bigint primary key,
    version         bigint,
    job_name        text not null,
    job_key         text not null
);

create unique index credit_rollover_batch_job_instance_once on credit_rollover_batch_job_instance (job_name, job_key);

create table credit_rollover_batch_job_execution (
    job_execution_id bigint primary key,
    version          bigint,
    job_instance_id  bigint    not null references credit_rollover_batch_job_instance,
    create_time      timestamp not null,
    start_time       timestamp,
    end_time         timestamp,
    status           text,
    exit_code        text,
    exit_message     text,
    last_updated     timestamp
);

create table credit_rollover_batch_job_execution_params (
    job_execution_id bigint not null references credit_rollover_batch_job_execution,
    parameter_name   text   not null,
    parameter_type   text   not null,
    parameter_value  text,
    identifying      text   not null
);

create table credit_rollover_batch_step_execution (
    step_execution_id  bigint    primary key,
    version            bigint    not null,
    step_name          text      not null,
    job_execution_id   bigint    not null references credit_rollover_batch_job_execution,
    create_time        timestamp not null,
    start_time         timestamp,
    end_time           timestamp,
    status             text,
    commit_count       bigint,
    read_count         bigint,
    filter_count       bigint,
    write_count        bigint,
    read_skip_count    bigint,
    write_skip_count   bigint,
    process_skip_count bigint,
    rollback_count     bigint,
    exit_code          text,
    exit_message       text,
    last_updated       timestamp
);

create table credit_rollover_batch_step_execution_context (
    step_execution_id  bigint primary key references credit_rollover_batch_step_execution,
    short_context      text   not null,
    serialized_context text
);

create table credit_rollover_batch_job_execution_context (
    job_execution_id   bigint primary key references credit_rollover_batch_job_execution,
    short_context      text   not null,
    serialized_context text
);

create sequence credit_rollover_batch_step_execution_seq;
create sequence credit_rollover_batch_job_execution_seq;
create sequence credit_rollover_batch_job_instance_seq;

alter table credit_rollover_channel_message alter column region type text;

do $$
begin
    if not exists (select from credit_rollover_runs where job_instance_id is not null) then
        return;
    end if;
    insert into credit_rollover_batch_job_instance (job_instance_id, version, job_name, job_key)
    select job_instance_id, version, job_name, job_key from batch_job_instance
    where job_name in ('creditRolloverJob', 'creditRolloverUndoJob');

    insert into credit_rollover_batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time,
        end_time, status, exit_code, exit_message, last_updated)
    select e.job_execution_id, e.version, e.job_instance_id, e.create_time, e.start_time, e.end_time, e.status, e.exit_code,
        e.exit_message, e.last_updated
    from batch_job_execution e join credit_rollover_batch_job_instance using (job_instance_id);

    insert into credit_rollover_batch_job_execution_params (job_execution_id, parameter_name, parameter_type,
        parameter_value, identifying)
    select p.job_execution_id, p.parameter_name, p.parameter_type, p.parameter_value, p.identifying
    from batch_job_execution_params p join credit_rollover_batch_job_execution using (job_execution_id);

    insert into credit_rollover_batch_job_execution_context (job_execution_id, short_context, serialized_context)
    select c.job_execution_id, c.short_context, c.serialized_context
    from batch_job_execution_context c join credit_rollover_batch_job_execution using (job_execution_id);

    insert into credit_rollover_batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time,
        start_time, end_time, status, commit_count, read_count, filter_count, write_count, read_skip_count,
        write_skip_count, process_skip_count, rollback_count, exit_code, exit_message, last_updated)
    select s.step_execution_id, s.version, s.step_name, s.job_execution_id, s.create_time, s.start_time, s.end_time,
        s.status, s.commit_count, s.read_count, s.filter_count, s.write_count, s.read_skip_count, s.write_skip_count,
        s.process_skip_count, s.rollback_count, s.exit_code, s.exit_message, s.last_updated
    from batch_step_execution s join credit_rollover_batch_job_execution using (job_execution_id);

    insert into credit_rollover_batch_step_execution_context (step_execution_id, short_context, serialized_context)
    select c.step_execution_id, c.short_context, c.serialized_context
    from batch_step_execution_context c join credit_rollover_batch_step_execution using (step_execution_id);

    perform setval('credit_rollover_batch_job_instance_seq',
                   (select coalesce(max(job_instance_id), 0) + 1 from credit_rollover_batch_job_instance), false);
    perform setval('credit_rollover_batch_job_execution_seq',
                   (select coalesce(max(job_execution_id), 0) + 1 from credit_rollover_batch_job_execution), false);
    perform setval('credit_rollover_batch_step_execution_seq',
                   (select coalesce(max(step_execution_id), 0) + 1 from credit_rollover_batch_step_execution), false);
end
$$;
