#include "command_line/values.hpp"

#include <doctest/doctest.h>

#include "command_line.hpp"

using namespace foster;

namespace {

const char* const yes_words[] = {"yes", "true", "on", "1", "YES", "True", "oN"};
const char* const no_words[] = {"no", "false", "off", "0", "NO", "False", "oFF"};

// What the option sets, starting from the defaults; "refused" if it is not allowed.
std::string set(OptionId id, const std::string& value) {
  Options options;
  options.terminate_rest = true;
  return set_option(options, id, value.c_str(), false) ? differences(options) : "refused";
}

struct Switch {
  OptionId id;
  std::string yes;
  std::string no;
};

}  // namespace

TEST_CASE("a switch takes yes, true, on, 1 and their opposites, in any case") {
  const Switch switches[] = {
      {OptionId::report_orphans, "orphans", ""},
      {OptionId::quiet, "level=error", ""},
      {OptionId::verbose, "level=info", ""},
      {OptionId::subreaper, "subreaper=yes", "subreaper=no"},
  };
  for (const auto& [id, yes, no] : switches) {
    for (const auto word : yes_words) CHECK(set(id, word) == yes);
    for (const auto word : no_words) CHECK(set(id, word) == no);
    for (const auto word : {"", "y", "n", "2x", "yes ", "yes no", "of", "enable", "-1"}) {
      CAPTURE(word);
      CHECK(set(id, word) == "refused");
    }
  }
}

TEST_CASE("no takes back what a switch has set, but not what was said in another way") {
  Options options;
  options.report_orphans = true;
  CHECK(set_option(options, OptionId::report_orphans, "no", false));
  CHECK_FALSE(options.report_orphans);
  options.verbosity = Level::debug;
  CHECK(set_option(options, OptionId::verbose, "no", false));
  CHECK(set_option(options, OptionId::quiet, "no", false));
  CHECK(options.verbosity == Level::debug);
}

TEST_CASE("subreaper also takes auto") {
  Options options;
  options.subreaper = Subreaper::no;
  CHECK(set_option(options, OptionId::subreaper, "Auto", false));
  CHECK(options.subreaper == Subreaper::automatic);
  CHECK(set(OptionId::subreaper, "automatic") == "refused");
}

TEST_CASE("target takes child, group and all, in any case, and only as whole words") {
  CHECK(set(OptionId::target, "child") == "child");
  CHECK(set(OptionId::target, "CHILD") == "child");
  CHECK(set(OptionId::target, "Group").empty());
  CHECK(set(OptionId::target, "aLL") == "all");
  for (const auto* const word : {"", "chil", "children", "al", "child group", "c", "0"}) {
    CAPTURE(word);
    CHECK(set(OptionId::target, word) == "refused");
  }
}

TEST_CASE("reap takes auto, kernel and init, in any case, and only as whole words") {
  CHECK(set(OptionId::reap, "kernel") == "reap=kernel");
  CHECK(set(OptionId::reap, "Init") == "reap=init");
  Options options;
  options.reaper = Reaper::kernel;
  CHECK(set_option(options, OptionId::reap, "AUTO", false));
  CHECK(options.reaper == Reaper::automatic);
  for (const auto* const word : {"", "kern", "kernels", "yes", "no", "auto init", "k", "0", "1"}) {
    CAPTURE(word);
    CHECK(set(OptionId::reap, word) == "refused");
  }
}

TEST_CASE("every signal but those that init cannot hand on can tell of the parent's death") {
  for (int number = 1; number <= last_signal; ++number) {
    CAPTURE(number);
    const bool refused = number == SIGKILL || number == SIGSTOP || number == SIGCHLD;
    const std::string word = std::to_string(number);
    CHECK(set(OptionId::parent_death_signal, word) == (refused ? "refused" : "death=" + word));
  }
}

TEST_CASE("verbosity is raised by as many steps as are said, and never above the last") {
  CHECK(set(OptionId::verbose, "2") == "level=debug");
  CHECK(set(OptionId::verbose, "3") == "level=debug");
  CHECK(set(OptionId::verbose, "4") == "refused");
  CHECK(set(OptionId::verbose, "99999999999999999999") == "refused");
}

TEST_CASE("help, version and licence set the mode") {
  CHECK(set(OptionId::help, "yes") == "help");
  CHECK(set(OptionId::version, "yes") == "version");
  CHECK(set(OptionId::license, "yes") == "license");
}

TEST_CASE("an option that does not exist cannot be set") { CHECK(set(static_cast<OptionId>(200), "yes") == "refused"); }
