// Every mistake on a command line is one line: what was wrong, where, and what is allowed.
#include <doctest/doctest.h>

#include "command_line.hpp"
#include "command_line/options.hpp"
#include "command_line/table.hpp"
#include "command_line/texts.hpp"
#include "written.hpp"

using namespace foster;

namespace {

struct Case {
  Words words;
  std::string line;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& [words, line] : cases) CHECK(understood(words) == line);
}

const std::string signals_allowed = "a signal such as TERM, 15 or RTMIN+3, but not KILL, STOP or CHLD";
const std::string usage = "usage: foster [OPTION]... [--] COMMAND [ARG]... (see foster --help)";
const std::string no_command = "no command given; " + usage;

std::string unknown(const std::string& option) { return "unknown option '" + option + "'; " + usage; }

}  // namespace

TEST_CASE("a missing command is told with the usage") {
  check({
      {{}, no_command},
      {{"--"}, no_command},
      {{"-c"}, no_command},
      {{"-cw", "-pTERM", "--"}, no_command},
      {{"--subreaper"}, no_command},
  });
  CHECK(understood_without_name() == no_command);
}

TEST_CASE("--pause, --install and --ps take no command") {
  check({
      {{"--pause", "true"}, "no command is taken here; " + usage},
      {{"-P", "--", "true"}, "no command is taken here; " + usage},
      {{"--install=/a", "true"}, "no command is taken here; " + usage},
      {{"--ps", "true"}, "no command is taken here; " + usage},
      {{"--ps", "7"}, "no command is taken here; " + usage},
      {{"--install", "/a", "--", "true"}, "no command is taken here; " + usage},
      {{"--install"}, "option '--install' needs a value; allowed: a path"},
      {{"-P", "--nonsense"}, unknown("--nonsense")},
  });
}

TEST_CASE("--ps wants the number of a process, --max-zombies a number, and not both") {
  const auto bad_process = [](const std::string& value) {
    return "option '--ps': '" + value + "' is not allowed; allowed: a pid, no --max-zombies";
  };
  const auto bad_number = [](const std::string& value) {
    return "option '--max-zombies': '" + value + "' is not allowed; allowed: a number, no --ps=PID";
  };
  check({
      {{"--ps=0"}, bad_process("0")},
      {{"--ps=-1"}, bad_process("-1")},
      {{"--ps=1x"}, bad_process("1x")},
      {{"--ps=self"}, bad_process("self")},
      {{"--ps="}, bad_process("")},
      {{"--ps=2147483648"}, bad_process("2147483648")},
      {{"--ps", "--max-zombies"}, "option '--max-zombies' needs a value; allowed: a number, no --ps=PID"},
      {{"--ps", "--max-zombies=-1"}, bad_number("-1")},
      {{"--ps", "--max-zombies=some"}, bad_number("some")},
      {{"--ps", "--max-zombies="}, bad_number("")},
      {{"--ps", "--max-zombies=2147483648"}, bad_number("2147483648")},
      {{"--max-zombies=3", "true"}, "no command is taken here; " + usage},
      {{"--ps=7", "--max-zombies=3"}, bad_number("3")},
      {{"--max-zombies=3", "--ps=7"}, bad_process("7")},
      {{"--ps", "--max-zombies=3", "true"}, "no command is taken here; " + usage},
  });
}

TEST_CASE("an option that does not exist is named as it was written") {
  check({
      {{"--nonsense", "true"}, unknown("--nonsense")},
      {{"--nonsense=5", "true"}, unknown("--nonsense")},
      {{"-x", "true"}, unknown("-x")},
      {{"-x"}, unknown("-x")},
      {{"-cwx", "true"}, unknown("-x")},
      {{"-c", "--nonsense", "--help"}, unknown("--nonsense")},
      {{"-target", "child"}, unknown("-t")},
      {{"-C"}, unknown("-C")},
      {{"-c=child"}, unknown("-=")},
      {{"-sno", "true"}, unknown("-n")},
      {{"-c-w", "true"}, unknown("--")},
      {{"---help"}, unknown("---help")},
      {{"--=child"}, unknown("--")},
      {{"-="}, unknown("-=")},
  });
}

TEST_CASE("a long name is neither shortened nor put in another case") {
  check({
      {{"--targ=child", "true"}, unknown("--targ")},
      {{"--targets=child", "true"}, unknown("--targets")},
      {{"--Target=child", "true"}, unknown("--Target")},
      {{"--report_orphans", "true"}, unknown("--report_orphans")},
      {{"--c", "true"}, unknown("--c")},
  });
}

TEST_CASE("control characters in an option are shown, not sent to the terminal") {
  check({
      {{"--a\nb"}, unknown("--a\\x0ab")},
      {{"--\x1b[2J\x7f"}, unknown("--\\x1b[2J\\x7f")},
      {{"-\t"}, unknown("-\\x09")},
      {{"-c\n"}, unknown("-\\x0a")},
      {{"--target=a\rb", "true"}, "option '--target': 'a\\x0db' is not allowed; allowed: child, group, all"},
  });
}

TEST_CASE("a missing value is told with what is allowed") {
  check({
      {{"--target"}, "option '--target' needs a value; allowed: child, group, all"},
      {{"-c", "--target"}, "option '--target' needs a value; allowed: child, group, all"},
      {{"--parent-death-signal"}, "option '--parent-death-signal' needs a value; allowed: " + signals_allowed},
      {{"-p"}, "option '-p' needs a value; allowed: " + signals_allowed},
      {{"--reap"}, "option '--reap' needs a value; allowed: auto, kernel, init"},
      {{"-wp"}, "option '-p' needs a value; allowed: " + signals_allowed},
  });
}

TEST_CASE("the word behind an option that needs a value is its value, whatever it looks like") {
  check({
      {{"--target", "-c", "true"}, "option '--target': '-c' is not allowed; allowed: child, group, all"},
      {{"-p", "--", "true"}, "option '-p': '--' is not allowed; allowed: " + signals_allowed},
      {{"-pw", "TERM"}, "option '-p': 'w' is not allowed; allowed: " + signals_allowed},
  });
}

TEST_CASE("a value for an option that takes none is refused, even yes") {
  for (const std::string name :
       {"setsid", "report-orphans", "verbose", "quiet", "pause", "help", "version", "license"}) {
    for (const std::string value : {"yes", "no", "2", ""}) {
      CHECK(understood({"--" + name + "=" + value, "true"}) == "option '--" + name + "' takes no value");
    }
  }
}

TEST_CASE("a value that is not allowed is told with those that are") {
  check({
      {{"--target=any", "true"}, "option '--target': 'any' is not allowed; allowed: child, group, all"},
      {{"--target=", "true"}, "option '--target': '' is not allowed; allowed: child, group, all"},
      {{"--target", "", "true"}, "option '--target': '' is not allowed; allowed: child, group, all"},
      {{"--target=child ", "true"}, "option '--target': 'child ' is not allowed; allowed: child, group, all"},
      {{"--target=child=group", "true"}, "option '--target': 'child=group' is not allowed; allowed: child, group, all"},
      {{"--subreaper=maybe", "true"}, "option '--subreaper': 'maybe' is not allowed; allowed: auto, yes, no"},
      {{"--subreaper=", "true"}, "option '--subreaper': '' is not allowed; allowed: auto, yes, no"},
      {{"--reap=yes", "true"}, "option '--reap': 'yes' is not allowed; allowed: auto, kernel, init"},
      {{"--reap=", "true"}, "option '--reap': '' is not allowed; allowed: auto, kernel, init"},
      {{"--subreaper=2", "true"}, "option '--subreaper': '2' is not allowed; allowed: auto, yes, no"},
  });
}

TEST_CASE("a parent-death signal is one that exists and can be handed on") {
  for (const std::string signal : {"KILL", "sigkill", "9", "STOP", "19", "CHLD", "CLD", "17", "0", "65", "-1",
                                   "RTMIN+31", "RTMAX-31", "NOSUCH", ""}) {
    const std::string rest = ": '" + signal + "' is not allowed; allowed: " + signals_allowed;
    CHECK(understood({"-p", signal, "true"}) == "option '-p'" + rest);
    CHECK(understood({"--parent-death-signal=" + signal, "true"}) == "option '--parent-death-signal'" + rest);
  }
}

TEST_CASE("a list with one bad part is refused as a whole, and shown so") {
  const std::string pairs = "pairs of signals such as TERM:QUIT or HUP:0, the first not KILL or STOP";
  for (const std::string list : {"KILL:TERM",
                                 "STOP:TERM",
                                 "9:15",
                                 "TERM",
                                 "TERM:",
                                 ":TERM",
                                 "",
                                 ",",
                                 "TERM:QUIT,",
                                 ",TERM:QUIT",
                                 "TERM:QUIT,,HUP:0",
                                 "TERM:QUIT,KILL:0",
                                 "TERM:NOSUCH",
                                 "NOSUCH:TERM",
                                 "0:TERM",
                                 "TERM:00",
                                 "TERM:65",
                                 "TERM:QUIT:INT",
                                 "TERM=QUIT",
                                 "TERM: QUIT",
                                 "TERM:-1"}) {
    CHECK(understood({"-r", list, "true"}) == "option '-r': '" + list + "' is not allowed; allowed: " + pairs);
  }
  for (const std::string list : {"256", "-1", "", "1,", ",1", "1,,2", "1,x", "forward", "1 ", "0x1", "forwarded,256"}) {
    CHECK(understood({"--exit-zero=" + list, "true"}) ==
          "option '--exit-zero': '" + list + "' is not allowed; allowed: codes from 0 to 255, forwarded");
  }
  for (const std::string list : {"", "0", "65", "QUIT,", "QUIT,,INT", "QUIT,NOSUCH", "no"}) {
    CHECK(understood({"--stop-signal=" + list, "true"}) ==
          "option '--stop-signal': '" + list + "' is not allowed; allowed: signals such as QUIT or RTMIN+3");
  }
}

TEST_CASE("a time that is negative, too long or of an unknown unit is refused with those that are allowed") {
  for (const std::string time : {"-1", "-1s", "1h", "1S", "1.5s", "", "s", "2147484", "99999999999999999999", "1 s"}) {
    const std::string rest = ": '" + time + "' is not allowed; allowed: a time such as 500ms, 10s";
    CHECK(understood({"-k", time, "true"}) == "option '-k'" + rest + ", 2m or 10");
    CHECK(understood({"--wait=" + time, "true"}) == "option '--wait'" + rest + " or 2m, yes, no");
  }
  for (const std::string word : {"yes", "no"}) CHECK(understood({"-k" + word, "true"}).starts_with("option '-k': "));
}

TEST_CASE("a termination log is an absolute path") {
  for (const std::string path : {"log", "./log", "", " /log", "2"}) {
    CHECK(understood({"--termination-log=" + path, "true"}) ==
          "option '--termination-log': '" + path + "' is not allowed; allowed: an absolute path, yes, no");
  }
}

TEST_CASE("of several mistakes the first is told") {
  check({
      {{"-x", "--target"}, unknown("-x")},
      {{"--target=any", "-x"}, "option '--target': 'any' is not allowed; allowed: child, group, all"},
      {{"-x", "--help"}, unknown("-x")},
  });
}

TEST_CASE("a long option or value is cut, and what follows is still there") {
  const std::string most(Text::quoted_bytes, 'a');
  check({
      {{"--" + most + "b"}, unknown("--" + most + "...")},
      {{"--target=" + most, "true"}, "option '--target': '" + most + "' is not allowed; allowed: child, group, all"},
      {{"--target=" + most + "b", "true"},
       "option '--target': '" + most + "...' is not allowed; allowed: child, group, all"},
  });
}

TEST_CASE("in a line of 1 KB there is room for what is allowed, whatever the value is made of") {
  const std::string value(100'000, '\x01');
  for (const auto& row : option_rows) {
    if (row.allowed.empty()) continue;
    const std::string name(row.name);
    Parsed parsed;
    parsed.error = {.kind = UsageError::Kind::bad_value,
                    .allowed = number_of(row.allowed),
                    .name = name.c_str(),
                    .value = value.c_str()};
    const std::string line = written([&](Text& text) { explain(text.add("foster: "), parsed); }, 1023);
    const std::string end = "' is not allowed; allowed: " + std::string(row.allowed);
    CHECK(line.substr(line.size() - end.size()) == end);
  }
}
