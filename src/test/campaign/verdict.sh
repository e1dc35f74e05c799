# Sourced by run.sh.

# counted NAME LOG: the sum of NAME in the lines "campaign: NAME=…".
counted() {
  sed -n "s/^campaign: \(.* \)\?$1=\([0-9]*\).*/\2/p" "$2" | awk '{ sum += $1 } END { print sum + 0 }'
}

# verdict EXIT LOG COUNTS SHARES: ok, or what is wrong.
verdict() {
  local count name wanted found
  [ "$1" -eq 3 ] && echo "A TEST WAS SKIPPED" && return
  [ "$1" -eq 0 ] || { echo "FAILED" && return; }
  for count in $3; do
    name=${count%=*}
    wanted=$((${count#*=} / $4))
    found=$(counted "$name" "$2")
    [ "$found" -ge "$wanted" ] || { echo "TOO FEW: $found $name instead of $wanted" && return; }
  done
  echo ok
}
