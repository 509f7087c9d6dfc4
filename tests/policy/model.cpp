#include "model.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "model_ledger.hpp"
#include "promises.hpp"

namespace policy_test {

namespace {

// What a send comes to where no call fails by itself.
int natural_error(const World& world, Route route) {
  const bool main_lives = !world.ended && !world.gone;
  const bool main_takes = main_lives && !world.refuses;
  if (route == to_all) return main_lives || world.helper ? 0 : ESRCH;
  if (!goes_to_group(route)) return main_takes ? 0 : main_lives ? EPERM : ESRCH;
  const bool main_is_in = main_lives && !world.left;
  if (world.helper || (main_is_in && main_takes)) return 0;
  return main_is_in ? EPERM : ESRCH;
}

// As supervise.cpp does it, up to the first action whose result can differ.
void perform(Node& node, const Broken& broken) {
  while (!node.pending.empty()) {
    const Pending next = node.pending.back();
    node.pending.pop_back();
    check_action(node, next, broken);
    if (is_done_at_once(node, next)) continue;
    node.pending.push_back(next);
    return;
  }
  check_rest(node, broken);
  node.ledger.begin(nullptr, node.world.ended);
}

void take(Node& node, const Event& event, const Broken& broken) {
  Actions actions;
  step(actions, node.state, event);
  for (const Action* last = actions.end(); last != actions.begin();) node.pending.push_back({*--last, event});
  perform(node, broken);
}

Node answered(Node node, int error, const Broken& broken) {
  const auto [action, cause] = node.pending.back();
  node.pending.pop_back();
  Event result = cause;
  result.target = action.target;
  result.queued = action.queued;
  result.retry = action.retry;
  result.error = error;
  if (action.kind == Action::Kind::send) {
    result.kind = Event::Kind::sent;
    result.signal.si_signo = action.number;
    write_down_send(node, action, error);
    write_down_stop(node, action, cause);
  } else {
    write_down_outcome(node, action, error, result);
  }
  take(node, result, broken);
  return node;
}

std::string call_name(const Action& action) {
  switch (action.kind) {
    case Action::Kind::find_group:
      return "look for the main command's group: ";
    case Action::Kind::suspend:
      return "suspend: ";
    case Action::Kind::offer_foreground:
      return "offer the foreground: ";
    case Action::Kind::count_oom_kills:
      return "count OOM kills: ";
    case Action::Kind::signal_others:
      return "signal the others: ";
    default:
      break;
  }
  constexpr const char* names[routes]{
      "send to the group: ", "send to the group with the value: ", "send to the main command: ",
      "send to the main command with the value: ", "send to all: "};
  return names[route_of(action.target, action.queued)];
}

void for_each_answer(const Node& node, const Visit& visit, const Broken& broken) {
  const Action& action = node.pending.back().action;
  const auto answer = [&](const char* words, int error) {
    visit(call_name(action) + words, answered(node, error, broken));
  };
  switch (action.kind) {
    case Action::Kind::send:
    case Action::Kind::find_group: {
      const int natural = action.kind == Action::Kind::send
                              ? natural_error(node.world, route_of(action.target, action.queued))
                          : node.world.gone ? ESRCH
                                            : 0;
      if (natural == 0) answer("done", 0);
      for (const Fault& fault : node.scope->faults) answer(fault.name, fault.error);
      const auto is_natural = [natural](const Fault& fault) { return fault.error == natural; };
      if (natural != 0 && std::ranges::none_of(node.scope->faults, is_natural)) answer("as it has to be", natural);
      return;
    }
    case Action::Kind::offer_foreground:
      answer("not to be had", EPERM);
      break;
    case Action::Kind::signal_others:
      answer("some refuse", EPERM);
      answer("nobody is there", ESRCH);
      if (!node.state.settings.is_pid1) answer("cannot be found", ENOENT);
      break;
    default:
      break;
  }
  answer("done", 0);
}

void for_each_move(const Node& node, const Visit& visit) {
  struct Move {
    bool World::*changed;
    const char* label;
  };
  constexpr std::array moves{Move{&World::left, "(main command changes its group)"},
                             Move{&World::refuses, "(main command changes its uid)"},
                             Move{&World::helper, "(helper comes or goes)"}};
  if (node.world.stopped_by != 0 && !node.world.ended) {
    Node next = node;
    next.world.stopped_by = 0;
    visit("(somebody continues the main command)", std::move(next));
  }
  if (!node.scope->main_moves) return;
  for (const Move& move : moves) {
    Node next = node;
    next.world.*move.changed = !(node.world.*move.changed);
    visit(move.label, std::move(next));
  }
  if (!node.state.settings.kernel_reaps || node.world.gone) return;
  Node next = node;
  next.world.gone = true;
  visit("(main command dies, and the kernel reaps it)", std::move(next));
}

// Independent of the policy's own: what is to become 0 does, if it was ours.
int expected_status(const Node& node, const Arrival& arrival) {
  const Settings& settings = node.state.settings;
  const Story& story = node.ledger.story;
  if (settings.exit_zero.contains(arrival.exit_status)) return 0;
  const int signal = arrival.event.status & 0x7f;
  const bool by_deadline = story.deadline && signal == SIGKILL;
  const bool by_us = signal != 0 && story.handed_on.contains(signal) && !by_deadline;
  return settings.exit_zero_forwarded && by_us ? 0 : arrival.exit_status;
}

Node with_arrival(Node next, const Arrival& arrival, const Broken& broken) {
  next.ledger.begin(&arrival, next.world.ended);
  const Event& event = arrival.event;
  const bool is_mains = event.kind == Event::Kind::child_changed && event.pid == main_command && !next.world.ended;
  if (is_mains && (event.status & 0xff) == 0x7f && event.status >> 16 == 0) {
    next.world.stopped_by = event.status >> 8 & 0xff;
  }
  if (is_mains && arrival.exit_status != Arrival::no_exit) {
    next.ledger.story.exit_status = expected_status(next, arrival);
    next.world.ended = true;
    next.world.stopped_by = 0;
  }
  if (next.asks_for_end() && !next.ledger.began_ended) next.ledger.story.stop_asked = true;
  if (event.kind == Event::Kind::time_is_up) next.world.due_ms[static_cast<std::size_t>(event.timer)] = World::not_set;
  take(next, event, broken);
  return next;
}

// What the world brings by itself: a time that comes due, the last one's end, and a process that has the main command's
// number once that is free.
void for_each_of_the_world(const Node& node, const Visit& visit, const Broken& broken) {
  static const std::array<Arrival, timer_count> times{
      Arrival{.label = "time to look at the terminal", .event = time_is_up(Timer::terminal)},
      Arrival{.label = "time to kill", .event = time_is_up(Timer::kill)},
      Arrival{.label = "time to end the others", .event = time_is_up(Timer::wait)}};
  static const Arrival gone{.label = "all are gone", .event = all_gone()};
  static const Arrival namesake{.label = "another process of the main command's number ends",
                                .event = child_changed(main_command, exited(9)),
                                .is_orphans_end = true};
  for (std::size_t timer = 0; timer < timer_count; ++timer) {
    if (node.world.due_ms[timer] == World::not_set) continue;
    visit(std::string(times[timer].label), with_arrival(node, times[timer], broken));
  }
  if (!node.world.ended) return;
  visit(std::string(namesake.label), with_arrival(node, namesake, broken));
  if (node.ledger.story.watching) visit(std::string(gone.label), with_arrival(node, gone, broken));
}

void for_each_arrival(const Node& node, const Visit& visit, const Broken& broken) {
  for (const Arrival& arrival : node.scope->arrivals) {
    const Event& event = arrival.event;
    if (node.world.ended && event.kind == Event::Kind::child_changed && event.pid == main_command) continue;
    visit(std::string(arrival.label), with_arrival(node, arrival, broken));
  }
  for_each_of_the_world(node, visit, broken);
}

}  // namespace

Route route_of(Target target, bool queued) {
  if (target == Target::all) return to_all;
  if (target == Target::group) return queued ? to_group_with_value : to_group;
  return queued ? to_main_with_value : to_main;
}

bool is_stop(int number) { return number == SIGSTOP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU; }

int Node::handed_as() const {
  if (ledger.arrival == nullptr || !ledger.arrival->forwarded) return 0;
  const int number = state.settings.rewrites.of(ledger.arrival->event.signal.si_signo);
  return is_stop(number) && state.settings.session ? SIGSTOP : number;
}

bool Node::asks_for_end() const {
  const Arrival* arrival = ledger.arrival;
  return arrival != nullptr && arrival->forwarded &&
         state.settings.stop_signals.contains(arrival->event.signal.si_signo);
}

bool Node::is_wake(int number) const {
  return number == SIGCONT && (handed_as() != SIGCONT || (state.settings.terminal && !ledger.began_ended));
}

Node start(const Settings& settings, const Scope& scope, const Broken& broken) {
  Node node{.state = state_with(settings), .scope = &scope};
  take(node, {.kind = Event::Kind::started}, broken);
  return node;
}

void for_each_next(const Node& node, const Visit& visit, const Broken& broken) {
  if (!node.rests()) return for_each_answer(node, visit, broken);
  if (node.ledger.story.exited) return;
  for_each_move(node, visit);
  for_each_arrival(node, visit, broken);
}

}  // namespace policy_test
