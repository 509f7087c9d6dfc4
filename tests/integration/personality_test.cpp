// What the name that foster was called by changes, where no original is needed to see it: the answers that programs
// parse, refusals, exit codes, and the command's session. Beside the originals: tests/peers.
#include <doctest/doctest.h>
#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <regex>
#include <sstream>

#include "caught.hpp"
#include "files.hpp"
#include "one_line.hpp"

namespace {

struct Answer {
  int code;
  std::string output;
  std::string errors;
};

Answer answer_of(const std::string& name, const Words& words) {
  Init init(Start{.words = words, .init = init_called(name)});
  Answer answer{.code = 0, .output = init.all_output(), .errors = init.all_errors()};
  answer.code = init.exit_code();
  return answer;
}

// A line "NAME NUMBER" of the command's state.
long number_in(const std::string& state, const std::string& name) {
  std::istringstream lines(state);
  for (std::string word; lines >> word;) {
    long number = 0;
    if (word == name && lines >> number) return number;
  }
  return -1;
}

std::string session_of_command(const std::string& name, const Words& options, const Words& environment = {}) {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  const std::string file = folder.path_of("state");
  Init init(Start{.words = options + act("state", file), .environment = environment, .init = init_called(name)});
  CHECK(init.exit_code() == 0);
  const std::string state = folder.read("state");
  CHECK(number_in(state, "group") == number_in(state, "pid"));
  return number_in(state, "session") == number_in(state, "pid") ? "its own" : "inherited";
}

}  // namespace

TEST_CASE("--version answers in the form that dockerd takes apart, on stdout, exit 0") {
  for (const std::string name : {"docker-init", "tini", "tini-static", "catatonit", "podman-init"}) {
    CAPTURE(name);
    const Answer answer = answer_of(name, {"--version"});
    CHECK(answer.code == 0);
    CHECK(answer.errors.empty());
    CAPTURE(answer.output);
    CHECK(std::regex_match(answer.output,
                           std::regex("tini version [0-9]+\\.[0-9]+\\.[0-9]+_foster( - git\\.[0-9a-f]+)?\n")));
  }
}

TEST_CASE("each name answers where its original does") {
  for (const auto& [name, option, on_stderr] : std::vector<std::tuple<std::string, std::string, bool>>{
           {"tini", "-h", false},
           {"tini", "-l", false},
           {"dumb-init", "-h", true},
           {"dumb-init", "-V", true},
           {"catatonit", "-h", true},
           {"catatonit", "-V", false},
           {"catatonit", "-L", false},
           {"pause", "-v", false},
       }) {
    CAPTURE(name);
    CAPTURE(option);
    const Answer answer = answer_of(name, {option});
    CHECK(answer.code == 0);
    CHECK(answer.output.empty() == on_stderr);
    CHECK(answer.errors.empty() == !on_stderr);
  }
}

TEST_CASE("a flag that the original does not have: one line with the usage, exit 1") {
  for (const auto& [name, option] : std::vector<std::pair<std::string, std::string>>{
           {"tini", "--help"}, {"docker-init", "-c"}, {"dumb-init", "-g"}, {"catatonit", "-l"}, {"pause", "--pause"}}) {
    CAPTURE(name);
    const Answer answer = answer_of(name, {option, "true"});
    CHECK(answer.code == 1);
    CHECK(answer.output.empty());
    check_one_line(answer.errors, {"'" + option + "'", "usage: " + name + " ["});
  }
}

TEST_CASE("under a peer's name a start that fails is 1, a command that cannot be run 126, a missing one 127") {
  for (const std::string name : {"tini", "dumb-init", "catatonit"}) {
    CAPTURE(name);
    CHECK(answer_of(name, {"/no/such/file"}).code == 127);
    CHECK(answer_of(name, {"/etc"}).code == 126);
    CHECK(answer_of(name, {}).code == 1);
    for (const std::string rule : {"setpgid=EPERM,setsid=EPERM", "clone=EAGAIN"}) {
      // LeakSanitizer clones as well, at the end of a sanitized init.
      Init init(Start{.words = act("exit", "0"),
                      .before = act("deny", rule),
                      .environment = {"PATH=/usr/bin:/bin", "ASAN_OPTIONS=detect_leaks=0"},
                      .init = init_called(name)});
      CHECK(init.exit_code() == 1);
      check_one_line(init.all_errors(), {rule == "clone=EAGAIN" ? "start a process" : "group or session"});
    }
  }
}

TEST_CASE("the command's session is its own with --setsid, and under dumb-init unless told otherwise") {
  CHECK(session_of_command("foster", {}) == "inherited");
  CHECK(session_of_command("foster", {"-S"}) == "its own");
  CHECK(session_of_command("foster", {"--setsid"}) == "its own");
  CHECK(session_of_command("foster", {}, {"FOSTER_SETSID=yes"}) == "its own");
  CHECK(session_of_command("dumb-init", {}) == "its own");
  CHECK(session_of_command("dumb-init", {"-c"}) == "inherited");
  CHECK(session_of_command("dumb-init", {}, {"FOSTER_SETSID=no"}) == "inherited");
  CHECK(session_of_command("tini", {}) == "inherited");
}

TEST_CASE("the leader of a session leads its group as well: signals reach both") {
  Init init(Start{.words = Words{"-S"} + act("helper", "helper") + act("catch", "main")});
  for (int i = 0; i < 2; ++i) init.read_line();
  init.signal(SIGUSR1);
  Words lines{init.read_line(), init.read_line()};
  std::sort(lines.begin(), lines.end());
  CHECK(lines == Words{caught("helper", SIGUSR1), caught("main", SIGUSR1)});
}

TEST_CASE("a rewritten signal keeps the value that was queued with it") {
  Init init(Start{.words = Words{"-cr", "10:12"} + act("catch", "main"), .init = init_called("dumb-init")});
  CHECK(init.read_line() == "main ready");
  init.queue(SIGUSR1, 42);
  CHECK(init.read_line() == caught("main", SIGUSR2, SI_QUEUE, 42));
}

TEST_CASE("tini, not PID 1: one warning, unless it is a subreaper already") {
  const Start start{.words = act("exit", "3"), .place = Place::inner, .init = init_called("tini")};
  Init warned(start);
  CHECK(warned.exit_code() == 3);
  check_one_line(warned.all_errors(), {"not PID 1", "-s"});
  for (const auto& [options, environment] : std::vector<std::pair<Words, Words>>{
           {{"-s"}, {}}, {{}, {"TINI_SUBREAPER="}}, {{}, {"TINI_VERBOSITY=0"}}, {{}, {"FOSTER_SUBREAPER=no"}}}) {
    Start silent = start;
    silent.words = options + start.words;
    silent.environment = environment;
    Init init(silent);
    CHECK(init.exit_code() == 3);
    CHECK(init.all_errors().empty());
  }
}
