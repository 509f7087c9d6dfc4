// Every mistake on a command line is one line: what was wrong, where, and what is allowed.
#include <doctest/doctest.h>

#include "command_line.hpp"
#include "command_line/options.hpp"
#include "command_line/table.hpp"
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
const std::string no_command = "no command given; usage: foster [OPTION]... [--] COMMAND [ARG]... (see foster --help)";

std::string unknown(const std::string& option) { return "unknown option '" + option + "' (see foster --help)"; }

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
      {{"--target=a\rb", "true"}, "option '--target': 'a\\x0db' is not allowed; allowed: child, group"},
  });
}

TEST_CASE("a missing value is told with what is allowed") {
  check({
      {{"--target"}, "option '--target' needs a value; allowed: child, group"},
      {{"-c", "--target"}, "option '--target' needs a value; allowed: child, group"},
      {{"--parent-death-signal"}, "option '--parent-death-signal' needs a value; allowed: " + signals_allowed},
      {{"-p"}, "option '-p' needs a value; allowed: " + signals_allowed},
      {{"--reap"}, "option '--reap' needs a value; allowed: auto, kernel, init"},
      {{"-wp"}, "option '-p' needs a value; allowed: " + signals_allowed},
  });
}

TEST_CASE("the word behind an option that needs a value is its value, whatever it looks like") {
  check({
      {{"--target", "-c", "true"}, "option '--target': '-c' is not allowed; allowed: child, group"},
      {{"-p", "--", "true"}, "option '-p': '--' is not allowed; allowed: " + signals_allowed},
      {{"-pw", "TERM"}, "option '-p': 'w' is not allowed; allowed: " + signals_allowed},
  });
}

TEST_CASE("a value for an option that takes none is refused, even yes") {
  for (const std::string name : {"report-orphans", "verbose", "quiet", "help", "version", "license"}) {
    for (const std::string value : {"yes", "no", "2", ""}) {
      CHECK(understood({"--" + name + "=" + value, "true"}) == "option '--" + name + "' takes no value");
    }
  }
}

TEST_CASE("a value that is not allowed is told with those that are") {
  check({
      {{"--target=all", "true"}, "option '--target': 'all' is not allowed; allowed: child, group"},
      {{"--target=", "true"}, "option '--target': '' is not allowed; allowed: child, group"},
      {{"--target", "", "true"}, "option '--target': '' is not allowed; allowed: child, group"},
      {{"--target=child ", "true"}, "option '--target': 'child ' is not allowed; allowed: child, group"},
      {{"--target=child=group", "true"}, "option '--target': 'child=group' is not allowed; allowed: child, group"},
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

TEST_CASE("of several mistakes the first is told") {
  check({
      {{"-x", "--target"}, unknown("-x")},
      {{"--target=all", "-x"}, "option '--target': 'all' is not allowed; allowed: child, group"},
      {{"-x", "--help"}, unknown("-x")},
  });
}

TEST_CASE("a long option or value is cut, and what follows is still there") {
  const std::string most(Text::quoted_bytes, 'a');
  check({
      {{"--" + most + "b"}, unknown("--" + most + "...")},
      {{"--target=" + most, "true"}, "option '--target': '" + most + "' is not allowed; allowed: child, group"},
      {{"--target=" + most + "b", "true"},
       "option '--target': '" + most + "...' is not allowed; allowed: child, group"},
  });
}

TEST_CASE("in a line of 1 KB there is room for what is allowed, whatever the value is made of") {
  const std::string value(100'000, '\x01');
  for (const auto& row : option_rows) {
    if (row.allowed.empty()) continue;
    const UsageError error{
        .kind = UsageError::Kind::bad_value, .name = row.name, .value = value, .allowed = row.allowed};
    const std::string line = written([&](Text& text) { explain(text.add("foster: "), error); }, 1023);
    const std::string end = "' is not allowed; allowed: " + std::string(row.allowed);
    CHECK(line.substr(line.size() - end.size()) == end);
  }
}
