// The FOSTER_... variables.
#include <doctest/doctest.h>

#include "command_line.hpp"

namespace {

struct Case {
  Words environment;
  Words words;
  std::string expected;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& each : cases) {
    CAPTURE(each.environment.empty() ? "no variable" : each.environment.front());
    CHECK(understood(each.words, each.environment) == each.expected);
  }
}

const Words command = {"true"};

}  // namespace

TEST_CASE("every option that takes part in running a command has a variable") {
  check({
      {{"FOSTER_TARGET=child"}, command, "child : true"},
      {{"FOSTER_TARGET=group"}, command, ": true"},
      {{"FOSTER_TARGET=all"}, command, "all : true"},
      {{"FOSTER_REWRITE=TERM:QUIT,HUP:0"}, command, "1>0 15>3 : true"},
      {{"FOSTER_EXIT_ZERO=143,forwarded"}, command, "zero=143 zero=forwarded : true"},
      {{"FOSTER_STOP_SIGNAL=QUIT"}, command, "stop=3 : true"},
      {{"FOSTER_KILL_AFTER=10"}, command, "kill_ms=10000 : true"},
      {{"FOSTER_WAIT=yes"}, command, "wait : true"},
      {{"FOSTER_WAIT=no"}, command, ": true"},
      {{"FOSTER_WAIT=5s"}, command, "wait wait_ms=5000 : true"},
      {{"FOSTER_TERMINATION_LOG=yes"}, command, "log=/dev/termination-log : true"},
      {{"FOSTER_TERMINATION_LOG=no"}, command, ": true"},
      {{"FOSTER_TERMINATION_LOG=/x"}, command, "log=/x : true"},
      {{"FOSTER_PARENT_DEATH_SIGNAL=SIGTERM"}, command, "death=15 : true"},
      {{"FOSTER_SUBREAPER=yes"}, command, "subreaper=yes : true"},
      {{"FOSTER_SUBREAPER=no"}, command, "subreaper=no : true"},
      {{"FOSTER_SUBREAPER=auto"}, command, ": true"},
      {{"FOSTER_SETSID=yes"}, command, "session : true"},
      {{"FOSTER_SETSID=no"}, command, ": true"},
      {{"FOSTER_REPORT_ORPHANS=yes"}, command, "orphans : true"},
      {{"FOSTER_REPORT_ORPHANS=no"}, command, ": true"},
      {{"FOSTER_REAP=auto"}, command, ": true"},
      {{"FOSTER_REAP=kernel"}, command, "reap=kernel : true"},
      {{"FOSTER_REAP=init"}, command, "reap=init : true"},
      {{"FOSTER_VERBOSE=yes"}, command, "level=info : true"},
      {{"FOSTER_QUIET=yes"}, command, "level=error : true"},
  });
}

TEST_CASE("variables are found among others, and several hold together") {
  check({
      {{"PATH=/bin", "FOSTER_TARGET=child", "HOME=/", "FOSTER_REPORT_ORPHANS=1"}, command, "child orphans : true"},
      {{"PATH=/bin", "HOME=/"}, command, ": true"},
      {{}, command, ": true"},
  });
}

TEST_CASE("FOSTER_VERBOSE takes a number of times, too") {
  check({
      {{"FOSTER_VERBOSE=0"}, command, ": true"},
      {{"FOSTER_VERBOSE=no"}, command, ": true"},
      {{"FOSTER_VERBOSE=1"}, command, "level=info : true"},
      {{"FOSTER_VERBOSE=2"}, command, "level=debug : true"},
      {{"FOSTER_VERBOSE=3"}, command, "level=debug : true"},
  });
}

TEST_CASE("the command line wins over a variable") {
  check({
      {{"FOSTER_TARGET=child"}, {"-g", "true"}, ": true"},
      {{"FOSTER_TARGET=group"}, {"--target=child", "true"}, "child : true"},
      {{"FOSTER_PARENT_DEATH_SIGNAL=HUP"}, {"-pTERM", "true"}, "death=15 : true"},
      {{"FOSTER_SUBREAPER=no"}, {"-s", "true"}, "subreaper=yes : true"},
      {{"FOSTER_SUBREAPER=yes"}, {"--subreaper=no", "true"}, "subreaper=no : true"},
      {{"FOSTER_SUBREAPER=yes"}, {"--subreaper=auto", "true"}, ": true"},
      {{"FOSTER_REPORT_ORPHANS=no"}, {"-w", "true"}, "orphans : true"},
      {{"FOSTER_REAP=kernel"}, {"--reap=init", "true"}, "reap=init : true"},
      {{"FOSTER_REAP=kernel"}, {"--reap=auto", "true"}, ": true"},
      {{"FOSTER_VERBOSE=2"}, {"-q", "true"}, "level=error : true"},
      {{"FOSTER_QUIET=yes"}, {"-v", "true"}, "level=info : true"},
      {{"FOSTER_QUIET=no"}, {"-q", "true"}, "level=error : true"},
  });
}

TEST_CASE("the command line wins over a variable about the end, and adds to a list") {
  check({
      {{"FOSTER_WAIT=5s"}, {"--wait", "true"}, "wait : true"},
      {{"FOSTER_WAIT=yes"}, {"--wait=no", "true"}, ": true"},
      {{"FOSTER_WAIT=no"}, {"--wait=0", "true"}, "wait wait_ms=0 : true"},
      {{"FOSTER_KILL_AFTER=5s"}, {"-k1", "true"}, "kill_ms=1000 : true"},
      {{"FOSTER_TERMINATION_LOG=/a"}, {"--termination-log=/b", "true"}, "log=/b : true"},
      {{"FOSTER_TERMINATION_LOG=/a"}, {"--termination-log=no", "true"}, ": true"},
      {{"FOSTER_EXIT_ZERO=1"}, {"-e2", "true"}, "zero=1 zero=2 : true"},
      {{"FOSTER_EXIT_ZERO=forwarded"}, {"-e2", "true"}, "zero=2 zero=forwarded : true"},
      {{"FOSTER_STOP_SIGNAL=QUIT"}, {"--stop-signal=INT", "true"}, "stop=2 stop=3 : true"},
      {{"FOSTER_REWRITE=TERM:QUIT,HUP:0"}, {"-rHUP:INT", "true"}, "1>2 15>3 : true"},
  });
}

TEST_CASE("FOSTER_WAIT takes no bare number, which could be seconds or yes") {
  for (const std::string value : {"0", "1", "5", "10"}) {
    CHECK(understood(command, {"FOSTER_WAIT=" + value}) == "variable FOSTER_WAIT: '" + value +
                                                               "' is not allowed; allowed: a time such as 500ms, 10s "
                                                               "or 2m, yes, no");
  }
}

TEST_CASE("a variable that the command line says nothing about holds") {
  check({
      {{"FOSTER_TARGET=child"}, {"-w", "--", "true"}, "child orphans : true"},
      {{"FOSTER_VERBOSE=no"}, {"-v", "true"}, "level=info : true"},
  });
}

TEST_CASE("of FOSTER_VERBOSE and FOSTER_QUIET the second wins, in whichever order they are set") {
  check({
      {{"FOSTER_VERBOSE=2", "FOSTER_QUIET=yes"}, command, "level=error : true"},
      {{"FOSTER_QUIET=yes", "FOSTER_VERBOSE=2"}, command, "level=error : true"},
      {{"FOSTER_QUIET=no", "FOSTER_VERBOSE=2"}, command, "level=debug : true"},
  });
}

TEST_CASE("an empty variable counts as not set") {
  check({
      {{"FOSTER_TARGET="}, command, ": true"},
      {{"FOSTER_PARENT_DEATH_SIGNAL="}, command, ": true"},
      {{"FOSTER_SUBREAPER="}, command, ": true"},
      {{"FOSTER_REPORT_ORPHANS="}, command, ": true"},
      {{"FOSTER_REWRITE="}, command, ": true"},
      {{"FOSTER_EXIT_ZERO="}, command, ": true"},
      {{"FOSTER_STOP_SIGNAL="}, command, ": true"},
      {{"FOSTER_KILL_AFTER="}, command, ": true"},
      {{"FOSTER_WAIT="}, command, ": true"},
      {{"FOSTER_TERMINATION_LOG="}, command, ": true"},
      {{"FOSTER_REAP="}, command, ": true"},
      {{"FOSTER_VERBOSE="}, command, ": true"},
      {{"FOSTER_QUIET="}, command, ": true"},
      {{"FOSTER_TARGET"}, command, ": true"},
  });
}

TEST_CASE("a variable that is not foster's is ignored, whatever is in it") {
  for (const std::string variable : {"FOSTER_SERVICE_HOST=10.0.0.1",
                                     "FOSTER_PORT=tcp://10.0.0.1:80",
                                     "FOSTER_=x",
                                     "FOSTER_",
                                     "FOSTER=x",
                                     "FOSTER_TARGE=x",
                                     "FOSTER_TARGETS=x",
                                     "FOSTER_target=x",
                                     "foster_target=x",
                                     "XFOSTER_TARGET=x",
                                     "FOSTER_TARGET_=x",
                                     "TARGET=x",
                                     "FOSTER_REPORT-ORPHANS=x",
                                     "FOSTER_REPORTORPHANS=x",
                                     "FOSTER_HELP=yes",
                                     "FOSTER_PAUSE=yes",
                                     "FOSTER_VERSION=yes",
                                     "FOSTER_LICENSE=x",
                                     "FOSTER_C=x",
                                     "=x",
                                     ""}) {
    CAPTURE(variable);
    CHECK(understood(command, {variable}) == ": true");
  }
}

TEST_CASE("a bad value is told with the variable's name and what is allowed") {
  const std::string signals_allowed = "a signal such as TERM, 15 or RTMIN+3, but not KILL, STOP or CHLD";
  check({
      {{"FOSTER_TARGET=any"}, command, "variable FOSTER_TARGET: 'any' is not allowed; allowed: child, group, all"},
      {{"FOSTER_TARGET= "}, command, "variable FOSTER_TARGET: ' ' is not allowed; allowed: child, group, all"},
      {{"FOSTER_TARGET=a=b"}, command, "variable FOSTER_TARGET: 'a=b' is not allowed; allowed: child, group, all"},
      {{"FOSTER_TARGET=\n"}, command, "variable FOSTER_TARGET: '\\x0a' is not allowed; allowed: child, group, all"},
      {{"FOSTER_PARENT_DEATH_SIGNAL=KILL"},
       command,
       "variable FOSTER_PARENT_DEATH_SIGNAL: 'KILL' is not allowed; allowed: " + signals_allowed},
      {{"FOSTER_PARENT_DEATH_SIGNAL=0"},
       command,
       "variable FOSTER_PARENT_DEATH_SIGNAL: '0' is not allowed; allowed: " + signals_allowed},
      {{"FOSTER_SETSID=x"}, command, "variable FOSTER_SETSID: 'x' is not allowed; allowed: yes, no"},
      {{"FOSTER_SUBREAPER=maybe"},
       command,
       "variable FOSTER_SUBREAPER: 'maybe' is not allowed; allowed: auto, yes, no"},
      {{"FOSTER_REAP=yes"}, command, "variable FOSTER_REAP: 'yes' is not allowed; allowed: auto, kernel, init"},
      {{"FOSTER_REPORT_ORPHANS=2"}, command, "variable FOSTER_REPORT_ORPHANS: '2' is not allowed; allowed: yes, no"},
      {{"FOSTER_VERBOSE=4"}, command, "variable FOSTER_VERBOSE: '4' is not allowed; allowed: yes, no, or 0 to 3"},
      {{"FOSTER_VERBOSE=-1"}, command, "variable FOSTER_VERBOSE: '-1' is not allowed; allowed: yes, no, or 0 to 3"},
      {{"FOSTER_REWRITE=KILL:TERM"},
       command,
       "variable FOSTER_REWRITE: 'KILL:TERM' is not allowed; allowed: pairs of signals such as TERM:QUIT or HUP:0, the "
       "first not KILL or STOP"},
      {{"FOSTER_EXIT_ZERO=1,256"},
       command,
       "variable FOSTER_EXIT_ZERO: '1,256' is not allowed; allowed: codes from 0 to 255, forwarded"},
      {{"FOSTER_STOP_SIGNAL=NOSUCH"},
       command,
       "variable FOSTER_STOP_SIGNAL: 'NOSUCH' is not allowed; allowed: signals such as QUIT or RTMIN+3"},
      {{"FOSTER_KILL_AFTER=soon"},
       command,
       "variable FOSTER_KILL_AFTER: 'soon' is not allowed; allowed: a time such as 500ms, 10s, 2m or 10"},
      {{"FOSTER_TERMINATION_LOG=log"},
       command,
       "variable FOSTER_TERMINATION_LOG: 'log' is not allowed; allowed: an absolute path, yes, no"},
      {{"FOSTER_QUIET=x"}, command, "variable FOSTER_QUIET: 'x' is not allowed; allowed: yes, no"},
  });
}

TEST_CASE("a bad variable is told even where the command line says otherwise") {
  check({{{"FOSTER_TARGET=x"},
          {"-c", "true"},
          "variable FOSTER_TARGET: 'x' is not allowed; allowed: child, group, all"}});
}

TEST_CASE("a mistake on the command line is told before a bad variable") {
  check({{{"FOSTER_TARGET=x"},
          {"-x", "true"},
          "unknown option '-x'; usage: foster [OPTION]... [--] COMMAND [ARG]... (see foster --help)"}});
}

TEST_CASE("help, version and licence are there in spite of a bad variable") {
  check({
      {{"FOSTER_KILL_AFTER=x"}, {"--help"}, "help"},
      {{"FOSTER_TARGET=x"}, {"--pause"}, "variable FOSTER_TARGET: 'x' is not allowed; allowed: child, group, all"},
      {{"FOSTER_VERBOSE=x"}, {"-V"}, "version"},
      {{"FOSTER_SUBREAPER=x"}, {"-wl"}, "license orphans"},
  });
}
