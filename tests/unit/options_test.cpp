// What a right command line means. The wrong ones are in usage_error_test.cpp, the variables in environment_test.cpp.
#include "command_line/options.hpp"

#include <doctest/doctest.h>

#include "command_line.hpp"

namespace {

struct Case {
  Words words;
  std::string expected;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& [words, expected] : cases) CHECK(understood(words) == expected);
}

}  // namespace

TEST_CASE("without an option all defaults hold, and the words are the command") {
  check({
      {{"true"}, ": true"},
      {{"sleep", "5"}, ": sleep 5"},
      {{""}, ": "},  // an empty word is a command, which is then not found
  });
}

TEST_CASE("every option has a long name and, where it has one, a letter") {
  check({
      {{"-c", "true"}, "child : true"},
      {{"-g", "true"}, ": true"},
      {{"--target=child", "true"}, "child : true"},
      {{"--target=GROUP", "true"}, ": true"},
      {{"--target=all", "true"}, "all : true"},
      {{"-r", "TERM:QUIT", "true"}, "15>3 : true"},
      {{"--rewrite=TERM:QUIT", "true"}, "15>3 : true"},
      {{"-e", "143", "true"}, "zero=143 : true"},
      {{"--exit-zero=forwarded", "true"}, "zero=forwarded : true"},
      {{"--stop-signal=RTMIN+3", "true"}, "stop=37 : true"},
      {{"-k", "10s", "true"}, "kill_ms=10000 : true"},
      {{"--kill-after=500ms", "true"}, "kill_ms=500 : true"},
      {{"--wait", "true"}, "wait : true"},
      {{"--wait=2m", "true"}, "wait wait_ms=120000 : true"},
      {{"--termination-log", "true"}, "log=/dev/termination-log : true"},
      {{"--termination-log=/a/b", "true"}, "log=/a/b : true"},
      {{"-p", "TERM", "true"}, "death=15 : true"},
      {{"--parent-death-signal=TERM", "true"}, "death=15 : true"},
      {{"-s", "true"}, "subreaper=yes : true"},
      {{"--subreaper", "true"}, "subreaper=yes : true"},
      {{"--subreaper=yes", "true"}, "subreaper=yes : true"},
      {{"--subreaper=no", "true"}, "subreaper=no : true"},
      {{"--subreaper=auto", "true"}, ": true"},
      {{"-S", "true"}, "session : true"},
      {{"--setsid", "true"}, "session : true"},
      {{"-w", "true"}, "orphans : true"},
      {{"--report-orphans", "true"}, "orphans : true"},
      {{"--reap=auto", "true"}, ": true"},
      {{"--reap=kernel", "true"}, "reap=kernel : true"},
      {{"--reap=init", "true"}, "reap=init : true"},
      {{"-v", "true"}, "level=info : true"},
      {{"--verbose", "true"}, "level=info : true"},
      {{"-q", "true"}, "level=error : true"},
      {{"--quiet", "true"}, "level=error : true"},
      {{"-P"}, "pause"},
      {{"--pause"}, "pause"},
      {{"--install=/shared"}, "install to=/shared"},
      {{"--install", "a b"}, "install to=a b"},
      {{"--ps"}, "ps"},
      {{"--ps=1"}, "ps process=1"},
      {{"--ps=2147483647"}, "ps process=2147483647"},
      {{"--ps=7", "--ps"}, "ps"},
      {{"--ps", "--max-zombies=0"}, "ps zombies=0"},
      {{"--max-zombies", "12", "--ps"}, "ps zombies=12"},
      {{"--max-zombies=3"}, "ps zombies=3"},
      {{"-h"}, "help"},
      {{"--help"}, "help"},
      {{"-V"}, "version"},
      {{"--version"}, "version"},
      {{"-l"}, "license"},
      {{"--license"}, "license"},
  });
}

TEST_CASE("a value is the rest of the word, or the next word") {
  check({
      {{"--target", "child", "true"}, "child : true"},
      {{"--parent-death-signal", "RTMIN+3", "true"}, "death=37 : true"},
      {{"--reap", "init", "true"}, "reap=init : true"},
      {{"-pTERM", "true"}, "death=15 : true"},
      {{"-p15", "true"}, "death=15 : true"},
      {{"-p", "32", "true"}, "death=32 : true"},
      {{"-p", "SIGrtmax-30", "true"}, "death=34 : true"},
      {{"-phup", "-c", "true"}, "child death=1 : true"},
  });
}

TEST_CASE("an optional value stands only behind =") {
  check({
      {{"--subreaper", "no"}, "subreaper=yes : no"},
      {{"-s", "no"}, "subreaper=yes : no"},
      {{"--wait", "5s"}, "wait : 5s"},
      {{"--termination-log", "/log"}, "log=/dev/termination-log : /log"},
  });
}

TEST_CASE("letters cluster, and the first that takes a value takes the rest") {
  check({
      {{"-cw", "true"}, "child orphans : true"},
      {{"-swcv", "true"}, "child subreaper=yes level=info orphans : true"},
      {{"-wpTERM", "true"}, "orphans death=15 : true"},
      {{"-wp", "TERM", "true"}, "orphans death=15 : true"},
      {{"-pHUP", "-cg", "true"}, "death=1 : true"},
      {{"-vv", "true"}, "level=debug : true"},
  });
}

TEST_CASE("options end at the first word that is not one") {
  check({
      {{"ls", "-d", "/"}, ": ls -d /"},
      {{"-c", "ls", "--help"}, "child : ls --help"},
      {{"sh", "-c", "--", "x"}, ": sh -c -- x"},
      {{"-"}, ": -"},
      {{"-c", "-", "-w"}, "child : - -w"},
  });
}

TEST_CASE("behind -- everything is the command") {
  check({
      {{"--", "true"}, ": true"},
      {{"--", "-c"}, ": -c"},
      {{"--", "--", "x"}, ": -- x"},
      {{"-c", "--", "--help"}, "child : --help"},
      {{"--", ""}, ": "},
  });
}

TEST_CASE("of a repeated option the last wins") {
  check({
      {{"-c", "-g", "true"}, ": true"},
      {{"-g", "-c", "true"}, "child : true"},
      {{"--target=child", "-g", "true"}, ": true"},
      {{"-c", "--target", "group", "true"}, ": true"},
      {{"-p", "TERM", "-pHUP", "true"}, "death=1 : true"},
      {{"-s", "--subreaper=no", "true"}, "subreaper=no : true"},
      {{"--subreaper=no", "-s", "true"}, "subreaper=yes : true"},
      {{"-s", "--subreaper=auto", "true"}, ": true"},
      {{"-w", "-w", "true"}, "orphans : true"},
      {{"--reap=kernel", "--reap=init", "true"}, "reap=init : true"},
      {{"--reap=kernel", "--reap=auto", "true"}, ": true"},
  });
}

TEST_CASE("lists add up, and of several rewrites of a signal the last wins") {
  check({
      {{"-e1", "-e", "2,3", "--exit-zero=forwarded", "true"}, "zero=1 zero=2 zero=3 zero=forwarded : true"},
      {{"-e0,255", "true"}, "zero=0 zero=255 : true"},
      {{"-eForwarded,7", "true"}, "zero=7 zero=forwarded : true"},
      {{"--stop-signal=QUIT,SIGINT", "--stop-signal=winch", "true"}, "stop=2 stop=3 stop=28 : true"},
      {{"--stop-signal=TERM", "true"}, ": true"},
      {{"-rTERM:QUIT", "-rHUP:0,USR1:USR2", "true"}, "1>0 10>12 15>3 : true"},
      {{"-r", "TERM:QUIT,TERM:INT", "true"}, "15>2 : true"},
      {{"-r", "TERM:QUIT", "-r", "TERM:0", "true"}, "15>0 : true"},
      {{"-r", "TERM:0", "-r", "TERM:TERM", "true"}, ": true"},
  });
}

TEST_CASE("any signal may be handed on as KILL or STOP, or not at all") {
  check({
      {{"-r", "TERM:KILL", "true"}, "15>9 : true"},
      {{"-r", "sigtstp:stop", "true"}, "20>19 : true"},
      {{"-r", "HUP:0", "true"}, "1>0 : true"},
      {{"-r", "RTMIN+3:15", "true"}, "37>15 : true"},
      {{"-r", "64:rtmin", "true"}, "64>34 : true"},
  });
}

TEST_CASE("a time has a unit, or is in seconds; --wait is also yes or no") {
  check({
      {{"-k0", "true"}, "kill_ms=0 : true"},
      {{"-k3", "true"}, "kill_ms=3000 : true"},
      {{"-k2147483", "true"}, "kill_ms=2147483000 : true"},
      {{"--wait=0", "true"}, "wait wait_ms=0 : true"},
      {{"--wait=1", "true"}, "wait wait_ms=1000 : true"},
      {{"--wait=250ms", "true"}, "wait wait_ms=250 : true"},
      {{"--wait=yes", "true"}, "wait : true"},
      {{"--wait=ON", "true"}, "wait : true"},
      {{"--wait=no", "true"}, ": true"},
      {{"--wait=5s", "--wait=no", "true"}, ": true"},
      {{"--wait=no", "--wait", "true"}, "wait : true"},
      {{"--wait=5s", "--wait", "true"}, "wait : true"},
  });
}

TEST_CASE("a termination log is the usual one, another one, or none") {
  check({
      {{"--termination-log=yes", "true"}, "log=/dev/termination-log : true"},
      {{"--termination-log=/a", "--termination-log=No", "true"}, ": true"},
      {{"--termination-log=/a", "--termination-log", "true"}, "log=/dev/termination-log : true"},
      {{"--termination-log=/", "true"}, "log=/ : true"},
  });
}

TEST_CASE("-v says more each time, up to everything, and -q starts again from errors only") {
  check({
      {{"-v", "-v", "true"}, "level=debug : true"},
      {{"-vvv", "true"}, "level=debug : true"},
      {{"-vvvvvvvv", "true"}, "level=debug : true"},
      {{"-q", "-q", "true"}, "level=error : true"},
      {{"-vq", "true"}, "level=error : true"},
      {{"-vvq", "true"}, "level=error : true"},
      {{"-qv", "true"}, "level=info : true"},
      {{"-qvv", "true"}, "level=debug : true"},
      {{"--verbose", "--quiet", "true"}, "level=error : true"},
      {{"--quiet", "--verbose", "true"}, "level=info : true"},
  });
}

TEST_CASE("--pause is no answer: what follows it is read") {
  check({
      {{"-P", "-q"}, "pause level=error"},
      {{"-Pv"}, "pause level=info"},
      {{"-P", "--"}, "pause"},
      {{"-P", "--help"}, "help"},
  });
}

TEST_CASE("--install is no answer, either; the last of several paths counts") {
  check({
      {{"--install=/a", "-q"}, "install level=error to=/a"},
      {{"--install=/a", "--"}, "install to=/a"},
      {{"--install=/a", "--install=/b"}, "install to=/b"},
      {{"--install=/a", "--help"}, "help to=/a"},
  });
}

TEST_CASE("--help and its like answer at once, whatever follows them") {
  check({
      {{"-h", "--no-such-option"}, "help"},
      {{"-hx"}, "help"},
      {{"-Vl"}, "version"},
      {{"--license", "--help"}, "license"},
      {{"-c", "--help", "true"}, "help child"},
      {{"-wV"}, "version orphans"},
  });
}
