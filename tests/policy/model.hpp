// The world around the policy, as small as it can be without hiding a case from it.
//
// Told apart in each exploration (Scope) is what its promises are about:
// - forwarding. The main command: in its process group or in another one; sends to it allowed or refused (another uid);
//   ended or not. One that is dead and not yet reaped takes signals as a living one does (kill(2)), so that it is no
//   case of its own. Where the kernel reaps there is no such time: it is gone, and init will be told. Its group: with
//   another process in it, which takes every signal (a helper), or without. The ways to send and the look-up of the
//   group: each call comes to what the world says, or fails with EPERM, ESRCH or EAGAIN (forbidden, nobody there, and
//   all else, a full queue first), anew each time, so that "once", "for ever" and all between are in it. Signals: a
//   standard one (SIGPIPE: our own, another's, the kernel's) and a real-time one (RTMIN), plain and queued; SIGCHLD.
// - the end. Signals: two that ask for the end (TERM; INT, handed on as KILL), one that is handed on as TERM (QUIT),
// one
//   that is left as it is (HUP) and one that is dropped (USR1). The others: there or not, found or not (no /proc), or
//   some refuse. Times: none, no time at all, and some; what is set comes due in any order. Calls fail with EPERM.
// - the terminal. The main command is stopped by TSTP, TTIN, TTOU or STOP, or runs; somebody else may continue it. The
//   foreground is to be had or not, each time anew. Signals: CONT, TSTP (sent, and by the terminal), and TERM. No call
//   fails by itself: a CONT that is refused is tried again as any signal is.
// - in all of them: children, the main command and one orphan, with one status for each way to end, and for each that
//   is no end. That every other signal number is treated alike is a table's to show (forwarding_test.cpp).
//
// Left out: a main command that changes groups between a send and the look-up after it. It can get the signal twice
// then, or only its helper gets it, and no order of system calls can prevent that.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "events.hpp"

namespace policy_test {

struct Arrival {
  std::string_view label;
  Event event;
  bool forwarded = false;      // a signal that is to be handed on, as what the settings say
  bool carries_value = false;  // and a value with it
  int exit_status = no_exit;   // where this is the main command's end: its status, as shells have it
  bool is_orphans_end = false;

  static constexpr int no_exit = -1;
};

struct Fault {
  int error;
  const char* name;
};

// What one exploration tells apart.
struct Scope {
  std::vector<Arrival> arrivals;
  std::vector<Fault> faults;
  bool main_moves = false;  // to another group or uid, and a helper comes and goes
};

const Scope& forwarding_scope();
const Scope& end_scope();
const Scope& terminal_scope();

struct World {
  bool left = false;     // the main command is in another group than the one it was started in
  bool refuses = false;  // it has another uid: sends to it are not permitted
  bool helper = false;   // somebody else is in the group that it was started in
  bool gone = false;     // it is dead and reaped, by the kernel, and init has not been told
  bool ended = false;    // init has been told
  int stopped_by = 0;    // the signal that the main command was stopped by, until it goes on
  bool ordered = false;  // a stop was handed on to it since the last CONT
  // In how many milliseconds each timer comes due; not_set.
  int due_ms[timer_count]{not_set, not_set, not_set};

  static constexpr int not_set = -1;
  [[nodiscard]] int due(Timer timer) const { return due_ms[static_cast<std::size_t>(timer)]; }
};

// The ways a signal can go, of which each may be tried a second time.
enum Route { to_group, to_group_with_value, to_main, to_main_with_value, to_all, routes };

// What became of one signal.
struct Course {
  std::uint8_t tries[routes]{};
  int last_error[routes]{};
  std::uint8_t lookups = 0;
  int lookup_error = 0;  // of the last one
  std::uint8_t main_got = 0;
  std::uint8_t main_got_alone = 0;  // of these, not through its group
  std::uint8_t helper_got = 0;
  bool value_arrived = false;
};

// What really happened since the start, as the world saw it.
struct Story {
  SignalSet told_not_delivered{};
  SignalSet told_group_unknown{};
  SignalSet told_value_lost{};
  SignalSet handed_on{};         // before the deadline
  bool stop_asked = false;       // by a stop signal while the main command ran
  bool deadline = false;         // is over, and the main command was sent KILL for it
  std::uint8_t kill_clocks = 0;  // how often one was set
  int exit_status = 0;           // what init has to exit with, once the main command has ended
  bool watching = false;
  bool others_termed = false;
  bool others_killed = false;
  bool others_unseen_told = false;
  int last_look_ms = 0;  // 0: since the terminal was had
  bool exited = false;
};

// And on the arrival in hand.
struct Ledger {
  Story story{};
  const Arrival* arrival = nullptr;
  bool began_ended = false;  // the main command had ended before it
  Course signal{};
  Course wake{};  // a CONT that did not come as a signal to be handed on
  std::uint8_t reports = 0;
  std::uint8_t orphan_reports = 0;
  std::uint8_t stop_reports = 0;
  std::uint8_t suspends = 0;
  std::uint8_t offers = 0;
  bool has_foreground = false;  // by the last offer
  std::uint8_t others_signalled = 0;
  int others_error = 0;  // of the last time
  std::uint8_t timers_set = 0;
  bool oom_counted = false;

  void begin(const Arrival* next, bool ended) { *this = {.story = story, .arrival = next, .began_ended = ended}; }
};

// An action that waits for its turn, and the event that led to it.
struct Pending {
  Action action;
  Event event;
};

// The last pending action is next: what follows from an action is performed before the action behind it.
struct Node {
  State state;
  const Scope* scope = nullptr;
  World world{};
  Ledger ledger{};
  std::vector<Pending> pending{};

  [[nodiscard]] bool rests() const { return pending.empty(); }
  // Nodes with the same key behave alike, within one exploration.
  [[nodiscard]] std::string key() const;

  // What the signal that arrived is to be handed on as; 0: not at all.
  [[nodiscard]] int handed_as() const;
  [[nodiscard]] bool asks_for_end() const;
  // Whether a CONT is the terminal's matter, not the one that arrived.
  [[nodiscard]] bool is_wake(int number) const;
  [[nodiscard]] const Course& course(int number) const { return is_wake(number) ? ledger.wake : ledger.signal; }
};

Route route_of(Target target, bool queued);
bool is_stop(int number);

// Told of each promise that was broken, in words.
using Broken = std::function<void(std::string_view)>;
// Told of each node that can come next, and by what.
using Visit = std::function<void(const std::string& label, Node next)>;

// The main command runs, and nothing has happened yet. `scope` has to live as long as the nodes.
Node start(const Settings& settings, const Scope& scope, const Broken& broken);

// Calls step() for every event that is possible in `node`, and checks what it answers.
void for_each_next(const Node& node, const Visit& visit, const Broken& broken);

}  // namespace policy_test
