// What the policy does about an event, in words: for tests that read as a table of cases.
#pragma once

#include <cerrno>
#include <string>
#include <vector>

#include "events.hpp"

namespace policy_test {

// What a call comes to.
struct Answer {
  const char* words;
  int error = 0;
  pid_t group = main_command;  // of a look-up
};
inline constexpr Answer done{.words = "done"};
inline constexpr Answer in_its_group{.words = "in its group"};
inline constexpr Answer in_another_group{.words = "in another group", .group = another};
inline constexpr Answer eperm{.words = "EPERM", .error = EPERM};
inline constexpr Answer esrch{.words = "ESRCH", .error = ESRCH};
inline constexpr Answer eagain{.words = "EAGAIN", .error = EAGAIN};
inline constexpr Answer enosys{.words = "ENOSYS", .error = ENOSYS};

// "SIGTERM"
std::string name_of(int number);

// Performs `event` and all that follows from it, one answer for each call, and tells it in order, one part each:
//   "SIGTERM to group: done", "look-up: in its group", "SIGTERM with value to main command: EAGAIN",
//   "SIGTERM to the others: done", "foreground: EPERM", "warning: not_delivered", "exit 143";
// and, without an answer: "suspend by SIGTSTP", "count" (OOM kills), "watch" (children), "kill in 3000 ms" and its
// like. A part ends in "no answer left" where there were too few answers, and the last one says so where there were too
// many. What is said at level debug is left out, for it goes with every signal.
std::string transcript(State& state, const Event& event, const std::vector<Answer>& answers = {});
std::string transcript(const Settings& settings, const Event& event, const std::vector<Answer>& answers = {});

// All that is said at any level, "debug: forwarded, debug: forwarded".
std::string said(const Settings& settings, const Event& event, const std::vector<Answer>& answers = {});

}  // namespace policy_test
