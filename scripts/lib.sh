#!/usr/bin/env bash
# Helpers that the scripts share. To be sourced: it changes no directory and prints nothing by itself.

# say TEXT: one line for the reader. fail TEXT: one line on stderr, and the end of the script.
say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Which package brings a tool, one row each; "-" where the distribution has none. It is found by any of the commands or
# file patterns of the second column.
tool_table() {
  cat <<'ROWS'
# tool                      found by                              Debian                    Alpine       Fedora
cmake                       cmake                                 cmake                     cmake        cmake
ninja                       ninja,ninja-build,samu                ninja-build               samurai      ninja-build
g++                         g++                                   g++                       g++          gcc-c++
libc-headers                /usr/include/stdlib.h                 libc6-dev                 musl-dev     glibc-devel
static-libc                 /usr/lib*/libc.a,/usr/lib/*/libc.a    libc6-dev                 musl-dev     glibc-static
binutils                    objcopy                               binutils                  binutils     binutils
musl                        /usr/lib/*-linux-musl*/libc.a         musl-dev                  -            -
doctest                     /usr/include/doctest/doctest.h        doctest-dev               doctest-dev  doctest-devel
clang++                     clang++                               clang                     clang        clang
x86_64-linux-gnu-g++        x86_64-linux-gnu-g++                  g++-x86-64-linux-gnu      -            -
aarch64-linux-gnu-g++       aarch64-linux-gnu-g++                 g++-aarch64-linux-gnu     -            -
arm-linux-gnueabihf-g++     arm-linux-gnueabihf-g++               g++-arm-linux-gnueabihf   -            -
i686-linux-gnu-g++          i686-linux-gnu-g++                    g++-i686-linux-gnu        -            -
powerpc64le-linux-gnu-g++   powerpc64le-linux-gnu-g++             g++-powerpc64le-linux-gnu -            -
s390x-linux-gnu-g++         s390x-linux-gnu-g++                   g++-s390x-linux-gnu       -            -
riscv64-linux-gnu-g++       riscv64-linux-gnu-g++                 g++-riscv64-linux-gnu     -            -
clang-tidy                  clang-tidy                            clang-tidy                clang-extra-tools clang-tools-extra
clang-format                clang-format                          clang-format              clang-extra-tools clang-tools-extra
cppcheck                    cppcheck                              cppcheck                  cppcheck     cppcheck
shellcheck                  shellcheck                            shellcheck                shellcheck   ShellCheck
gcov                        gcov                                  gcc                       gcc          gcc
ps                          ps                                    procps                    procps       procps-ng
strace                      strace                                strace                    strace       strace
unshare                     unshare                               util-linux                util-linux   util-linux
setpriv                     setpriv                               util-linux                setpriv      util-linux
bash                        bash                                  bash                      bash         bash
dash                        dash                                  dash                      dash         dash
setsid                      setsid                                util-linux                setsid       util-linux
stty                        stty                                  coreutils                 coreutils    coreutils
script                      script                                bsdutils                  util-linux-misc util-linux-script
tini                        tini                                  tini                      tini         tini
dumb-init                   dumb-init                             dumb-init                 dumb-init    dumb-init
catatonit                   catatonit                             catatonit                 catatonit    catatonit
nginx                       nginx                                 nginx-light               -            -
postgresql                  /usr/lib/postgresql/*/bin/postgres    postgresql                -            -
gunicorn                    gunicorn                              gunicorn                  -            -
celery                      celery                                celery                    -            -
valgrind                    valgrind                              valgrind                  valgrind     valgrind
clang-fuzzer                /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a libclang-rt-14-dev compiler-rt compiler-rt
python3                     python3                               python3                   python3      python3
git                         git                                   git                       git          git
dockerd                     dockerd                               docker.io                 docker       moby-engine
mmdebstrap                  mmdebstrap                            mmdebstrap                -            mmdebstrap
busybox                     /usr/share/doc/busybox-static         busybox-static            -            -
podman                      podman                                podman                    podman       podman
runc                        runc                                  runc                      runc         runc
crun                        crun                                  crun                      crun         crun
containerd                  containerd                            containerd                containerd   containerd
python3-grpcio              /usr/lib*/python3*/*-packages/grpc/__init__.py python3-grpcio     py3-grpcio   python3-grpcio
python3-grpc-tools          /usr/lib*/python3*/*-packages/grpc_tools/__init__.py python3-grpc-tools py3-grpcio-tools python3-grpcio-tools
python3-pkg-resources       /usr/lib*/python3*/*-packages/pkg_resources/__init__.py python3-pkg-resources py3-setuptools python3-setuptools
make                        make                                  make                      make         make
dpkg-source                 dpkg-source                           dpkg-dev                  -            -
rpmbuild                    rpmbuild                              rpm                       -            -
jq                          jq                                    jq                        jq           jq
buildah                     buildah                               buildah                   buildah      buildah
cpio                        cpio                                  cpio                      cpio         cpio
qemu                        qemu-s390x-static                     qemu-user-static          -            -
podman-compose              podman-compose                        podman-compose            podman-compose podman-compose
mandoc                      mandoc                                mandoc                    mandoc       mandoc
man-db                      mandb                                 man-db                    man-db       man-db
ROWS
}

# package_manager: the one that this machine has.
package_manager() {
  local manager
  for manager in apt-get apk dnf; do
    if command -v "$manager" >/dev/null; then
      say "$manager"
      return
    fi
  done
  say none
}

# has_tool FOUND_BY: any of several commands in PATH, or file patterns, with commas between them.
has_tool() {
  local pattern
  for pattern in ${1//,/ }; do # unquoted on purpose: a pattern expands to the files that exist
    if [[ $pattern == /* ]]; then
      [[ -e $pattern ]] && return
    else
      command -v "$pattern" >/dev/null && return
    fi
  done
  return 1
}

# tool_row TOOL: the row of the table, or the end of the script.
tool_row() {
  tool_table | awk -v tool="$1" '$1 == tool { print; found = 1 } END { exit !found }' ||
    fail "no row for the tool '$1' in tool_table (scripts/lib.sh)"
}

# quietly COMMAND...: nothing is printed when it succeeds, everything when it fails.
quietly() {
  local output
  output=$("$@" 2>&1) && return
  printf '%s\n' "$output" >&2
  return 1
}

install_command() {
  case $1 in
    apt-get) say "apt-get install -y --no-install-recommends" ;;
    apk) say "apk add" ;;
    dnf) say "dnf install -y" ;;
  esac
}

# install_packages MANAGER PACKAGE...: as root.
install_packages() {
  local manager=$1
  shift
  local -a command
  read -ra command <<<"$(install_command "$manager")"
  if [[ $manager == apt-get ]]; then
    export DEBIAN_FRONTEND=noninteractive
    command+=(-o DPkg::Lock::Timeout=300) # another package tool may hold the lock
    # Nor do two scripts of ours get in each other's way: of its lists' lock apt-get waits for none.
    local -r one_at_a_time=(flock --close /run/lock/foster-packages)
    command=("${one_at_a_time[@]}" "${command[@]}")
    quietly "${one_at_a_time[@]}" apt-get update || fail "apt-get update failed"
  fi
  quietly "${command[@]}" "$@" || fail "could not install: $*"
}

# need_tools TOOL...: afterwards all of them are there. What is missing is installed by root; anybody else is told, in
# one line, what to install. Nothing is asked of the network when nothing is missing.
need_tools() {
  local tool row
  local -a missing=() fields
  for tool in "$@"; do
    row=$(tool_row "$tool")
    read -ra fields <<<"$row"
    has_tool "${fields[1]}" || missing+=("$row")
  done
  if ((${#missing[@]})); then
    provide "${missing[@]}"
  fi
}

# provide ROW...: installs what the rows of the table name, or says what to install.
provide() {
  local manager column row
  local -a packages=() fields
  manager=$(package_manager)
  case $manager in
    apt-get) column=2 ;;
    apk) column=3 ;;
    dnf) column=4 ;;
    *) fail "missing: $(printf '%s\n' "$@" | awk '{ printf "%s ", $1 }')(and no apt-get, apk or dnf to install it)" ;;
  esac
  for row in "$@"; do
    read -ra fields <<<"$row"
    [[ ${fields[column]} != - ]] || fail "missing: ${fields[0]}, for which this distribution has no package"
    packages+=("${fields[column]}")
  done
  ((EUID == 0)) || fail "please install what is missing: sudo $(install_command "$manager") ${packages[*]}"

  say "installing: ${packages[*]}" >&2
  install_packages "$manager" "${packages[@]}"
  hash -r
  for row in "$@"; do
    read -ra fields <<<"$row"
    has_tool "${fields[1]}" || fail "${fields[0]} is still missing after the installation"
  done
}
