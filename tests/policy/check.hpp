// The promises by theme, each against one node: promises.cpp says which of them an action, or a rest, is held to.
#pragma once

#include "model.hpp"

namespace policy_test {

// Of all the ways that a signal goes, none is tried more often: with the look-ups, no chain is longer than ten calls.
inline constexpr int most_tries = 2;

class Check {
 public:
  Check(const Node& node, const Broken& broken) : node_(node), broken_(broken) {}

  void promise(bool kept, std::string_view words) const {
    if (!kept) broken_(words);
  }

  // Of an action.
  void send(const Pending& next) const;
  void look_up(const Pending& next) const;
  void suspend() const;
  void offer() const;
  void set_timer(const Action& action) const;
  void signal_others(const Action& action) const;
  void watch() const;
  void exit(const Action& action) const;
  void report(const Pending& next) const;

  // When all that followed from an arrival is done.
  void rest_after_signal() const;
  void rest_after_full_queue() const;
  void rest_after_stop_signal() const;
  void rest_after_late_signal() const;
  void rest_after_wake() const;
  void rest_after_stop() const;
  void rest_after_look() const;
  void rest_after_end() const;
  void rest_after_child() const;
  void rest_of_timers() const;
  void rest_of_others() const;

 private:
  [[nodiscard]] const Settings& settings() const { return node_.state.settings; }
  [[nodiscard]] const Story& story() const { return node_.ledger.story; }
  [[nodiscard]] const Arrival& arrival() const { return *node_.ledger.arrival; }
  [[nodiscard]] bool is_time(Timer timer) const {
    return arrival().event.kind == Event::Kind::time_is_up && arrival().event.timer == timer;
  }
  [[nodiscard]] bool main_ends() const { return arrival().exit_status != Arrival::no_exit; }
  [[nodiscard]] bool to_one() const { return settings().target == Target::child; }
  [[nodiscard]] bool kernel_reaps() const { return settings().kernel_reaps; }
  [[nodiscard]] bool nothing_sent() const;
  [[nodiscard]] bool is_by_terminal() const { return arrival().event.signal.si_code == SI_KERNEL; }
  // A stop that the terminal brought, or a look at it.
  [[nodiscard]] bool wants_terminal() const {
    return node_.world.stopped_by == SIGTTIN || node_.world.stopped_by == SIGTTOU;
  }

  // It may have died between the send and the look-up.
  [[nodiscard]] bool main_is_gone() const {
    return node_.world.gone || (kernel_reaps() && node_.ledger.signal.lookup_error == ESRCH);
  }

  // The kernel says that a group, or all, took a signal if one of them did: if another one refused, nobody knows.
  [[nodiscard]] bool only_others_can_tell() const {
    const bool for_main_too = !node_.world.left || settings().target == Target::all;
    return node_.ledger.signal.helper_got > 0 && for_main_too;
  }
  [[nodiscard]] bool all_can_tell_nothing() const {
    return settings().target == Target::all && node_.ledger.signal.tries[to_all] > 0 && node_.world.refuses;
  }

  void send_of_a_signal(const Action& action) const;
  void send_of_a_wake() const;
  void send_at_the_deadline(const Action& action) const;
  void send_at_the_end(const Action& action) const;
  void kill_clock(const Action& action) const;
  void look_again(const Action& action) const;
  void loss(const Event& event) const;
  void loss_of_value(const Event& event) const;
  void unknown_group(const Event& event) const;
  void end_told(const Pending& next) const;
  void drop(const Event& event) const;

  const Node& node_;
  const Broken& broken_;
};

}  // namespace policy_test
