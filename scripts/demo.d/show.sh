#!/usr/bin/env bash
# What the reader sees: headings, process tables, and the table at the end. To be sourced by scripts/demo.
# shellcheck disable=SC2154 # the files of the demo share their variables

bold='' red='' green='' plain=''
if [[ -t 1 ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
fi

# The longest process table that is printed in full, and the rows that are kept of a longer one.
rows_in_full=12
rows_at_the_start=6
rows_at_the_end=2

declare -A seen verdict
mismatches=0

heading() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }

side_heading() {
  case $1 in
    without) printf '\n  %sWithout an init:%s the application is PID 1.\n' "$bold" "$plain" ;;
    under) printf '\n  %sUnder foster:%s foster is PID 1, and the application is its command.\n' "$bold" "$plain" ;;
  esac
}

note() { printf '  %s\n' "$*"; }

# show_table: the process table as ps prints it. Of a long one the middle is left out, and counted.
show_table() {
  table | awk -v full="$rows_in_full" -v start="$rows_at_the_start" -v end="$rows_at_the_end" \
    -v red="$red" -v plain="$plain" '
      { row[NR] = ($3 ~ /^Z/) ? red $0 plain : $0; zombies[NR] = zombies[NR - 1] + ($3 ~ /^Z/) }
      END {
        left_out = (NR > full) ? NR - start - end : 0
        for (i = 1; i <= NR; ++i) {
          if (left_out && i == start + 1) {
            i += left_out
            printf "    ... %d more rows, %d of them zombies ...\n", left_out, zombies[i - 1] - zombies[start]
          }
          print "    " row[i]
        }
      }'
}

# record SCENE SIDE AS_IT_MUST TEXT: what was seen, and whether (1 or 0) it is what the scene has to show.
record() {
  seen[$1,$2]=$4
  verdict[$1,$2]=$3
  (($3)) || mismatches=$((mismatches + 1))
  note "=> $4"
}

# cell SCENE SIDE WIDTH
cell() {
  local colour=$green text=${seen[$1,$2]}
  if ((!verdict[$1,$2])); then
    colour=$bold$red
    text="UNEXPECTED: $text"
  elif [[ $2 == without ]]; then
    colour=$red
  fi
  printf '%s%-*s%s' "$colour" "$3" "$text" "$plain"
}

summary() {
  local scene
  heading "What was seen"
  printf '\n  %s%-34s  %-38s  %s%s\n' "$bold" "scene" "without an init" "under foster" "$plain"
  for scene in "${scenes[@]}"; do
    printf '  %-34s  %s  %s\n' "${title[$scene]}" "$(cell "$scene" without 38)" "$(cell "$scene" under 0)"
  done
  ((mismatches == 0)) || fail "$mismatches of the observations above are not what they must be (UNEXPECTED)"
}
