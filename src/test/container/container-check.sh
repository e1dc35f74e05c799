#!/usr/bin/env bash
# Runs the image's layout without a container engine: its files, its user, process 1 of a PID namespace of its own, a
# read-only root with nothing writable but /tmp. Needs root, a JDK and a PostgreSQL with the host's tables.
#
#   SPRING_DATASOURCE_URL=… SPRING_DATASOURCE_USERNAME=… SPRING_DATASOURCE_PASSWORD=… \
#     src/test/container/container-check.sh target/credit-rollover-VERSION.zip
#
# WARNING: it starts a live run and stops it. Use a database that is there for this.
set -euo pipefail

archive=$(realpath "$1")
contained=$(dirname "$(realpath "$0")")/contained.sh
java_home=$(realpath "${JAVA_HOME:-$(dirname "$(dirname "$(realpath "$(command -v java)")")")}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The file system of the image: /app as the build makes it; the system and the JRE are this machine's.
mkdir -p "$work"/root/{app,backup}
unzip -q "$archive" -d "$work"
cp -r "$work"/credit-rollover-*/. "$work/root/app/"
chmod -R go-w "$work/root/app"
chmod 755 "$work" "$work/root"

# Like ENTRYPOINT with other arguments: contained run --json
contained() {
  "$contained" "$work/root" "$java_home" \
    /usr/bin/env JAVA_HOME=/jre CREDIT_ROLLOVER_CACHE=/app/cache \
    JAVA_OPTS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" /app/bin/credit-rollover "$@"
}
field() { grep -o "\"$1\" *: *\"\?[^,\"}]*" | head -1 | sed 's/.*: *"\?//'; }
say() { printf '%s %s\n' "$(date -u +%T)" "$*"; }

say "what the process is and what it may write:"
"$contained" "$work/root" "$java_home" /bin/sh -c '
  echo "  process $$, $(id -u):$(id -g)"
  grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status | sed "s/^/  /"
  for dir in / /app /etc /backup /tmp; do
    if (: > "$dir/written") 2>/dev/null; then echo "  $dir: writable"; else echo "  $dir: read-only"; fi
  done'

say "migrate"
contained migrate --json

say "run, with SIGTERM to process 1 once it works on users"
contained run --approve "container check" > "$work/out" 2> "$work/err" &
waiter=$!
for _ in $(seq 120); do
  grep -q '[1-9][0-9]* of [0-9]* users' "$work/err" && break
  kill -0 "$waiter" 2>/dev/null || break
  sleep 1
done
# contained.sh becomes unshare, whose child becomes process 1
java_pid=$(pgrep -P "$(pgrep -f -P "$waiter" unshare || echo "$waiter")" || true)
say "  process $(awk '/^NSpid/ {print $NF}' "/proc/$java_pid/status") of its namespace, user $(stat -c %u "/proc/$java_pid"), $(awk '/^VmHWM/ {print $2, $3}' "/proc/$java_pid/status") at most so far"
sent=$(date +%s%3N)
kill -TERM "$java_pid"
code=0; wait "$waiter" || code=$?
say "  exit $code, $(( $(date +%s%3N) - sent )) ms after SIGTERM"
sed 's/^/  /' "$work/out" "$work/err"
[ "$code" = 75 ] || { say "expected 75: the run may have been over before it was stopped"; exit 1; }

status=$(contained status --json)
execution=$(printf %s "$status" | field executionId)
say "restart $execution"
contained restart "$execution" --json > "$work/out"
[ "$(field status < "$work/out")" = COMPLETED ]
say "  COMPLETED, $(field usersProcessed < "$work/out") users"
