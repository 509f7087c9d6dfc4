#!/usr/bin/env bash
# What scripts that try several inits in the same rows share. To be sourced, after scripts/lib.sh. An answer is a file of
# lines "ROW<tab>right", "ROW<tab>wrong<tab>HOW" or "ROW<tab>not run", as --reporters=rows prints them.

# table HEAD FILE...: a Markdown table, a column for each file, named by it; the last line counts. What was skipped follows.
table() {
  local head=$1
  shift
  awk -F '\t' -v first="$head" '
    FNR == 1 { name = FILENAME; sub(/.*\//, "", name); inits[++count] = name }
    /^skipped: / { if (!said[$0]++) left_out = left_out "\n" $0; next }
    NF < 2 { next }
    !($1 in known) { rows[++total] = $1; known[$1] = 1 }
    { answer[$1, name] = $2 ($3 == "" ? "" : " (" $3 ")"); if ($2 == "right") ++right[name] }
    END {
      head = "| " first " |"
      line = "| --- |"
      last = "| right, of " total " |"
      for (i = 1; i <= count; ++i) {
        head = head " " inits[i] " |"
        line = line " --- |"
        last = last " " right[inits[i]] + 0 " |"
      }
      print head "\n" line
      for (row = 1; row <= total; ++row) {
        text = "| " rows[row] " |"
        for (i = 1; i <= count; ++i) text = text " " answer[rows[row], inits[i]] " |"
        print text
      }
      print last
      if (left_out != "") print left_out
    }' "$@"
}
