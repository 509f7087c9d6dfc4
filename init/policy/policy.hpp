// Every decision of the running init, and no system call: step() takes the state and one event, and answers with the
// actions to perform. What an action came to is the next event, so that "delivered or reported" can be tested
// without a kernel.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "policy/exit_status.hpp"
#include "policy/signals.hpp"

namespace foster {

enum class Target : std::uint8_t { child, group, all };

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
  dropped,         // rewritten to nothing
  stop_asked,      // for the container's end, and by whom
  deadline,        // the time that was given for the end is over
  others_unseen,   // the descendants cannot be found, so only the group is signalled
  others_refuse,   // not all that are left can be signalled
};

// What can come due. One of each can be set.
enum class Timer : std::uint8_t {
  terminal,  // to look again who has the foreground
  kill,      // to send SIGKILL
  wait,      // to end those that have been left alone
};
inline constexpr std::size_t timer_count = 3;

struct Event {
  enum class Kind : std::uint8_t {
    started,            // the main command runs
    signal_arrived,     // signal
    child_changed,      // pid, status (it has ended or stopped), name
    time_is_up,         // timer
    sent,               // what came of an Action::send: its signal, target, queued and retry, and error
    group_found,        // what came of an Action::find_group: signal, retry, pid (the main command's group), and error
    resumed,            // after an Action::suspend
    oom_kills_counted,  // count; pid and status as in the child_changed before
    others_signalled,   // what came of an Action::signal_others: error
    all_gone,           // there is no child left
    foreground,         // what came of an Action::offer_foreground: error is 0 if the main command's group has it
    wait_failed,        // error: signals cannot be waited for, again and again
    status_unknown,     // error: the main command's exit status cannot be learned, again and again
  };
  Kind kind = Kind::signal_arrived;
  Target target = Target::child;
  bool queued = false;
  bool retry = false;
  Timer timer = Timer::terminal;
  int error = 0;  // errno, 0 for success
  pid_t pid = 0;
  int status = 0;  // wait status
  int count = 0;
  const char* name = "";  // of the child, or the signal's sender, as in /proc/PID/comm; empty where it is not known
  siginfo_t signal{};     // as it came (sigaction(2)), so that it can be handed on with all that it carries
};

struct Action {
  enum class Kind : std::uint8_t {
    send,              // signal `number`; comes back as Event::sent
    find_group,        // of the main command; comes back as Event::group_found
    suspend,           // us, by `number`, as the terminal would; comes back as Event::resumed
    count_oom_kills,   // comes back as Event::oom_kills_counted
    watch_children,    // from here on all of them: the last one's end comes as Event::all_gone
    signal_others,     // all processes but us, or all below us, with `number`; comes back as Event::others_signalled
    offer_foreground,  // to the main command's group; comes back as Event::foreground
    set_timer,         // timer, for delay_ms from now; comes back as Event::time_is_up
    report,            // topic, about the event that led to this
    exit,              // with status `number`
  };
  Kind kind = Kind::send;
  Target target = Target::child;
  bool queued = false;  // with the value that the event's signal carries
  bool retry = false;   // the second try
  Topic topic = Topic::main_started;
  Level level = Level::error;
  std::uint8_t number = 0;
  Timer timer = Timer::terminal;
  int delay_ms = 0;
};

// The few actions of one step, in order.
class Actions {
 public:
  // The next one, to be filled in.
  Action& add() { return actions_[count_++]; }
  [[nodiscard]] const Action* begin() const { return actions_.data(); }
  [[nodiscard]] const Action* end() const { return actions_.data() + count_; }

 private:
  std::array<Action, 5> actions_;
  std::size_t count_ = 0;
};

struct Settings {
  Target target = Target::group;
  bool report_orphans = false;
  bool terminate_rest = false;  // TERM to what is left of the target when the main command has ended
  bool session = false;         // the command has one of its own, where the stops of a terminal would be discarded
  bool terminal = false;        // init has a controlling terminal, and sees the main command stop
  bool kernel_reaps = false;    // signals go by the main command's pidfd, which is gone as soon as it is dead
  bool is_pid1 = true;
  bool explains_end = true;          // unasked, if the main command was killed
  bool wait = false;                 // for the others, after the main command's end
  bool exit_zero_forwarded = false;  // 128 + n becomes 0, where n is a signal that was handed on
  int wait_ms = -1;                  // how long they are left alone; -1: without limit
  int kill_after_ms = -1;            // from the first stop signal to SIGKILL; -1: none is sent
  SignalSet stop_signals = SignalSet().add(SIGTERM);
  Rewrites rewrites{};
  ExitCodes exit_zero{};  // these become 0
};

// How far the container's end has come.
enum class Phase : std::uint8_t {
  running,  // the main command is
  waiting,  // it has ended, and the others are left alone
  ending,   // the others have had their TERM
  killing,  // and their KILL
};

struct State {
  // What most decisions look at comes first.
  Phase phase = Phase::running;
  bool stop_asked = false;
  bool killed = false;          // by us, for the time was over
  bool stop_sent = false;       // by us, since the last CONT
  std::uint8_t stopped_by = 0;  // the signal, as long as the main command is stopped and may be continued by us
  bool shared_stop = false;     // our own group has been stopped for this one
  bool wait_failure_told = false;
  bool status_unknown_told = false;
  bool others_unseen_told = false;
  pid_t self = 0;
  pid_t main = 0;         // the main command, and the number of the group that it was started in
  int exit_status = 0;    // once the main command has ended
  int next_look_ms = 0;   // how long to wait until the next look at the terminal; 0: none was in vain
  SignalSet forwarded{};  // what was handed on, as what
  // Signals whose failure was told: once each, for each kind of failure.
  SignalSet not_delivered{};
  SignalSet values_lost{};
  SignalSet group_unknown{};
  Settings settings{};
};

// Adds to `actions`.
void step(Actions& actions, State& state, const Event& event);

}  // namespace foster
