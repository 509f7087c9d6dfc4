#include "promises.hpp"

#include <cerrno>

namespace policy_test {

namespace {

// Of all the ways that a signal goes, none is tried more often: with the look-ups, no chain is longer than ten calls.
constexpr int most_tries = 2;

class Check {
 public:
  Check(const Node& node, const Broken& broken) : node_(node), broken_(broken) {}

  void send(const Pending& next) const {
    const Route route = route_of(next.action.target, next.action.queued);
    promise(node_.ledger.tries[route] < most_tries, "a send is tried again once at most");
    promise(node_.ledger.tries[route] == 0 || node_.ledger.last_error[route] != 0,
            "nothing is sent again that arrived");
    if (node_.world.ended) {
      send_at_the_end(next.action);
    } else {
      send_of_a_signal(next.action);
    }
  }

  void look_up() const {
    promise(node_.ledger.lookups < most_tries, "a look-up is tried again once at most");
    promise(group() && !node_.world.ended, "the group is looked for only if it was sent a signal");
  }

  void exit(const Action& action) const {
    promise(node_.world.ended, "init does not exit while the main command lives");
    if (!node_.world.ended) return;
    promise(action.number == node_.ledger.arrival->exit_status, "the exit status is the main command's");
    promise(node_.pending.empty(), "nothing is done after the exit");
  }

  void report(const Pending& next) const {
    const Event& event = next.event;
    switch (next.action.topic) {
      case Topic::main_started:
        return promise(event.kind == Event::Kind::started, "a start is told when it is one");
      case Topic::main_ended:
        return promise(node_.world.ended && event.pid == main_command, "an end is told when it is one");
      case Topic::orphan_reaped:
        return promise(node_.ledger.arrival->is_orphans_end, "an orphan is told when it is one, and has ended");
      case Topic::forwarded:
        return promise(event.kind == Event::Kind::sent && event.error == 0, "what is told as sent was sent");
      case Topic::not_delivered:
        return loss(event);
      case Topic::value_lost:
        return loss_of_value(event);
      case Topic::group_unknown:
        return unknown_group(event);
      case Topic::wait_failed:
        return promise(event.kind == Event::Kind::wait_failed, "a failed wait is told when it is one");
      case Topic::status_unknown:
        return promise(event.kind == Event::Kind::status_unknown, "an unknown status is told when it is one");
    }
    promise(false, "every topic has its rule here");
  }

  void rest_after_signal(const Arrival& arrival) const {
    const Ledger& ledger = node_.ledger;
    const int number = arrival.event.signal.si_signo;
    const bool told = ledger.told_not_delivered.contains(number);
    promise(ledger.main_got + ledger.helper_got > 0 || told,
            "every signal is delivered to a living target, or reported");
    promise(ledger.main_got > 0 || told || ledger.told_group_unknown.contains(number) || only_group_can_tell() ||
                main_is_gone(),
            "the main command gets every signal, or it is reported");
    promise(ledger.main_got <= 1, "the main command gets a signal once");
    promise(ledger.helper_got <= 1, "the rest of the group gets a signal once");
    // Without a pidfd, what went to the group was without it.
    const bool can_be_had = kernel_reaps() ? ledger.main_got > 0 : ledger.main_got_alone > 0;
    if (!arrival.carries_value || !can_be_had) return;
    promise(ledger.value_arrived || ledger.told_value_lost.contains(number),
            "a value arrives with its signal, or is reported");
  }

  void rest_after_full_queue() const {
    for (const Target target : {Target::child, Target::group}) {
      const int error = node_.ledger.last_error[route_of(target, true)];
      const bool value_is_the_reason = error != 0 && error != EPERM && error != ESRCH;
      promise(!value_is_the_reason || node_.ledger.tries[route_of(target, false)] > 0,
              "a signal that cannot be queued goes without its value, the same way");
    }
  }

  void rest_after_end() const {
    promise(node_.ledger.exited, "init exits when the main command has ended");
    promise(node_.state.ended, "the policy knows that the main command has ended");
    promise(node_.ledger.reports == 1, "the end is told");
    const Settings& settings = node_.state.settings;
    const int error = node_.ledger.last_error[to_group];
    const int tries = node_.ledger.tries[to_group];
    const bool done = tries > 0 && (error == 0 || error == ESRCH || tries == most_tries);
    promise(done || !(settings.terminate_rest && group()), "the rest of the group gets TERM");
  }

  void rest_after_child(const Arrival& arrival) const {
    const bool wanted = arrival.is_orphans_end && node_.state.settings.report_orphans;
    promise(node_.ledger.orphan_reports == (wanted ? 1 : 0), "each orphan is reported where that was asked for");
    promise(node_.ledger.reports == node_.ledger.orphan_reports, "a child that has not ended is not spoken of");
  }

  void promise(bool kept, std::string_view words) const {
    if (!kept) broken_(words);
  }

 private:
  [[nodiscard]] bool group() const { return node_.state.settings.target == Target::group; }
  [[nodiscard]] bool kernel_reaps() const { return node_.state.settings.kernel_reaps; }

  // It may have died between the send and the look-up.
  [[nodiscard]] bool main_is_gone() const {
    return node_.world.gone || (kernel_reaps() && node_.ledger.lookup_error == ESRCH);
  }

  // The kernel says that a group took a signal if one of its processes did: if another one refused, nobody knows.
  [[nodiscard]] bool only_group_can_tell() const { return node_.ledger.helper_got > 0 && !node_.world.left; }

  void send_of_a_signal(const Action& action) const {
    const Arrival* arrival = node_.ledger.arrival;
    promise(arrival != nullptr && arrival->forwarded,
            "no signal is sent but one that arrived: not CHLD, not what our own writing raised");
    if (arrival == nullptr) return;
    promise(action.number == arrival->event.signal.si_signo, "a signal is handed on under its own number");
    promise(group() || action.target == Target::child, "with target child, only the main command is sent a signal");
    promise(!action.queued || arrival->carries_value, "a value is sent only where one came");
    promise(!action.queued || action.target == Target::child || kernel_reaps(),
            "without a pidfd, a value is sent to a single target only");
  }

  void send_at_the_end(const Action& action) const {
    const Settings& settings = node_.state.settings;
    promise(action.number == SIGTERM && action.target == Target::group && !action.queued,
            "at the end nothing is sent but TERM to the group");
    promise(settings.terminate_rest && group(), "TERM is sent at the end only if asked for, with target group");
    promise(node_.ledger.tries[to_group] == 0 || node_.ledger.last_error[to_group] != ESRCH,
            "an empty group is left alone");
  }

  void loss(const Event& event) const {
    const Ledger& ledger = node_.ledger;
    const Route route = route_of(event.target, event.queued);
    promise(ledger.main_got == 0, "what was delivered is not reported as lost");
    promise(!ledger.told_not_delivered.contains(event.signal.si_signo), "a loss is reported once for each signal");
    promise(event.error != 0 && ledger.tries[route] == most_tries,
            "a loss is reported after a second try, with its reason");
  }

  void loss_of_value(const Event& event) const {
    promise(!node_.ledger.value_arrived, "a value that arrived is not reported as lost");
    promise(!node_.ledger.told_value_lost.contains(event.signal.si_signo),
            "a lost value is reported once for each signal");
    promise(event.error != 0 && node_.ledger.tries[route_of(event.target, true)] == most_tries,
            "a lost value is reported after a second try, with its reason");
  }

  void unknown_group(const Event& event) const {
    promise(event.kind == Event::Kind::group_found && event.error != 0 && event.retry,
            "the group is told to be unknown when it cannot be looked for");
    promise(!kernel_reaps() || event.error != ESRCH, "where the kernel reaps, an end is no unknown group");
  }

  const Node& node_;
  const Broken& broken_;
};

}  // namespace

void check_action(const Node& node, const Pending& next, const Broken& broken) {
  const Check check(node, broken);
  check.promise(!node.ledger.exited, "nothing is done after the exit");
  switch (next.action.kind) {
    case Action::Kind::send:
      return check.send(next);
    case Action::Kind::find_group:
      return check.look_up();
    case Action::Kind::exit:
      return check.exit(next.action);
    case Action::Kind::report:
      return check.report(next);
  }
}

void check_rest(const Node& node, const Broken& broken) {
  const Check check(node, broken);
  const Arrival* arrival = node.ledger.arrival;
  if (arrival == nullptr) return check.promise(node.ledger.reports == 1, "the start is told");
  if (node.world.ended) return check.rest_after_end();
  check.promise(!node.ledger.exited, "init does not exit while the main command lives");
  if (arrival->event.kind == Event::Kind::child_ended) return check.rest_after_child(*arrival);
  if (!arrival->forwarded) return check.promise(node.ledger.reports == 0, "what is not handed on is not spoken of");
  check.rest_after_signal(*arrival);
  check.rest_after_full_queue();
}

}  // namespace policy_test
