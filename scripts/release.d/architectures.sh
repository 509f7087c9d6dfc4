#!/usr/bin/env bash
# What a release is made for, by Debian's names. To be sourced.

# In the second column the platform by the name that images have for it.
architecture_table() {
  cat <<'ROWS'
amd64    linux/amd64
arm64    linux/arm64/v8
armhf    linux/arm/v7
i386     linux/386
ppc64el  linux/ppc64le
s390x    linux/s390x
riscv64  linux/riscv64
ROWS
}

architectures() { architecture_table | awk '{ print $1 }'; }

platform_of() { architecture_table | awk -v arch="$1" '$1 == arch { print $2 }'; }

# preset_of ARCH: of CMakePresets.json.
preset_of() { if [[ $1 == amd64 ]]; then say release; else say "release-$1"; fi; }

# choose_architectures [ARCH...]: those, or all, in the order of the table; a word that is none ends the script.
choose_architectures() {
  local word
  for word in "$@"; do
    architectures | grep -qxF -- "$word" || fail "'$word' is no architecture; allowed: $(architectures | paste -sd ' ')"
  done
  if (($# == 0)); then architectures; else architectures | grep -xF -f <(printf '%s\n' "$@"); fi
}
