#!/usr/bin/env bash
# Breaks one guarantee at a time in a copy of the tree, runs the tests that should notice, and prints who did.
# Needs perl beside what the build needs. Usage: src/test/mutants/run.sh [--share K/N] [NAME...];
# ends with 1 when a mutant survives or no longer applies. Results are in target/mutants, by the tree's content: a row that
# has one there is not run again.
set -uo pipefail
cd "$(dirname "$0")/../../.."
root=$PWD
. src/test/campaign/build.sh

share=1/1
if [ "${1:-}" = --share ]; then
  share=$2
  shift 2
fi
wanted=" $* "
verdict=0
number=0
ran=0
rows=()
main=src/main/java/io/creditrollover

# name | what is broken | file | perl substitution | test | maven profile
mutants() {
  cat <<'TABLE'
second-decision|no constraint on one decision per user and run|db/migration/V9__credit_rollover.sql|s/create unique index credit_rollover_events_one_decision_per_run.*?;//s|ConstraintsTest|
second-run|no constraint on one live run per date|db/migration/V9__credit_rollover.sql|s/create unique index credit_rollover_runs_one_live_per_date.*?;//s|ConstraintsTest|
given-back-twice|no constraint on one reversal and one reinstatement per event|db/migration/V10__reinstatement.sql|s/create unique index credit_rollover_events_given_back_once_by_action.*?;//s|ConstraintsTest|
isolation-unset|a transaction keeps the isolation that the database has for a default|MAIN/lease/TimeoutTransactionManager.java|s/isolation level read committed, "/" /|IsolationTest|
status-unpaid|a payment of unknown status is read as unpaid|MAIN/rollover/PaymentQueries.java|s/payment_status::text not in \('paid', 'failed', 'refunded'\)/payment_status::text = 'pending'/|RunAgainstOracleTest#randomUsers*|
approval-outlives|the approval of one attempt lets every later one pass|MAIN/run/RunAdmission.java|s/new AttemptApproval\(request\.approve\(\) != null,/new AttemptApproval(request.requestedBy() != null,/|ApprovalTest#anApprovalOfAnAttempt*|
approval-covers-all|an approval covers limits that were exceeded later|MAIN/run/SafetyGate.java|s/run\.approvedLimits\(\)\.containsAll\(keys\(exceeded\)\)/run.approvedBy() != null/|ApprovalTest#anApprovalOfALate*|
plan-unasked|a stored plan is not checked again|MAIN/run/RunAdmission.java|s/plans\.requireStillGood\(stored, policy, run\.id\(\)\);//|ApprovalTest#aPlanThatHasGrownOld*|
tables-unwatched|chunks do not look whether the host's tables are the stored ones|MAIN/run/LiveRunWatch.java|s/if \(!tables\.holds\(jdbc\)\)/if (runId < 0)/|LeftForecastTest#aRunWhoseTables*|
untolerant|a run may leave its forecast by any number|MAIN/run/LiveRunWatch.java|s/isGreaterThan\(allowed\)/isGreaterThan(allowed.times(Ratio.of(1000, 1)))/|LeftForecastTest#aRunThatLeaves*|
token-unchecked|a chunk commits under a token that was taken over|MAIN/lease/FencingGuard.java|s/if \(!inForce\)/if (token.value() < 0)/|LeasesTest|
late-holder|a chunk commits after another process has taken over|MAIN/lease/FencingGuard.java|s/if \(!inForce\)/if (token.value() < 0)/|ClockTest#aLease*|chaos
token-unlocked|a chunk does not lock the token|MAIN/lease/FencingGuard.java|s/for share of t//|LeasesTest|
unbounded|transactions have no bounds|MAIN/lease/TimeoutTransactionManager.java|s/mode\(definition\) \+ all\.toSql\(major\) \+ "; " \+ searchPath/mode(definition) + searchPath/|LeasesTest|
frozen-spared|a takeover ends no session of a frozen process|MAIN/lease/Leases.java|s/if \(!Causes\.isLockNotAvailable\(notAvailable\)\)/if (duration != null)/|LeasesTest#aTakeoverEnds*|
frozen-worker-spared|a manager ends no session of a frozen worker|MAIN/remote/RemotePartitionHandler.java|s/leases\.endFrozenSessions\(chunkAtHand\);//|RemoteRunTest#aRangeWhose*|
unbounded-workers|a frozen worker keeps its transaction|MAIN/lease/TimeoutTransactionManager.java|s/mode\(definition\) \+ all\.toSql\(major\) \+ "; " \+ searchPath/mode(definition) + searchPath/|WorkersTest|chaos
error-swallowed|a failed attempt is called a success|MAIN/run/RunExecutor.java|s/execution\.getStatus\(\) == BatchStatus\.COMPLETED/execution.getStatus() != BatchStatus.STOPPED/|RestartTest|
uninterruptible|no interruption policy in the chunk step|MAIN/rollover/RolloverSteps.java|s/\.interruptionPolicy\([^\n]*\)\n//|RestartTest|
early-read|payments are read before the user's row is locked|MAIN/rollover/CandidateSource.java|s/return reading\(\(\) -> facts\.of\(\s*inScope\(PAGE\)(.*?)\.list\(\),\s*range\.half\(\)\)\);/return reading(() -> { List<Candidate> early = facts.of(jdbc.sql(PAGE).param("cutoff", OffsetDateTime.ofInstant(policy.cutoff(), ZoneOffset.UTC))$1.list(), range.half()); inScope(PAGE)$1.list(); return early; });/s|LiveHostTest#aPaymentThatTurnsPaidWhileRowsAreLockedCounts|chaos
half-equals|a page asks for a half in a way that the planner takes for a few rows|MAIN/rollover/CandidateSource.java|s/u\.id::bigint & :mask::bigint <> :excluded::bigint/u.id::bigint \& :mask::bigint = :mask::bigint - :excluded::bigint/|CandidateReaderTest#aPage*|
lease-not-durable|no commit of a lease's holder waits for the disk|MAIN/lease/FencingGuard.java|s/lockToken\("t\.token"\)/lockTokenForChunk()/|LeasesTest#only*|
moments-apart|reads that belong together see different moments|MAIN/run/Snapshots.java|s/jdbc\.sql\("set transaction snapshot '" \+ moment \+ "'"\)\.update\(\);//|SnapshotsTest|
sweep-unseen|a sweep that found somebody counts as one that found nobody|MAIN/run/RolloverJob.java|s/picture\.unaccounted\(\)\.isEmpty\(\)/picture.recorded().usersSkipped() >= 0/|SweepTest|
unreconciled|events and counts are not compared|MAIN/run/Reconciliation.java|s/if \(!picture\.recorded\(\)\.equals\(picture\.counted\(\)\)\)/if (runId < 0)/|ReconciliationTest|
range-lost|a range whose context was not saved begins with nothing|MAIN/rollover/RolloverSteps.java|s/PartitionContextRecovery\.of\(execution, jobRepository\)/KeyRange.in(execution.getExecutionContext())/|FaultsTest#survivesDyingBeforeARangeIsSaved|chaos
dry-run-writes|a dry run writes like a live one|MAIN/rollover/DecisionWriter.java|s/if \(order\.dryRun\(\)\)/if (order.runId() < 0)/|DryRunIsTheRunTest|
dry-run-locks|a dry run locks users as a live one does|MAIN/rollover/CandidateSource.java|s/dryRun \? query : query \+ LOCK/query + LOCK/|DryRunIsTheRunTest|
forecast-forgets-caution|the forecast leaves skipped users out|MAIN/run/ForecastFigures.java|s/"skip", skipped\.reasonCode\(\)\.name\(\), null, group\.users\(\)/"skip", skipped.reasonCode().name(), null, 0/|DryRunIsTheRunTest|
update-uncompared|what the update returns is not compared with what was decided|MAIN/host/HostWrite.java|s/if \(isRows\) \{\s*compare/if (isRows \&\& changes.isEmpty()) { compare/|RefusedRowsTest#theRefused*|
refusal-swallowed|a refused chunk counts as written|MAIN/rollover/DecisionWriter.java|s/refusal\.isPresent\(\) \? batch\.withoutDecisions\(\) : batch/batch/|RefusedRowsTest#theRefused*|
refusals-unlimited|any number of refused users is skipped|MAIN/rollover/RefusedUsers.java|s/if \(all > max\)/if (all < 0)/|RefusedRowsTest#more*|
late-savepoint|a chunk sets its savepoint after it has locked users|MAIN/host/HostWrite.java|s/try \{\s*write\.run/try { jdbc.execute(SAVEPOINT); write.run/|RefusedRowsTest#aHealthy*|
undo-waits-for-deleted|an undo waits for deleted users|MAIN/undo/ReversibleEvents.java|s/join users u on u\.id = e\.user_id/left join users u on u.id = e.user_id/|UndoOnALiveHostTest#aDeleted*|
undo-sets|an undo sets the balance instead of adding to it|MAIN/undo/ReversalWriter.java|s/set credits = u\.credits \+ \(t\.after - t\.before\)/set credits = t.after - t.before/|UndoTest#balances*|
undo-forgets-who-had-it|an undo reads events that were given back already|MAIN/undo/ReversibleEvents.java|s/and not given\.done and e\.credits_before - e\.credits_after > given\.credits//|UndoTest#oneUserFirst*|
undo-adds-again|an undo adds what a reinstatement has given back|MAIN/undo/ReversibleEvents.java|s/sum\(r\.credits_after - r\.credits_before\)/sum(0)/|ReinstateUserTest#anUndo*|
reinstated-twice|a second look reads events that were reinstated already|MAIN/undo/ReversibleEvents.java|s/sum\(r\.credits_after - r\.credits_before\)/sum(0)/;s/bool_or\(r\.action = :action\)/bool_or(:action = '')/|SecondLookTest#aSecondLookAt*|
reinstatement-sets|a reinstatement sets the balance instead of adding to it|MAIN/undo/ReversalWriter.java|s/set credits = u\.credits \+ \(t\.after - t\.before\)/set credits = t.after - t.before/|SecondLookTest#aPaymentOfTheMonth*|
look-window|the second look stays open for a day too long|MAIN/run/LookWindow.java|s/finished\.plus\(window\)/finished.plus(window).plus(Duration.ofDays(1))/|SecondLookWindowTest#theWindow*|
renewal-window|a late renewal is forgiven at the end of its window, too|MAIN/reinstate/SecondLook.java|s/payment\.paidAt\(\)\.isBefore\(renewalsUntil\)/!payment.paidAt().isAfter(renewalsUntil)/|SecondLookWindowTest#aLateRenewal*|
decision-moment|a payment dated at the moment of the decision counts as before it|MAIN/rollover/UserPayments.java|s/decidedAt != null && !at\.isBefore\(decidedAt\)/decidedAt != null \&\& at.isAfter(decidedAt)/|SecondLookWindowTest#aPaymentDated*|
refunded-counts|a refunded payment counts as paid|MAIN/rollover/PaymentQueries.java|s/payment_status::text = 'paid' and created_at > '-infinity'/payment_status::text in ('paid', 'refunded') and created_at > '-infinity'/|SecondLookTest#aPaymentRefunded*|
look-unlocked|a second look does not lock whose balance it changes|MAIN/undo/ReversibleEvents.java|s/for no key update of u skip locked//|ReversibleEventReaderTest|
look-once|a second look does not decide again under the lock|MAIN/undo/ReversibleEventReader.java|s/order\.review\(\)\.of\(locked\)/first.stream().filter(r -> locked.stream().anyMatch(e -> e.eventId() == r.event().eventId())).toList()/|ReversibleEventReaderTest|
no-delay-limit|a late run is not stopped|MAIN/run/SafetyLimits.java|s/delay\.compareTo\(limits\.maxDelay\(\)\) > 0/delay.isNegative()/|SafetyLimitsTest#aRunLater*|
rules-may-change|a run goes on under other rules than it began with|MAIN/run/PolicyProvider.java|s/if \(!differences\.isEmpty\(\)\)/if (run.id() < 0)/|RunStatusTest#onceItHasWritten*|
forecast-alike|the forecast counts alike users once|MAIN/rollover/UserGroups.java|s/select sum\(users\)::bigint as users/select count(*) as users/|DryRunIsTheRunTest|
blocked-zeros|a blocked run shows no forecast|MAIN/run/Summaries.java|s/run\.status\(\) == RunStatus\.BLOCKED \? ForecastTotals\.of\(run\.forecast\(\)\) : null/null/|AnswersTest|
all-at-risk|revenue at risk counts plans that never rolled over|MAIN/report/DecisionSums.java|s/line\.reasonCode\(\)\.equals\("WINDOW_ELAPSED"\)/line.action().equals("expiry")/|FiguresTest#several*|
figures-anew|the figures of an ended run are computed again|MAIN/report/Figures.java|s/return run\.status\(\) == RunStatus\.COMPLETED .. run\.status\(\) == RunStatus\.UNDONE/return false/|StoredFiguresTest#whatTheHost*|
figures-lost|nobody stores the figures of a run killed after its end|MAIN/run/RunExecutor.java|s/completion\.of\(run\.id\(\)\);//|StoredFiguresTest#aRunKilled*|
months-unclosed|came back is counted anew for every month|MAIN/report/FiguresStore.java|s/table\.close\(runId, users\);//|StoredFiguresTest#theReport*|
standby-unfit|a standby looks like a database of a wrong type|MAIN/lease/TimeoutTransactionManager.java|s/return PSQLState\.NOT_IMPLEMENTED/return failed == null \&\& PSQLState.NOT_IMPLEMENTED/|StandbyTest|
months-unended|a run takes a month that a dry run counted before its end|MAIN/report/FiguresTable.java|s/\.isAfter\(startedAt\)/.isBefore(Instant.MIN)/|StoredFiguresTest#aRunTakes*|
failure-repeated|each view repeats a failed forecast|MAIN/admin/SharedForecasts.java|s/ && state\.failure\(\) == null//|SharedForecastsTest#aFailure*|
forecast-apart|each console computes its own forecast|MAIN/admin/ForecastSettings.java|s/return hash;/return hash + System.identityHashCode(this);/|SharedForecastsTest#theFirst*|
mail-before-commit|the mail is written before the run's end is committed|MAIN/notify/MailOnRunEnd.java|s/outbox\.add\((end\.runId\(\), outcome, end\.message\(\), recipient)\)/java.util.concurrent.CompletableFuture.runAsync(() -> outbox.add($1)).join()/|SummaryMailTest#anEnd*|
mail-unclaimed|a mail is sent without a claim|MAIN/notify/Outbox.java|s/clock_timestamp\(\) \+ :seconds \* interval/clock_timestamp() - :seconds * interval/|MailFaultsTest#aProcess*|
mail-unmarked|a mail that was accepted is not marked|MAIN/notify/Outbox.java|s/set sent_at = clock_timestamp\(\)/set sent_at = null/|MailFaultsTest#aMailThatWasAccepted*|
mail-renamed|each try of a mail has another Message-ID|MAIN/notify/MailServer.java|s/message\.setHeader\("Message-ID", mail\.messageId\(\)\);//|MailFaultsTest#aProcess*|
expiry-unwarned|credits expire without the notice that is required|MAIN/decision/RolloverPolicy.java|s/&& !user\.warned\(\)/\&\& user.userId() == Long.MIN_VALUE/|RequiredNoticeTest#randomUsers*|
warned-late|a notice after the minimum lead counts|MAIN/rollover/PaymentQueries.java|s/accepted_at <= :warnBy/accepted_at <= :warnBy + interval '1 minute'/|RequiredNoticeTest#randomUsers*|
renewed-told|facts are not read again before a notice is sent|MAIN/notice/FreshFacts.java|s/RolloverDecision decision && decision\.losesCredits\(\)/RolloverDecision decision/|NotifyTest#whoRenews*|
notice-renamed|each try of a notice has another Message-ID|MAIN/notice/NoticeMailServer.java|s/message\.setHeader\("Message-ID"[^\n]*\n//|NotifyTest#aMailWhose*|
notice-refused-again|a refused address is tried again|MAIN/notice/NoticeRows.java|s/when 'REFUSED' then 'refused'//|NotifyTest#aRefusedAddress*|
leads-all|a farther lead is not superseded|MAIN/notice/NoticePlans.java|s/lead <> :lead and :lead <> ''/lead = 'none'/|NotifyTest#fartherLeads*|
notice-twice|a user who was told is planned again|MAIN/notice/NoticePlans.java|s/row == null .. row\.status\(\)\.equals\("not-needed"\)/true/;s/ and n\.status = 'not-needed'//|NotifyTest#tellsWhoWould*|
notice-rerun|a user who was told of an expiry is told again after an undo and a new run|MAIN/notice/NoticePlans.java|s/n\.status in \('planned', 'not-needed', 'skipped'\) and //|NotifyTest#whoWasTold*|
notice-past|notices of a past date stay planned|MAIN/notice/NoticePlans.java|s/\(rollover_date < :next or \(/(false or (/|NotifyTest#fartherLeads*|
notice-reason|a reason that a person typed is told to the user|MAIN/notice/NoticeMailRenderer.java|s/typed\s+\? "Your/false ? "Your/|NoticePageTest#ofAUser*|
notice-handed-twice|a notice that is in the feed is handed over again|MAIN/notice/HandedOver.java|s/status = 'planned' and address is null order/status = 'planned' order/|NoticesByWebhookTest#whoRenewsBefore*|
notice-repeated-renewed|a message is repeated although a user in it has renewed|MAIN/notice/NoticeSource.java|s/!found\.isEmpty\(\) && actions\(found\)\.size\(\) == found\.size\(\)/!found.isEmpty()/|NoticesByWebhookTest#whoRenewsBefore*|
notice-behind-renewed|the facts of a message are not read again when its turn comes|MAIN/notice/NoticeSource.java|s/checked\.toSend\(\)\.forEach\(notice -> actions\.put\(notice\.id\(\), notice\.action\(\)\)\)/found.forEach(row -> actions.put(row.notice().id(), "expiry"))/|NoticesByWebhookTest#whoRenewsWhile*|
notice-sent-past|a webhook announces a date whose cut-off has passed|MAIN/notice/FreshFacts.java|s/notice\.rolloverDate\(\)\.isBefore\(next\)/notice.rolloverDate().isBefore(LocalDate.MIN)/|NoticesByWebhookTest#nothingIs*|
notice-mailed-past|a mail announces a date whose cut-off has passed in mid-delivery|MAIN/notice/FreshFacts.java|s/notice\.rolloverDate\(\)\.isBefore\(next\)/notice.rolloverDate().isBefore(LocalDate.MIN)/|NotifyTest#nobodyIsTold*|
notice-at-night|serve sends notices in quiet hours|MAIN/notice/NoticeSource.java|s/return quiet != null && quiet\.contains\([^;]*;/return false;/|NoticesByWebhookTest#ofTwo*|
notice-overtaken|what waits for the end of quiet hours is lost when another message is sent|MAIN/webhook/EndpointDelivery.java|s/messages\.postpone\(endpoint, cursor, next\);//|NoticesByWebhookTest#anEndpoint*Quiet*|
notice-postponed-for-all|what is postponed for one endpoint comes to all|MAIN/webhook/Feed.java|s/and \(last_id is null or details is null or details::json ->> 'endpoint' = :endpoint\)/and :endpoint <> '?'/|NoticesByWebhookTest#anEndpoint*Quiet*|
notice-unmarked|an accepted message marks no notice|MAIN/notice/NoticeSource.java|s/handedOver\.accepted\(entry\.positionOfRows\(\), afterId\(entry, afterId\), lastId\);//|NoticesByWebhookTest#aUserWithout*|
phones-whole|phone numbers are shown whole|MAIN/report/PhoneMask.java|s/return "\*"\.repeat.*?;/return phone;/|SummaryMailTest#neither*,ReportCommandTest#theCsv*|
formulas|a cell may begin with a formula|MAIN/report/EventCsv.java|s/\? "'" \+ value : value/? value : value/|ReportCommandTest#noCell*|
audit-after|a run begins although its intent is not in the audit|MAIN/admin/Audit.java|s/throw new ExitException\(\s*ExitCode\.RETRY,\s*"The audit could not be written.*?unwritten\);/return 0;/s|AuditTest#where*|
stop-apart|a stop is requested outside of the transaction of its audit rows|MAIN/admin/Stops.java|s/transaction\.executeWithoutResult\(status -> \{(.*?)\n        \}\);/$1/s|AuditTest#aStop*|
unreserved|parallel guesses are counted after their passwords were looked at|MAIN/admin/FailedLogins.java|s/unused -> new Counter\(\)\)\.inFlight\+\+/unused -> new Counter())/|LoginThrottleTest#ofAHundred*|
forwarded|forwarded addresses of anybody are believed|MAIN/admin/TrustedProxies.java|s/if \(!trusted\.isEmpty\(\)\)/if (true)/;s/String\.join\(",", trusted\)/"127.0.0.1"/|LoginThrottleTest#madeUp*|
strangers-session|a login that fails makes a session|MAIN/admin/LoginAnswers.java|s/(response\.sendRedirect\("\/login\?" \+ why \+ back\);)/request.getSession().setAttribute("why", why); $1/|StrangersTest#nothing*|
one-pool|pages and runs share one pool|MAIN/admin/ConnectionPools.java|s/Boolean\.TRUE\.equals\(FOR_PAGES\.get\(\)\) \? pages\.getConnection\(\) : super\.getConnection\(\)/pages.getConnection()/|ConnectionPoolsTest#aRun*|
spelled-out|any ending of a phone number finds its user|MAIN/admin/UserFilter.java|s/return isLastDigits\(\) \? Integer\.MAX_VALUE : .*?;/return Integer.MAX_VALUE;/s;s/length\(\) >= MIN_WHOLE_DIGITS/length() > 0/|EventSearchTest#aNumber*|
stop-unpolled|the process at work does not look for stop requests|MAIN/run/StopRequests.java|s/lease\.requestStop\(\);//|TwoConsolesTest#aStop*|
progress-dies|one failing execution ends live progress|MAIN/admin/LiveProgress.java|s/end\(executionId\);/throw failure;/|LiveProgressTest|
user-index|no index serves one user's events|db/migration/V9__credit_rollover.sql|s/create index credit_rollover_events_user_id.*?;//s|EventIndexTest|
undo-brings-back|an erasure does not wait for the chunk of an undo|MAIN/people/PhoneNumbers.java|s/jdbc\.sql\("lock table credit_rollover_tokens in exclusive mode"\)\.update\(\);//|ErasureBesideUndoTest|
erase-decisions-left|an erasure leaves the decisions of dry runs|MAIN/people/PhoneNumbers.java|s/r\.mode = 'dry-run'\)\n/r.mode = 'live')\n/|ErasureTest#theNumber*|
erase-apart|an erasure is not one transaction with its audit|MAIN/people/ErasureService.java|s/transaction\.execute\(status -> (erase\(.*?request\))\)/$1/s|ErasureTest#whereTheAudit*|
reason-unmasked|a number typed into a reason is stored whole|MAIN/run/ReasonText.java|s/return Masked\.text\(stripped\)/return stripped/|ErasureTest#theNumber*|
emptied-users|an empty table of users counts as deletions|MAIN/people/DeletedUsers.java|s/if \(!any\)/if (false)/|DeletedUsersTest#anEmpty*|
audit-deletable|anybody may delete from the audit|db/migration/V11__erasure.sql|s/ and current_setting\('credit_rollover\.retention', true\) = 'audit'//|RetentionTest#onlyRetention*|
webhook-unfinished|decisions of a failed run are in the feed before it has ended|MAIN/webhook/FeedOnRunEnd.java|s/case FAILED, STOPPED -> message\(WebhookType\.RUN_FAILED, end\);/case FAILED, STOPPED -> { message(WebhookType.RUN_FAILED, end); decisions(runId); }/|WebhookDeliveryTest#decisions*|
webhook-stored-late|the range of a message is stored after it was sent|MAIN/webhook/EndpointDelivery.java|s/now = store\(endpoint, claim, cursor, null, message\);/now = state.readAt();/;s/claim, cursor, next, done != null\)/claim, cursor, null, done != null)/|KilledDeliveryTest#aMessage*|
webhook-reversals-first|reversals of an unfinished run do not wait for its decisions|MAIN/webhook/FeedOnRunEnd.java|s/if \(!mustWait\)/if (runId > 0)/|WebhookDeliveryTest#aRunUndone*|
webhook-unclaimed|two processes send to one endpoint|MAIN/webhook/EndpointTable.java|s/claimed_until is null or claimed_until < clock_timestamp\(\)/claimed_until is null or claimed_until is not null/|KilledDeliveryTest#ofTwo*|
webhook-undated|the signature does not cover the time|MAIN/webhook/Signature.java|s/sign\(messageId, timestampSeconds, body\)/sign(messageId, 0, body)/|SignatureTest|
webhook-redirected|a redirect is followed|MAIN/webhook/HttpSender.java|s/Redirect\.NEVER/Redirect.ALWAYS/|WebhookDeliveryTest#aReceiverThat*|
webhook-hurried|a time that a receiver asks for is cut short|MAIN/webhook/EndpointTable.java|s/and last_error is distinct from :rateLimited/and (last_error is null or :rateLimited <> '')/|NoticesByWebhookTest#aLongPause*|
metric-renamed|a metric is renamed in the code only|MAIN/notify/RunMetric.java|s/"users\.expired"/"users.lapsed"/|MonitoringFilesTest#eachMetric*|
TABLE
}

# tree: the hash of all files that git would add
tree() {
  local index
  index=$(mktemp)
  cp "$(git rev-parse --git-path index)" "$index"
  GIT_INDEX_FILE=$index git add -A && GIT_INDEX_FILE=$index git write-tree
  rm -f "$index"
}

# judged NAME FILE CHANGE TEST PROFILE: applies one change, compiles it, runs the test; prints the result.
judged() {
  local log=$results/$1.log copied=$work/tree/$2 changed
  perl -0pi -e "$3" "$copied"
  if cmp -s "$2" "$copied"; then
    echo "DOES NOT APPLY"
    return
  fi
  rm -rf "$work/classes"
  cp -r "$build/target/classes" "$work/classes"
  if [[ $2 == *.sql ]]; then
    cp "$copied" "$work/classes/$2"
  else
    # With the files that name the class: javac has copied its constants into them.
    mapfile -t changed < <(grep -rlw --include='*.java' "$(basename "$2" .java)" "$work/tree/$main")
    if ! javac -nowarn -parameters -proc:none -d "$work/classes" -cp "$work/classes:$path" "${changed[@]}" >"$log" 2>&1; then
      echo "DOES NOT COMPILE"
      return
    fi
  fi
  cd "$work/tree"
  export -f run_tests
  timeout 900 bash -c 'run_tests "$@"' tests "$work/classes" "$build/target/test-classes" "$path" "${5:-usual}" "$4" >"$log" 2>&1
  case $? in
    0) echo SURVIVED ;;
    1) if grep -q '^campaign: tests=.* failed=[1-9]' "$log"; then echo red; else echo "NO TEST RAN"; fi ;;
    3) echo SKIPPED ;;
    124) echo "NO END" ;;
    *) echo "NO TEST RAN" ;;
  esac
}

results=$root/target/mutants/$(tree)
build=${CAMPAIGN_BUILD:-$results/build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$results"
build "$build" || exit 1
path=$(cat "$build/classpath")
mkdir "$work/tree"
git ls-files -co --exclude-standard -z | tar -c --null -T - | tar -x -C "$work/tree" || exit 1

while IFS='|' read -r name what file change test profile; do
  [ "$wanted" = "  " ] || [[ "$wanted" == *" $name "* ]] || continue
  number=$((number + 1))
  [ $((number % ${share#*/})) -eq $((${share%/*} % ${share#*/})) ] || continue
  file=${file/MAIN/$main}
  if [ ! -s "$results/$name" ]; then
    (judged "$name" "$file" "$change" "$test" "$profile") </dev/null >"$work/result"
    cp "$file" "$work/tree/$file"
    mv "$work/result" "$results/$name"
  fi
  result=$(cat "$results/$name")
  ran=$((ran + 1))
  [ "$result" = red ] || verdict=1
  rows+=("| $name | $what | $test | $result |")
  echo "$name: $result" >&2
done < <(mutants)

printf '%s\n' '| mutant | broken | test | result |' '|---|---|---|---|' "${rows[@]}"
echo "campaign: mutants=$ran"
exit $verdict
