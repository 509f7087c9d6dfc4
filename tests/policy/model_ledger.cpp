#include "model_ledger.hpp"

#include <cerrno>

namespace policy_test {

namespace {

// No further than it matters: a policy that goes on for ever is still explored to its end.
void count(std::uint8_t& counter, bool happened = true) {
  if (happened && counter < 3) ++counter;
}

// What the promises tell apart: at the end, whether nobody was there; before it, whether the value was the reason.
int as_it_matters(int error, const World& world, const Action& action) {
  if (error == 0 || world.ended) return error;
  return action.queued && error == EAGAIN ? EAGAIN : EPERM;
}

void write_down_report(Ledger& ledger, const Pending& said) {
  const int number = said.event.signal.si_signo;
  const Topic topic = said.action.topic;
  count(ledger.reports);
  count(ledger.orphan_reports, topic == Topic::orphan_reaped);
  count(ledger.stop_reports, topic == Topic::stop_asked);
  if (topic == Topic::not_delivered) ledger.story.told_not_delivered.add(number);
  if (topic == Topic::group_unknown) ledger.story.told_group_unknown.add(number);
  if (topic == Topic::value_lost) ledger.story.told_value_lost.add(number);
  if (topic == Topic::others_unseen || topic == Topic::others_refuse) ledger.story.others_unseen_told = true;
}

void write_down_timer(Node& node, const Action& action) {
  node.world.due_ms[static_cast<std::size_t>(action.timer)] = action.delay_ms;
  count(node.ledger.timers_set);
  if (action.timer == Timer::kill) count(node.ledger.story.kill_clocks);
  if (action.timer == Timer::terminal) node.ledger.story.last_look_ms = action.delay_ms;
}

}  // namespace

bool goes_to_group(Route route) { return route == to_group || route == to_group_with_value; }

void write_down_send(Node& node, const Action& action, int error) {
  const World& world = node.world;
  Course& course = node.is_wake(action.number) ? node.ledger.wake : node.ledger.signal;
  const Route route = route_of(action.target, action.queued);
  count(course.tries[route]);
  course.last_error[route] = as_it_matters(error, world, action);
  if (error != 0) return;
  const bool by_group = goes_to_group(route);
  const bool main_gets = !world.ended && !world.gone && !world.refuses && !(by_group && world.left);
  count(course.helper_got, (by_group || route == to_all) && world.helper);
  count(course.main_got, main_gets);
  count(course.main_got_alone, main_gets && route != to_all && !by_group);
  course.value_arrived = course.value_arrived || (main_gets && action.queued);
  if (!world.ended && !node.ledger.story.deadline) node.ledger.story.handed_on.add(action.number);
}

void write_down_stop(Node& node, const Action& action, const Event& cause) {
  const bool by_terminal = cause.signal.si_code == SI_KERNEL;
  if (action.number == SIGCONT) node.world.ordered = false;
  if (action.number == SIGCONT) node.world.stopped_by = 0;
  if (is_stop(action.number) && !by_terminal) node.world.ordered = true;
  const Arrival* arrival = node.ledger.arrival;
  const bool by_deadline = arrival->event.kind == Event::Kind::time_is_up;
  if (action.number == SIGKILL && by_deadline && !node.world.ended) node.ledger.story.deadline = true;
}

bool is_done_at_once(Node& node, const Pending& next) {
  switch (next.action.kind) {
    case Action::Kind::report:
      write_down_report(node.ledger, next);
      return true;
    case Action::Kind::exit:
      node.ledger.story.exited = true;
      return true;
    case Action::Kind::watch_children:
      node.ledger.story.watching = true;
      return true;
    case Action::Kind::set_timer:
      write_down_timer(node, next.action);
      return true;
    default:
      return false;
  }
}

void write_down_outcome(Node& node, const Action& action, int error, Event& result) {
  Ledger& ledger = node.ledger;
  switch (action.kind) {
    case Action::Kind::suspend:
      result.kind = Event::Kind::resumed;
      return count(ledger.suspends);
    case Action::Kind::offer_foreground:
      result.kind = Event::Kind::foreground;
      ledger.has_foreground = error == 0;
      if (error == 0) ledger.story.last_look_ms = 0;
      return count(ledger.offers);
    case Action::Kind::count_oom_kills:
      result.kind = Event::Kind::oom_kills_counted;
      ledger.oom_counted = true;
      return;
    case Action::Kind::signal_others:
      result.kind = Event::Kind::others_signalled;
      result.signal.si_signo = action.number;
      ledger.others_error = error;
      (action.number == SIGTERM ? ledger.story.others_termed : ledger.story.others_killed) = true;
      return count(ledger.others_signalled);
    default:
      result.kind = Event::Kind::group_found;
      result.pid = error != 0 ? 0 : node.world.left ? another : main_command;
      Course& course = node.is_wake(result.signal.si_signo) ? ledger.wake : ledger.signal;
      count(course.lookups);
      course.lookup_error = error;
  }
}

}  // namespace policy_test
