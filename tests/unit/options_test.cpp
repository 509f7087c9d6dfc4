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
      {{"-p", "TERM", "true"}, "death=15 : true"},
      {{"--parent-death-signal=TERM", "true"}, "death=15 : true"},
      {{"-s", "true"}, "subreaper=yes : true"},
      {{"--subreaper", "true"}, "subreaper=yes : true"},
      {{"--subreaper=yes", "true"}, "subreaper=yes : true"},
      {{"--subreaper=no", "true"}, "subreaper=no : true"},
      {{"--subreaper=auto", "true"}, ": true"},
      {{"-w", "true"}, "orphans : true"},
      {{"--report-orphans", "true"}, "orphans : true"},
      {{"--reap=auto", "true"}, ": true"},
      {{"--reap=kernel", "true"}, "reap=kernel : true"},
      {{"--reap=init", "true"}, "reap=init : true"},
      {{"-v", "true"}, "level=info : true"},
      {{"--verbose", "true"}, "level=info : true"},
      {{"-q", "true"}, "level=error : true"},
      {{"--quiet", "true"}, "level=error : true"},
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
