#!/usr/bin/env bash
# Runs the proofs of a release in pieces, all on one commit: faults, mutants, model, host shapes, versions of PostgreSQL.
# Usage: src/test/campaign/run.sh [PIECE...]            all pieces, or these; what has a result for this commit is skipped
#        src/test/campaign/run.sh --list                the pieces
#        src/test/campaign/run.sh --table               write the results into docs/reliability.md
# Results are in target/campaign/COMMIT. A piece has shares, so that each takes about ten minutes. Several of these may run
# at the same time. Ends with 1 when a share failed. Needs the packages of .ci/run, and pgbouncer, libfaketime, spin and gcc.
set -uo pipefail
cd "$(dirname "$0")/../../.."
. src/test/campaign/build.sh
. src/test/campaign/pieces.sh
. src/test/campaign/verdict.sh
. src/test/campaign/table.sh

# Missing packages fail instead of skipping.
export CI=true
commit=$(git rev-parse --short=12 HEAD)
results=$PWD/target/campaign/$commit
build=$results/build
export CAMPAIGN_BUILD=$build
# A seed of its own for each commit: later campaigns try others. CAMPAIGN_SEED repeats one.
base=${CAMPAIGN_SEED:-$((16#${commit:0:5} * 1000 + 1))}

# The table of results is the one change that a campaign makes.
require_clean_tree() {
  local changed
  changed=$(git status --porcelain -- . ':!docs/reliability.md')
  if [ -n "$changed" ] || [ "$(git rev-parse --short=12 HEAD)" != "$commit" ]; then
    printf 'The tree differs from commit %s. Commit or stash these files, then run again:\n%s\n' "$commit" "$changed" >&2
    exit 2
  fi
}

# class_path VERSION: with the embedded PostgreSQL of that version, if one is given.
class_path() {
  local file=$build/classpath${1:+-$1}
  [ -e "$file" ] || ./mvnw -q dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$file" \
    -Dembedded-postgres-binaries.version="$1" >&2 || return 1
  cat "$file"
}

# share TESTS TAG K SHARES PROPERTIES: runs it; its output is the log.
run_share() {
  local seed=$((base + $3 * 100)) options=() version="" property
  if [[ $1 == !* ]]; then
    local command=${1#!}
    command=${command/SHARE/$3/$4}
    $command
    return
  fi
  for property in $5; do
    [[ $property == postgres=* ]] && version=${property#postgres=} && property=chaos.postgres=embedded
    options+=("-D$property")
  done
  local path selection=$1
  [ "$selection" != VERSIONS ] || selection=${VERSIONS[$3 - 1]}
  path=$(class_path "$version") || return
  run_tests "$build/target/classes" "$build/target/test-classes" "$path" "$2" "$selection" "-Dchaos.seed=$seed" "-Dnotices.seed=$seed" \
    "-Dsecondlook.seed=$seed" "-Ddryrun.seed=$seed" "${options[@]}"
}

# piece NAME TESTS TAG SHARES COUNTS PROPERTIES
piece() {
  local k result log start code said
  for ((k = 1; k <= $4; k++)); do
    result=$results/$1.$k.result
    log=$results/$1.$k.log
    exec 8>"$results/$1.$k.lock"
    flock -n 8 || continue
    if ! grep -qs '^verdict=ok' "$result"; then
      # A failure that does not come again is still a failure.
      [ ! -e "$result" ] || for file in "$result" "$log"; do mv "$file" "$file.failed-$(date +%s)"; done
      start=$SECONDS
      run_share "$2" "$3" "$k" "$4" "$6" >"$log" 2>&1
      code=$?
      # Tests read files of the tree: a result counts if it has not changed meanwhile.
      require_clean_tree
      said=$(verdict "$code" "$log" "$5" "$4")
      { printf 'seconds=%d\nverdict=%s\n' $((SECONDS - start)) "$said" && grep '^campaign: ' "$log"; } >"$result"
      echo "$1 $k/$4: $said, $((SECONDS - start)) s, $log" >&2
      [ "$said" = ok ] || failed=1
    fi
    exec 8>&-
  done
}

failed=0
case ${1:-} in
  --list)
    pieces | while IFS='|' read -r name what tests tag shares counts properties; do
      printf '%-20s %s; %s in %s shares\n' "$name" "$what" "$counts" "$shares"
    done
    exit
    ;;
  --table)
    write_table
    exit
    ;;
esac
wanted=" $* "
for name in "$@"; do
  pieces | grep -q "^$name|" || { echo "No piece is called $name. --list shows all." >&2 && exit 64; }
done
require_clean_tree
mkdir -p "$results"
exec 7>"$results/build.lock"
flock 7
build "$build" || exit 1
exec 7>&-
while IFS='|' read -r name what tests tag shares counts properties <&9; do
  [ "$wanted" = "  " ] || [[ "$wanted" == *" $name "* ]] || continue
  require_clean_tree
  piece "$name" "$tests" "$tag" "$shares" "$counts" "$properties"
done 9< <(pieces)
exit $failed
