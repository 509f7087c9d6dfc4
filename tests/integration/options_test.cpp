// Every bad input ends in one clear line on stderr and exit 125, before anything runs; and what the options do that no
// other file tests.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "caught.hpp"
#include "one_line.hpp"

namespace {

struct Refused {
  Words options;
  Words environment;
  Words named;  // in the line
};

std::ostream& operator<<(std::ostream& out, const Refused& refused) {
  for (const auto& word : refused.environment + refused.options) out << "'" << word << "' ";
  return out;
}

// Of what is asked for and answered without a command.
std::string answer_to(const Start& start) {
  Init init(start);
  std::string text = init.all_output();
  CHECK(init.exit_code() == 0);
  CHECK(init.all_errors().empty());
  return text;
}

void check_refused(const Start& start, const Words& named) {
  Init init(start);
  CHECK(init.exit_code() == 125);
  check_one_line(init.all_errors(), named);
  CHECK(init.all_output().empty());
}

std::string errors_with(const Words& options, const Words& environment = {}) {
  Init init(Start{.words = options + act("catch", "main"), .environment = environment});
  check_each_arrives_once(init);
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
  return init.all_errors();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a bad option or value is refused in one line, exit 125, and nothing runs") {
  const Words signals{"KILL", "STOP", "CHLD"};
  const Words yes_or_no{"yes", "no"};
  for (const auto& bad : std::vector<Refused>{
           {{"--no-such-option"}, {}, {"--no-such-option"}},
           {{"--no-such-option=3"}, {}, {"--no-such-option"}},
           {{"--targe=child"}, {}, {"--targe"}},
           {{"-y"}, {}, {"-y"}},
           {{"-vyv"}, {}, {"-y"}},
           {{"-v", "-y"}, {}, {"-y"}},
           {{"--help=3"}, {}, {"--help"}},
           {{"--version="}, {}, {"--version"}},
           {{"--verbose=2"}, {}, {"--verbose"}},
           {{"--target=nobody"}, {}, {"--target", "nobody", "child", "group"}},
           {{"--target="}, {}, {"--target", "child", "group"}},
           {{"-p", "NONE"}, {}, Words{"-p", "NONE"} + signals},
           {{"-p0"}, {}, Words{"-p", "0"} + signals},
           {{"-p", "65"}, {}, Words{"-p", "65"} + signals},
           {{"-p", "RTMIN+31"}, {}, Words{"-p", "RTMIN+31"} + signals},
           {{"-p", "RTMAX-31"}, {}, Words{"-p", "RTMAX-31"} + signals},
           {{"-p", "-1"}, {}, Words{"-p", "-1"} + signals},
           {{"-p", "KILL"}, {}, Words{"-p", "KILL"} + signals},
           {{"-p", "SIGSTOP"}, {}, Words{"-p", "SIGSTOP"} + signals},
           {{"-p17"}, {}, Words{"-p", "17"} + signals},
           {{"--parent-death-signal=TERM,INT"}, {}, Words{"--parent-death-signal", "TERM,INT"} + signals},
           {{"--subreaper=perhaps"}, {}, Words{"--subreaper", "perhaps", "auto"} + yes_or_no},
           {{"--subreaper="}, {}, Words{"--subreaper", "auto"} + yes_or_no},
           {{"--reap=nobody"}, {}, {"--reap", "nobody", "auto", "kernel", "init"}},
           {{"--reap="}, {}, {"--reap", "auto", "kernel", "init"}},
           {{}, {"FOSTER_REAP=yes"}, {"FOSTER_REAP", "yes", "auto", "kernel", "init"}},
           {{}, {"FOSTER_TARGET=nobody"}, {"FOSTER_TARGET", "nobody", "child", "group"}},
           {{}, {"FOSTER_PARENT_DEATH_SIGNAL=KILL"}, Words{"FOSTER_PARENT_DEATH_SIGNAL", "KILL"} + signals},
           {{}, {"FOSTER_SUBREAPER=2"}, Words{"FOSTER_SUBREAPER", "2", "auto"} + yes_or_no},
           {{}, {"FOSTER_REPORT_ORPHANS=x"}, Words{"FOSTER_REPORT_ORPHANS", "x"} + yes_or_no},
           {{}, {"FOSTER_VERBOSE=-1"}, {"FOSTER_VERBOSE", "-1"}},
           {{}, {"FOSTER_QUIET=very"}, Words{"FOSTER_QUIET", "very"} + yes_or_no},
       }) {
    CAPTURE(bad);
    check_refused({.words = bad.options + Words{"echo", "ran"}, .environment = bad.environment}, bad.named);
  }
}

TEST_CASE("a bad value of what makes the end is refused in one line, exit 125, and nothing runs") {
  const Words pairs{"TERM:QUIT", "HUP:0", "not KILL or STOP"};
  const Words codes{"0 to 255", "forwarded"};
  const Words signals{"QUIT", "RTMIN+3"};
  const Words times{"500ms", "10s", "2m"};
  std::vector<Refused> all{
      {{"--target=every"}, {}, {"--target", "every", "child", "group", "all"}},
      {{"--termination-log=log"}, {}, {"--termination-log", "log", "an absolute path"}},
      {{"--termination-log="}, {}, {"--termination-log", "an absolute path"}},
      {{}, {"FOSTER_TERMINATION_LOG=log"}, {"FOSTER_TERMINATION_LOG", "log", "an absolute path"}},
  };
  for (const std::string value :
       {"TERM", "TERM:", ":TERM", "", "KILL:TERM", "9:15", "STOP:TERM", "NONE:TERM", "TERM:NONE", "TERM:65", "0:TERM",
        "TERM:INT:HUP", "TERM:INT,", "TERM:INT,HUP", "TERM:-1"}) {
    all.push_back({{"-r", value}, {}, Words{"-r", "'" + value + "'"} + pairs});
    if (!value.empty()) all.push_back({{}, {"FOSTER_REWRITE=" + value}, Words{"FOSTER_REWRITE", value} + pairs});
  }
  for (const std::string value : {"256", "-1", "x", "143,", ",143", "143,x", "forwarded,x", "", "1.5"}) {
    all.push_back({{"--exit-zero=" + value}, {}, Words{"--exit-zero", "'" + value + "'"} + codes});
    if (!value.empty()) all.push_back({{}, {"FOSTER_EXIT_ZERO=" + value}, Words{"FOSTER_EXIT_ZERO", value} + codes});
  }
  for (const std::string value : {"NONE", "0", "65", "TERM,", "RTMIN+31", "", "TERM INT"}) {
    all.push_back({{"--stop-signal", value}, {}, Words{"--stop-signal", "'" + value + "'"} + signals});
    if (!value.empty())
      all.push_back({{}, {"FOSTER_STOP_SIGNAL=" + value}, Words{"FOSTER_STOP_SIGNAL", value} + signals});
  }
  for (const std::string value : {"-1", "-1s", "1h", "1 s", "s", "ms", "1.5s", "soon", "10S", "99999999999",
                                  "2147483648ms", "2147484s", "35792m", "18446744073709551617s"}) {
    all.push_back({{"-k", value}, {}, Words{"-k", "'" + value + "'"} + times});
    all.push_back({{"--wait=" + value}, {}, Words{"--wait", "'" + value + "'"} + times});
    all.push_back({{}, {"FOSTER_KILL_AFTER=" + value}, Words{"FOSTER_KILL_AFTER", value} + times});
    all.push_back({{}, {"FOSTER_WAIT=" + value}, Words{"FOSTER_WAIT", value} + times});
  }
  for (const std::string value : {"0", "1", "60"})
    all.push_back({{}, {"FOSTER_WAIT=" + value}, Words{"FOSTER_WAIT", "'" + value + "'", "yes", "no"} + times});
  for (const auto& bad : all) {
    CAPTURE(bad);
    check_refused({.words = bad.options + Words{"echo", "ran"}, .environment = bad.environment}, bad.named);
  }
}

TEST_CASE("a missing value, and a missing command, are refused in one line") {
  check_refused({.words = {"-p"}}, {"-p", "KILL", "STOP", "CHLD"});
  check_refused({.words = {"-vp"}}, {"-p", "KILL", "STOP", "CHLD"});
  check_refused({.words = {"--parent-death-signal"}}, {"--parent-death-signal", "KILL", "STOP", "CHLD"});
  check_refused({.words = {"--target"}}, {"--target", "child", "group"});
  for (const Words& none : {Words{}, Words{"--"}, Words{"-v"}, Words{"-g", "--"}})
    check_refused({.words = none}, {"no command"});
}

TEST_CASE("a line about bad input stays one line, whatever bytes are in it") {
  for (const std::string& odd :
       {std::string("a\nb"), std::string("\x01\x1b[31m"), std::string("\xff\xfe"), std::string(100'000, 'x')}) {
    check_refused({.words = {"--target=" + odd, "true"}}, {"--target"});
    check_refused({.words = {"--" + odd, "true"}}, {"unknown option"});
    check_refused({.words = {"true"}, .environment = {"FOSTER_TARGET=" + odd}}, {"FOSTER_TARGET"});
  }
}

TEST_CASE("bad input is refused, too, where stderr cannot be written") {
  for (const int way : {0, 1}) {
    CAPTURE(way);
    const auto spoil = [way] { way == 0 ? ::close(2) : ::dup2(::open("/dev/full", O_WRONLY | O_CLOEXEC), 2); };
    Init init(Start{.words = {"--no-such-option", "true"}, .before_exec = spoil});
    CHECK(init.exit_code() == 125);
  }
}

TEST_CASE("an empty variable is one that is not set, an unknown one is nobody's business") {
  for (const auto& name : Words{"TARGET=", "PARENT_DEATH_SIGNAL=", "SUBREAPER=", "REPORT_ORPHANS=", "REAP=", "VERBOSE=",
                                "QUIET=", "NO_SUCH_THING=x", "HELP=yes"}) {
    CAPTURE(name);
    Init init(Start{.words = act("exit", "3"), .environment = {"FOSTER_" + name}});
    CHECK(init.exit_code() == 3);
    CHECK(init.all_errors().empty());
  }
}

TEST_CASE("FOSTER_TARGET, and the command line wins over it") {
  for (const auto& [options, value, helper_gets_it] :
       std::vector<std::tuple<Words, std::string, bool>>{{{}, "child", false},
                                                         {{}, "group", true},
                                                         {{"-g"}, "child", true},
                                                         {{"--target=child"}, "group", false},
                                                         {{"-g", "-c"}, "group", false},
                                                         {{"-cg"}, "child", true},
                                                         {{"--target", "group"}, "child", true}}) {
    CAPTURE(joined(options));
    CAPTURE(value);
    Init init(Start{.words = options + act("helper", "helper") + act("catch", "main"),
                    .environment = {"FOSTER_TARGET=" + value}});
    for (int i = 0; i < 2; ++i) CHECK(has(init.read_line(), " ready"));
    const pid_t helper = proc::children(init.command()).front();
    init.signal(SIGUSR1);
    Words lines{init.read_line()};
    // A signal to the helper alone is the first one that it gets, or the second.
    if (helper_gets_it) lines.push_back(init.read_line());
    ::kill(helper, SIGUSR2);
    CHECK(init.read_line() == caught("helper", SIGUSR2));
    CHECK(std::count(lines.begin(), lines.end(), caught("main", SIGUSR1)) == 1);
  }
}

TEST_CASE("FOSTER_REPORT_ORPHANS") {
  Init init(
      Start{.words = act("orphan", "one", "exit", "3") + act("hold"), .environment = {"FOSTER_REPORT_ORPHANS=yes"}});
  const std::string made = init.read_line();
  CHECK(has(init.read_error(), made + " "));
}

TEST_CASE(
    "nothing but how it was killed is said unless asked for; -v tells of the main command, -vv of each signal, -q "
    "takes it back") {
  check_one_line(errors_with({}), {"was killed by SIGKILL"});
  CHECK(errors_with({"-q"}).empty());
  CHECK(errors_with({"-vv", "-q"}).empty());
  for (const Words& once : {Words{"-v"}, Words{"--verbose"}}) {
    const std::string text = errors_with(once);
    CHECK(has(text, "main command started"));
    CHECK_FALSE(has(text, "SIGUSR1"));
  }
  for (const Words& twice : {Words{"-vv"}, Words{"-v", "-v"}, Words{"-vvv"}}) {
    const std::string text = errors_with(twice);
    for (const std::string signal : {"SIGHUP ", "SIGTERM ", "signal 32 ", "signal 33 ", "SIGRTMIN ", "SIGRTMAX "}) {
      CAPTURE(signal);
      CHECK(has(text, signal + "sent to process group "));
    }
  }
  CHECK(has(errors_with({"-vvc"}), "SIGTERM sent to pid "));
}

TEST_CASE("FOSTER_VERBOSE and FOSTER_QUIET") {
  CHECK(has(errors_with({}, {"FOSTER_VERBOSE=yes"}), "main command started"));
  CHECK(has(errors_with({}, {"FOSTER_VERBOSE=2"}), "SIGUSR1 sent"));
  check_one_line(errors_with({}, {"FOSTER_VERBOSE=0"}), {"was killed by SIGKILL"});
  CHECK(errors_with({}, {"FOSTER_QUIET=yes"}).empty());
  CHECK(errors_with({"-q"}, {"FOSTER_VERBOSE=2"}).empty());
}

TEST_CASE("help, version and licence are printed, exit 0, whatever else is there") {
  for (const Words& help : {Words{"-h"}, Words{"--help"}, Words{"-vh", "--no-such-option"}}) {
    const std::string text = answer_to({.words = help, .environment = {"FOSTER_TARGET=nobody"}});
    for (const char* const option : {"--target", "--parent-death-signal", "--subreaper", "--report-orphans",
                                     "--verbose", "--quiet", "--help", "--version", "--license", "--rewrite",
                                     "--exit-zero", "--stop-signal", "--kill-after", "--wait", "--termination-log"}) {
      CHECK(has(text, option));
    }
  }
  CHECK(answer_to({.words = {"-V"}}).rfind("tini version ", 0) == 0);
  CHECK(answer_to({.words = {"--version"}}) == answer_to({.words = {"-V"}}));
  CHECK(has(answer_to({.words = {"-l"}}), "MIT"));
  CHECK(answer_to({.words = {"--license"}}) == answer_to({.words = {"-l"}}));
}

TEST_CASE("help that cannot be written is an error") {
  const auto spoil = [] { ::dup2(::open("/dev/full", O_WRONLY | O_CLOEXEC), 1); };
  Init init(Start{.words = {"--help"}, .before_exec = spoil});
  CHECK(init.exit_code() == 125);
  CHECK(has(init.all_errors(), "no space left"));
}
