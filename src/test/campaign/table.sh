# Sourced by run.sh.

# piece_row NAME WHAT SHARES COUNTS: a row of the table, from the results of its shares.
piece_row() {
  local k result seconds=0 good=0 bad="" counts="" name seeds
  for ((k = 1; k <= $3; k++)); do
    result=$results/$1.$k.result
    [ -e "$result" ] || continue
    seconds=$((seconds + $(sed -n 's/^seconds=//p' "$result")))
    if grep -q '^verdict=ok' "$result"; then
      good=$((good + 1))
    else
      bad="$bad; share $k: $(sed -n 's/^verdict=//p' "$result")"
    fi
  done
  k=$(find "$results" -name "$1.*.result.failed-*" | wc -l)
  [ "$k" -eq 0 ] || bad="$bad; earlier failures: $k"
  [ $((good + ${#bad})) -gt 0 ] || return
  for name in $4; do
    name=${name%=*}
    counts="$counts${counts:+, }$(cat "$results/$1".*.result | counted "$name" -) ${name//-/ }"
  done
  seeds=$(sed -n 's/^campaign: .*seeds=\([0-9-]*\).*/\1/p' "$results/$1".*.result | sort -un | paste -sd' ')
  [ "$good" -eq "$3" ] || [ -n "$bad" ] || bad="; $good of $3 shares so far"
  printf '| %s | %s | %s | %d | %s |\n' "$2" "$counts" "$seeds" $(((seconds + 59) / 60)) "${bad:-; none}" | sed 's/| ; /| /'
}

# write_table: replaces what is between the two markers in docs/reliability.md.
write_table() {
  local page=docs/reliability.md
  mkdir -p "$results"
  {
    echo "Commit \`$commit\`, first seed $base, $(nproc) processors, $(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/JDK \1/p')."
    echo
    echo '| proof | counted | seeds | minutes | violations |'
    echo '|---|---|---|---|---|'
    pieces | while IFS='|' read -r name what tests tag shares counts properties; do
      piece_row "$name" "$what" "$shares" "$counts"
    done
  } >"$results/table.md"
  awk -v table="$results/table.md" '
    /^<!-- campaign: end -->/ { inside = 0 }
    !inside { print }
    /^<!-- campaign: begin -->/ { inside = 1; while ((getline line < table) > 0) print line }
  ' "$page" >"$results/page.md" && cp "$results/page.md" "$page"
  cat "$results/table.md"
}
