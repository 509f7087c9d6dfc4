#include "promises.hpp"

#include <cerrno>

#include "check.hpp"

namespace policy_test {

namespace {

void check_rest_of_signal(const Check& check, const Node& node) {
  if (node.ledger.began_ended) return check.rest_after_late_signal();
  check.rest_after_stop_signal();
  check.rest_after_wake();
  check.rest_after_signal();
  check.rest_after_full_queue();
}

}  // namespace

void check_action(const Node& node, const Pending& next, const Broken& broken) {
  const Check check(node, broken);
  check.promise(!node.ledger.story.exited, "nothing is done after the exit");
  switch (next.action.kind) {
    case Action::Kind::send:
      return check.send(next);
    case Action::Kind::find_group:
      return check.look_up(next);
    case Action::Kind::suspend:
      return check.suspend();
    case Action::Kind::count_oom_kills:
      return check.promise(node.world.ended, "OOM kills are counted when the main command has ended");
    case Action::Kind::watch_children:
      return check.watch();
    case Action::Kind::signal_others:
      return check.signal_others(next.action);
    case Action::Kind::offer_foreground:
      return check.offer();
    case Action::Kind::set_timer:
      return check.set_timer(next.action);
    case Action::Kind::exit:
      return check.exit(next.action);
    case Action::Kind::report:
      return check.report(next);
  }
}

void check_rest(const Node& node, const Broken& broken) {
  const Check check(node, broken);
  const Arrival* arrival = node.ledger.arrival;
  check.rest_of_timers();
  if (arrival == nullptr) return check.promise(node.ledger.reports == 1, "the start is told");
  const Event& event = arrival->event;
  check.rest_of_others();
  if (arrival->exit_status != Arrival::no_exit) return check.rest_after_end();
  check.promise(node.world.ended || !node.ledger.story.exited, "init does not exit while the main command lives");
  if (event.kind == Event::Kind::child_changed) {
    check.rest_after_child();
    if (event.pid == main_command && !node.ledger.began_ended) check.rest_after_stop();
  } else if (event.kind == Event::Kind::time_is_up) {
    check.rest_after_look();
  } else if (event.kind == Event::Kind::all_gone) {
    check.promise(node.ledger.story.exited, "init exits when all are gone");
  } else if (arrival->forwarded) {
    check_rest_of_signal(check, node);
  } else {
    check.promise(node.ledger.reports == 0, "what is not handed on is not spoken of");
  }
}

// What is said, whatever the theme.
void Check::report(const Pending& next) const {
  const Event& event = next.event;
  switch (next.action.topic) {
    case Topic::main_started:
      return promise(event.kind == Event::Kind::started, "a start is told when it is one");
    case Topic::main_ended:
      return end_told(next);
    case Topic::orphan_reaped:
      return promise(arrival().is_orphans_end, "an orphan is told when it is one, and has ended");
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
    case Topic::dropped:
      return drop(event);
    case Topic::stop_asked:
      return promise(node_.asks_for_end() && node_.ledger.stop_reports == 0, "who asks for the end is told, once");
    case Topic::deadline:
      return promise(is_time(Timer::kill), "that the time is over is told when it is");
    case Topic::others_unseen:
      return promise(
          event.kind == Event::Kind::others_signalled && event.error == ENOENT && !story().others_unseen_told,
          "that the others cannot be found is told when it is so, once");
    case Topic::others_refuse:
      return promise(event.kind == Event::Kind::others_signalled && event.error != 0 && event.error != ENOENT &&
                         !story().others_unseen_told,
                     "that the others cannot be signalled is told when it is so, once");
  }
  promise(false, "every topic has its rule here");
}

}  // namespace policy_test
