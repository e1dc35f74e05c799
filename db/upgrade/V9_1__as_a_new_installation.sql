-- Brings an installation of version 9 by the scripts of this folder to the tables of db/migration/V9__credit_rollover.sql.

alter table credit_rollover_tallies rename column work to step;

alter table credit_rollover_events
    drop constraint credit_rollover_events_check1,
    add constraint credit_rollover_events_check1 check (action <> 'reversal' or reverses is not null);

comment on table credit_rollover_runs is 'one row per run; later attempts of a date reuse its row until it is undone';
comment on column credit_rollover_runs.policy is 'the terms of each plan and its window start';
comment on column credit_rollover_runs.only_user_id is 'set by an undo of one user';
comment on column credit_rollover_runs.message is 'why the run failed, stopped or was blocked, in one sentence';
comment on column credit_rollover_runs.approved_limits is 'the safety limits that were exceeded at the approval';
comment on column credit_rollover_runs.host_tables is 'the host''s tables at the first write';
comment on column credit_rollover_runs.stop_cause is 'why the run stopped itself; it needs a review';
comment on column credit_rollover_runs.stop_requested_at is
    'set by any console, read by the process of the run, cleared at the next attempt';
comment on table credit_rollover_events is 'append-only: each change of a balance with its evidence';
comment on column credit_rollover_events.reverses is 'the event that this one reverses';
comment on table credit_rollover_skips is 'users that a run could not decide; they keep their credits';
comment on table credit_rollover_waits is 'users postponed to the sweep because of a pending payment, and until when';
comment on table credit_rollover_tallies is
    'totals of each partition and sweep, written by its chunks; reconciled with the events';
comment on table credit_rollover_slices is 'expired users by slices of user ids: forecast and actual';
comment on column credit_rollover_slices.slice is
    'even: the even ids up to last_id and above the slice before; odd: the odd ids';
comment on table credit_rollover_dry_run_decisions is 'decisions of dry runs, as events of a live run';
comment on table credit_rollover_tokens is
    'the fencing token, locked by each chunk; apart from the lease, so that a renewal never waits for a chunk';
comment on table credit_rollover_outbox is 'summary mails, written in the transaction that ends a run, sent afterwards';
comment on column credit_rollover_outbox.message is 'why the attempt did not complete, in one sentence';
comment on column credit_rollover_outbox.message_id is 'the same at each attempt, so that a mail server can see a repetition';
comment on column credit_rollover_outbox.claimed_until is 'until when a process has it to send';
comment on table credit_rollover_audit is 'append-only: who did what, why, and with what result';
comment on column credit_rollover_audit.intent_id is 'the row whose outcome this row records; null for an intent';
comment on column credit_rollover_audit.outcome is 'null for an intent and for rows of older versions';
comment on table credit_rollover_idempotency is 'answers to requests that start something, for repetitions of the same request';
comment on column credit_rollover_idempotency.answer is 'null while the first request is running';
comment on table credit_rollover_sessions is 'browsers that are logged in';
comment on table credit_rollover_sessions_attributes is 'serialized attributes of sessions';
comment on table credit_rollover_api_tokens is 'API tokens; the token itself is shown once and not stored';
comment on column credit_rollover_api_tokens.hash is 'SHA-256 of the token, hexadecimal';
comment on table credit_rollover_known_addresses is
    'addresses of earlier logins, never delayed by wrong passwords of others; of IPv6 the network';
comment on table credit_rollover_partitions is 'partitions of a run, offered to workers in other processes';
comment on column credit_rollover_partitions.token is 'the fencing token of the manager that offers it';
comment on column credit_rollover_partitions.claim is 'the number of the offer; each new offer has a new one';
comment on column credit_rollover_partitions.failure is 'why its last worker failed, in one sentence';
comment on column credit_rollover_partitions.seen_at is 'the last heartbeat of its worker';
comment on table credit_rollover_claims is
    'locked by each chunk of a worker; apart from the partition, so that a heartbeat never waits for a chunk';
comment on table credit_rollover_channel_message is 'messages that offer partitions to workers';
comment on table credit_rollover_batch_job_instance is 'one row per run: the job and its identifying parameters';
comment on table credit_rollover_batch_job_execution is 'one row per attempt of a run';
comment on table credit_rollover_batch_job_execution_params is 'parameters of an attempt';
comment on table credit_rollover_batch_step_execution is 'steps of an attempt; a partition is a step';
comment on table credit_rollover_batch_step_execution_context is 'restart state of a step';
comment on table credit_rollover_batch_job_execution_context is 'state shared by the steps of an attempt';
