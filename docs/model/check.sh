#!/usr/bin/env bash
# Checks the model with spin, exhaustively; then each mutant, which must fail. Needs spin and a C compiler.
# Usage: docs/model/check.sh [--quick] [NAME...]; ends with 1 when a check has another result than expected. Up to 3 GB of
# memory. --quick has smaller bounds and a faster compilation, for every build.
set -uo pipefail
cd "$(dirname "$0")"
model=$PWD/protocol.pml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quick=false
optimize=-O2
depth=3000000
table=25
if [ "${1:-}" = --quick ]; then
  quick=true
  optimize=-O0
  depth=200000
  table=20
  shift
fi
wanted=" $* "
checked=0
verdict=0

# name | expected errors | how | macros | smaller bounds, for --quick
checks() {
  cat <<'TABLE'
run|0|safety||-DUSERS=2 -DFAULTS=1 -DTRADES=0
reversals|0|safety|-DREVERSALS -DFAULTS=1|-DUSERS=2 -DTRADES=0 -DEXPIRIES=0
month-ends|0|progress|-DPROGRESS -DUSERS=2 -DTRUTHS=0 -DTRADES=0|-DFAULTS=1
token-unchecked|1|safety|-DMUTANT_UNCHECKED
token-unlocked|1|safety|-DMUTANT_UNLOCKED
takeover-does-not-wait|1|safety|-DMUTANT_NO_WAIT
lease-not-durable|1|safety|-DMUTANT_LEASE_ASYNC
read-before-lock|1|safety|-DMUTANT_EARLY_READ|-DUSERS=2 -DFAULTS=1
position-apart-unreconciled|1|safety|-DMUTANT_POSITION_APART -DMUTANT_UNRECONCILED
version-unchecked-unreconciled|1|safety|-DMUTANT_NO_VERSION -DMUTANT_UNRECONCILED
completed-not-durable|1|safety|-DMUTANT_STATUS_ASYNC
reinstated-twice|1|safety|-DREVERSALS -DUSERS=2 -DMUTANT_TWICE
set-instead-of-added|1|safety|-DREVERSALS -DUSERS=2 -DMUTANT_SET
undo-ignores-reinstated|1|safety|-DREVERSALS -DUSERS=2 -DMUTANT_NO_SUBTRACT
rest-unread|1|safety|-DREVERSALS -DUSERS=2 -DMUTANT_UNREAD_REST
lease-never-ends|1|progress|-DPROGRESS -DUSERS=2 -DTRUTHS=0 -DTRADES=0 -DMUTANT_IMMORTAL
TABLE
}

while IFS='|' read -r name expected how macros smaller; do
  [[ "$wanted" == "  " || "$wanted" == *" $name "* ]] || continue
  $quick || smaller=""
  mkdir -p "$work/$name"
  cd "$work/$name"
  # shellcheck disable=SC2086
  spin -a $macros $smaller "$model" >spin.log 2>&1 || { cat spin.log; exit 2; }
  if [ "$how" = safety ]; then
    options=(-DSAFETY)
    arguments=()
  else
    options=(-DNFAIR=4)
    arguments=(-a -f)
  fi
  gcc -w "$optimize" "${options[@]}" -DCOLLAPSE -DVECTORSZ=2048 -o pan pan.c || exit 2
  ./pan -m"$depth" -w"$table" "${arguments[@]}" >out.txt 2>&1
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' out.txt | head -1)
  complete=$(grep -c 'max search depth too small\|out of memory' out.txt)
  states=$(awk '/states, stored/ {print $1; exit}' out.txt)
  seconds=$(awk '/elapsed time/ {print $4; exit}' out.txt)
  result=ok
  if [ "${errors:-none}" != "$expected" ] || [ "$complete" -ne 0 ]; then
    result=WRONG
    verdict=1
  fi
  printf '%-32s %-6s errors %s, expected %s; %s states, %s s\n' \
    "$name" "$result" "${errors:-none}" "$expected" "${states:-?}" "${seconds:-?}"
  rm -f pan
  checked=$((checked + 1))
done < <(checks)
echo "campaign: checks=$checked"
exit $verdict
