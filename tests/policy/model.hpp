// The world around the policy, as small as it can be without hiding a case from it.
//
// Told apart:
// - the main command: in its process group or in another one; sends to it allowed or refused (another uid); ended or
//   not. One that is dead and not yet reaped takes signals as a living one does (kill(2)), so that it is no case of its
//   own. Where the kernel reaps there is no such time: it is gone, and init will be told.
// - its group: with another process in it, which takes every signal (a helper), or without.
// - the four ways to send (to the group and to the main command, each with a value and without) and the look-up of its
//   group: each call comes to what the world says, or fails with EPERM, ESRCH or EAGAIN (forbidden, nobody there, and
//   all else, a full queue first). Every call fails anew or does not, so that "once", "for ever" and all between are in
//   it. A look-up that says "nobody there" is a death in between, too.
// - signals: a standard one (SIGPIPE: our own, another's, the kernel's) and a real-time one (RTMIN), plain and queued;
//   SIGCHLD. That every other number is treated alike is a table's to show (forwarding_test.cpp).
// - children: the main command and one orphan, with one status for each way to end, and for each that is no end.
// - all settings.
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
  bool forwarded = false;      // a signal that the main command is to get
  bool carries_value = false;  // and a value with it
  int exit_status = no_exit;   // what init has to exit with, where this is the main command's end
  bool is_orphans_end = false;

  static constexpr int no_exit = -1;
};

const std::vector<Arrival>& arrivals();

struct World {
  bool left = false;     // the main command is in another group than the one it was started in
  bool refuses = false;  // it has another uid: sends to it are not permitted
  bool helper = false;   // somebody else is in the group that it was started in
  bool gone = false;     // it is dead and reaped, by the kernel, and init has not been told
  bool ended = false;    // init has been told
};

// The ways a signal can go, of which each may be tried a second time.
enum Route { to_group, to_group_with_value, to_main, to_main_with_value, routes };

// What really happened, as the world saw it.
struct Ledger {
  // Since the start.
  SignalSet told_not_delivered{};
  SignalSet told_group_unknown{};
  SignalSet told_value_lost{};
  bool exited = false;

  // On the arrival in hand.
  const Arrival* arrival = nullptr;
  std::uint8_t tries[routes]{};
  int last_error[routes]{};
  std::uint8_t lookups = 0;
  int lookup_error = 0;  // of the last one
  std::uint8_t main_got = 0;
  std::uint8_t main_got_alone = 0;  // of these, not through its group
  std::uint8_t helper_got = 0;
  bool value_arrived = false;
  std::uint8_t reports = 0;
  std::uint8_t orphan_reports = 0;

  void begin(const Arrival* next) {
    *this = {.told_not_delivered = told_not_delivered,
             .told_group_unknown = told_group_unknown,
             .told_value_lost = told_value_lost,
             .exited = exited,
             .arrival = next};
  }
};

// An action that waits for its turn, and the event that led to it.
struct Pending {
  Action action;
  Event event;
};

// The last pending action is next: what follows from an action is performed before the action behind it.
struct Node {
  State state;
  World world{};
  Ledger ledger{};
  std::vector<Pending> pending{};

  [[nodiscard]] bool rests() const { return pending.empty(); }
  // Nodes with the same key behave alike.
  [[nodiscard]] std::string key() const;
};

Route route_of(Target target, bool queued);

// Told of each promise that was broken, in words.
using Broken = std::function<void(std::string_view)>;
// Told of each node that can come next, and by what.
using Visit = std::function<void(const std::string& label, Node next)>;

// The main command runs, and nothing has happened yet.
Node start(const Settings& settings, const Broken& broken);

// Calls step() for every event that is possible in `node`, and checks what it answers.
void for_each_next(const Node& node, const Visit& visit, const Broken& broken);

}  // namespace policy_test
