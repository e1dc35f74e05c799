# Sourced by run.sh.
# What each version of PostgreSQL must pass, by share.
VERSIONS=(
  'C*ShapesTest,D*ShapesTest,K*ShapesTest,P*ShapesTest,RunAgainstOracleTest'
  'R*ShapesTest,S*ShapesTest,T*ShapesTest,V*ShapesTest'
  'DryRunIsTheRunTest,Undo*Test,Second*Test,SchemaTest,Upgrade*Test,ShortRoundTest'
)

# name | what | tests, or !command | usual or chaos | shares | required counts of all shares | options of each share
pieces() {
  cat <<'PIECES'
kills|`kill -9` before or after a commit, or at any moment|FaultsTest#survivesKillNine*|chaos|6|kills=300|chaos.rounds.kill=50
range|`kill -9` before a range is saved, at the start and at the restart|FaultsTest#survivesDying*|chaos|1|kills=6|
crashes|`pg_ctl stop -m immediate`, started again up to 3 s later|FaultsTest#survivesCrashes*|chaos|4|crashes=100|chaos.rounds.crash=25
cuts|every connection cut|FaultsTest#survivesCut*|chaos|3|cuts=90|chaos.rounds.cut=30
swallows|every connection swallows what it carries|FaultsTest#survivesConnectionsThat*|chaos|3|swallows=60|chaos.rounds.swallow=20
terms|SIGTERM|FaultsTest#endsInOrder*|chaos|2|terms=60|chaos.rounds.term=30
overlaps|four simultaneous starts, then four restarts of one killed|OverlapTest#four*|chaos|5|overlaps=50|chaos.rounds.overlap=10
freezes|SIGSTOP in mid-chunk, and within a statement, finished by another, SIGCONT|OverlapTest#aFrozen*|chaos|3|freezes=30 break-offs=9|chaos.rounds.freeze=10 chaos.rounds.break-off=3
disks|a full disk under tables, WAL, temporary files, backups|DiskFullTest|chaos|1|tables-full=3 wal-full=3 temporary-full=3 tests=4|chaos.rounds.disk=3
failovers|the primary crashes, its standby answers before and after it is promoted|FailoverTest|chaos|1|failovers=5|chaos.rounds.failover=5
clocks|wrong and jumping clocks of the program and of the database|ClockTest|chaos|1|clock-rounds=12 tests=5|chaos.rounds.clock=3
server|connections exhausted, none free in the pool, a polite shutdown, a slow network, lost answers, cancelled statements, ended sessions|ServerFaultsTest|chaos|1|server-rounds=24|chaos.rounds.server=3
live-host|a purchase between read and write, held rows, a payment that turns paid, deleted users|LiveHostTest|chaos|1|tests=5|
deletions|10,000 deletions, merges and insertions of users|DeletionsTest|chaos|1|tests=1|
pgbouncer|through PgBouncer: kills, crashes, cuts, swallowed connections, SIGTERMs|PgBouncerTest#survives*,PgBouncerTest#ends*|chaos|2|kills=9 crashes=4 cuts=9 swallows=6 terms=6|chaos.rounds.kill=5 chaos.rounds.crash=2 chaos.rounds.cut=5 chaos.rounds.swallow=3 chaos.rounds.term=3
pgbouncer-commands|through PgBouncer: every command, a plan, four starts, four restarts, a frozen process|PgBouncerTest#e*Command*,PgBouncerTest#a*,PgBouncerTest#four*|chaos|1|overlaps=2 freezes=2 tests=4|
traffic|16 clients on 100,000 users, `credits - 1`|TrafficTest#*Relative*|chaos|1|users=100000|
traffic-compared|the same, comparing before they write, the program killed twice|TrafficTest#*Compares*|chaos|1|users=100000|
traffic-blind|the same, writing back blindly|TrafficTest#*Blindly*|chaos|1|users=100000|
traffic-pgbouncer|`credits - 1` through PgBouncer, the program killed twice|TrafficTest#*PgBouncer*|chaos|1|users=100000|
workers|workers killed and frozen in a run of 300,000 users|WorkersTest|chaos|1|worker-rounds=1|
managers|the manager killed, restarted with workers or finished by one process; behind PgBouncer|LedRunsTest|chaos|1|manager-rounds=6 pooled-rounds=2|chaos.rounds.manager=3 chaos.rounds.pooled=2
second-look|a second look killed under traffic|KilledSecondLookTest|chaos|1|kills=20|
notices|`notify` killed while it plans and sends|NotifyKillsTest|chaos|1|kills=50|
webhooks|deliveries of webhooks killed|KilledDeliveryTest|chaos|1|kills=50|
console|strangers and viewers against a console in which a run works|FloodTest,ViewersTest|chaos|1|tests=3|flood.minutes=1
oracle|random users, decided by the program and by the oracle|RunAgainstOracleTest,DryRunIsTheRunTest,AdapterHostsTest,SecondLookAgainstOracleTest|usual|1|tests=10|oracle.users=20000 dryrun.users=20000 secondlook.users=5000
shapes|shapes of a host's tables|*ShapesTest|usual|1|tests=50|
doctor|what `doctor` says of each shape of a host's tables|DoctorShapesTest|chaos|1|tests=250|
matrix|each grant, column, key and service broken, with each command|MatrixTest|chaos|1|tests=490|
upgrades|an installation of each earlier version, with months of runs, one half done|UpgradeInMidMonthTest|chaos|1|tests=10|
mutants|each guarantee broken, its test must fail|!src/test/mutants/run.sh --share SHARE|-|4|mutants=100|
model|every order of the protocol's steps, and each guarantee of it broken|!docs/model/check.sh|-|1|checks=16|
reproducible|two builds of the commit, in other directories, zones and languages, are equal byte for byte|!src/test/campaign/twice.sh|-|1|builds=2|
postgres-14|oracle, shapes, undo, second look and faults on PostgreSQL 14|VERSIONS|usual|3|tests=90|postgres=14.22.0
doctor-14|what `doctor` says of each shape on PostgreSQL 14|DoctorShapesTest|chaos|1|tests=240|postgres=14.22.0
postgres-15|the same on PostgreSQL 15|VERSIONS|usual|3|tests=90|postgres=15.19.0
doctor-15|what `doctor` says of each shape on PostgreSQL 15|DoctorShapesTest|chaos|1|tests=240|postgres=15.19.0
postgres-16|the same on PostgreSQL 16|VERSIONS|usual|3|tests=90|postgres=16.15.0
doctor-16|what `doctor` says of each shape on PostgreSQL 16|DoctorShapesTest|chaos|1|tests=240|postgres=16.15.0
postgres-17|the same on PostgreSQL 17|VERSIONS|usual|3|tests=90|postgres=17.11.0
doctor-17|what `doctor` says of each shape on PostgreSQL 17|DoctorShapesTest|chaos|1|tests=240|postgres=17.11.0
postgres-18|the same on PostgreSQL 18|VERSIONS|usual|3|tests=90|postgres=18.6.0
doctor-18|what `doctor` says of each shape on PostgreSQL 18|DoctorShapesTest|chaos|1|tests=240|postgres=18.6.0
PIECES
}
