// Promise 2: the exit status is the main command's, or one of the documented start-up codes.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <filesystem>

#include "deaths.hpp"

namespace {

// By default they do not end a process (signal(7)).
bool is_deadly(int number) {
  constexpr std::array harmless{SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
  return std::find(harmless.begin(), harmless.end(), number) == harmless.end();
}

int exit_code_of(const Start& start) {
  Init init(start);
  return init.exit_code();
}

}  // namespace

TEST_CASE("the exit code is the main command's, 0 to 255") {
  for (int code = 0; code <= 255; ++code) {
    CAPTURE(code);
    CHECK(exit_code_of({.words = act("exit", std::to_string(code))}) == code);
  }
}

TEST_CASE("the exit code is the main command's, in every place") {
  for (const int code : {0, 1, 42, 255}) {
    CAPTURE(code);
    CHECK(exit_code_of({.words = act("exit", std::to_string(code)), .place = Place::inner}) == code);
    CHECK(exit_code_of({.words = Words{"--subreaper=no"} + act("exit", std::to_string(code)), .place = Place::inner}) ==
          code);
  }
}

TEST_CASE("the exit code is 128 + n for every signal n that kills") {
  for (int number = 1; number <= 64; ++number) {
    if (!is_deadly(number)) continue;
    CAPTURE(number);
    CHECK(exit_code_of({.words = act("die", std::to_string(number))}) == 128 + number);
  }
}

TEST_CASE("the exit code is 128 + n with a core dump, too") {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  const auto allow_cores = [&folder] {
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    (void)::setrlimit(RLIMIT_CORE, &none);
    (void)!::chdir(folder.path().c_str());
  };
  for (const int number : {SIGQUIT, SIGABRT, SIGSEGV}) {
    CAPTURE(number);
    CHECK(exit_code_of({.words = act("die", std::to_string(number)), .before_exec = allow_cores}) == 128 + number);
  }
  if (std::filesystem::is_empty(folder.path())) skip("whether a core was dumped: no core file was written here");
}

TEST_CASE("the exit code is the command's, whatever children it leaves") {
  CHECK(exit_code_of({.words = act("helper", "helper") + act("exit", "7")}) == 7);
  CHECK(exit_code_of({.words = act("orphan", "one", "exit", "3") + act("exit", "9")}) == 9);
}

TEST_CASE("the exit status is what wait4 says of the same command, for each kind of death") {
  const Folder cores;
  for (const auto& death : deaths()) check_death(death, cores, status_by_wait4(death, cores));
}
