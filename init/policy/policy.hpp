// Every decision of the running init, and no system call: step() takes the state and one event, and returns the
// actions to perform. What an action came to is the next event, so that "delivered or reported" can be tested
// without a kernel.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "policy/signals.hpp"

namespace foster {

enum class Target : std::uint8_t { child, group };

enum class Level : std::uint8_t { error, warning, info, debug };

// What can be worth a line on stderr, about the event that it is said of. The wording is in messages.cpp.
enum class Topic : std::uint8_t {
  main_started,
  main_ended,
  orphan_reaped,
  forwarded,
  not_delivered,
  value_lost,     // delivered, but not the value that was queued with it
  group_unknown,  // delivered to the group, but is the main command in it?
  wait_failed,
  status_unknown,  // the main command has ended, but how?
};

struct Event {
  enum class Kind : std::uint8_t {
    started,         // the main command runs
    signal_arrived,  // signal
    child_ended,     // pid, status, name
    sent,            // what came of an Action::send: its signal, target, queued and retry, and error
    group_found,     // what came of an Action::find_group: signal, retry, pid (the main command's group), and error
    wait_failed,     // error: signals cannot be waited for, again and again
    status_unknown,  // error: the main command's exit status cannot be learned, again and again
  };
  Kind kind = Kind::signal_arrived;
  Target target = Target::child;
  bool queued = false;
  bool retry = false;
  int error = 0;  // errno, 0 for success
  pid_t pid = 0;
  int status = 0;         // wait status
  siginfo_t signal{};     // as it came (sigaction(2)), so that it can be handed on with all that it carries
  const char* name = "";  // as in /proc/PID/comm; empty where it is not known
};

struct Action {
  enum class Kind : std::uint8_t {
    send,        // signal `number`; comes back as Event::sent
    find_group,  // of the main command; comes back as Event::group_found
    report,      // topic, about the event that led to this
    exit,        // with status `number`
  };
  Kind kind = Kind::exit;
  Target target = Target::child;
  bool queued = false;  // with the value that the event's signal carries
  bool retry = false;   // the second try
  Topic topic = Topic::forwarded;
  Level level = Level::error;
  std::uint8_t number = 0;
};

// The few actions of one step, in order.
class Actions {
 public:
  // The next one, to be filled in.
  Action& add() { return actions_[count_++]; }
  [[nodiscard]] const Action* begin() const { return actions_.data(); }
  [[nodiscard]] const Action* end() const { return actions_.data() + count_; }

 private:
  std::array<Action, 3> actions_;
  std::size_t count_ = 0;
};

struct Settings {
  Target target = Target::group;
  bool report_orphans = false;
  bool terminate_rest = false;  // TERM to what is left of the group when the main command has ended
  bool kernel_reaps = false;    // signals go by the main command's pidfd, which is gone as soon as it is dead
};

struct State {
  Settings settings{};
  pid_t self = 0;
  pid_t main = 0;  // the main command, and the number of the group that it was started in
  bool ended = false;
  // Signals whose failure was told: once each, for each kind of failure.
  SignalSet not_delivered{};
  SignalSet values_lost{};
  SignalSet group_unknown{};
  bool wait_failure_told = false;
  bool status_unknown_told = false;
};

Actions step(State& state, const Event& event);

}  // namespace foster
