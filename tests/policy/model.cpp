#include "model.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include "promises.hpp"

namespace policy_test {

namespace {

struct Fault {
  int error;
  const char* name;
};
constexpr std::array faults{Fault{EPERM, "EPERM"}, Fault{ESRCH, "ESRCH"}, Fault{EAGAIN, "EAGAIN"}};

bool goes_to_group(Route route) { return route == to_group || route == to_group_with_value; }

// What a send comes to where no call fails by itself.
int natural_error(const World& world, Route route) {
  const bool main_lives = !world.ended && !world.gone;
  const bool main_takes = main_lives && !world.refuses;
  if (!goes_to_group(route)) return main_takes ? 0 : main_lives ? EPERM : ESRCH;
  const bool main_is_in = main_lives && !world.left;
  if (world.helper || (main_is_in && main_takes)) return 0;
  return main_is_in ? EPERM : ESRCH;
}

// No further than it matters: a policy that goes on for ever is still explored to its end.
void count(std::uint8_t& counter, bool happened = true) {
  if (happened && counter < 3) ++counter;
}

// What the promises tell apart: at the end, whether nobody was there; before it, whether the value was the reason.
int as_it_matters(int error, const World& world, const Action& action) {
  if (error == 0 || world.ended) return error;
  return action.queued && error == EAGAIN ? EAGAIN : EPERM;
}

void write_down_send(Ledger& ledger, const World& world, const Action& action, int error) {
  const Route route = route_of(action.target, action.queued);
  count(ledger.tries[route]);
  ledger.last_error[route] = as_it_matters(error, world, action);
  if (error != 0) return;
  const bool by_group = goes_to_group(route);
  const bool main_gets = !world.ended && !world.gone && !world.refuses && !(by_group && world.left);
  count(ledger.helper_got, by_group && world.helper);
  count(ledger.main_got, main_gets);
  count(ledger.main_got_alone, main_gets && !by_group);
  ledger.value_arrived = ledger.value_arrived || (main_gets && action.queued);
}

void write_down_report(Ledger& ledger, const Pending& said) {
  const int number = said.event.signal.si_signo;
  count(ledger.reports);
  count(ledger.orphan_reports, said.action.topic == Topic::orphan_reaped);
  if (said.action.topic == Topic::not_delivered) ledger.told_not_delivered.add(number);
  if (said.action.topic == Topic::group_unknown) ledger.told_group_unknown.add(number);
  if (said.action.topic == Topic::value_lost) ledger.told_value_lost.add(number);
}

// As supervise.cpp does it: reports and the exit at once, up to the first action whose result can differ.
void perform(Node& node, const Broken& broken) {
  while (!node.pending.empty()) {
    const Pending next = node.pending.back();
    node.pending.pop_back();
    check_action(node, next, broken);
    if (next.action.kind == Action::Kind::report) {
      write_down_report(node.ledger, next);
    } else if (next.action.kind == Action::Kind::exit) {
      node.ledger.exited = true;
    } else {
      node.pending.push_back(next);
      return;
    }
  }
  check_rest(node, broken);
  node.ledger.begin(nullptr);
}

void take(Node& node, const Event& event, const Broken& broken) {
  const Actions actions = step(node.state, event);
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
    write_down_send(node.ledger, node.world, action, error);
  } else {
    result.kind = Event::Kind::group_found;
    result.pid = error != 0 ? 0 : node.world.left ? another : main_command;
    count(node.ledger.lookups);
    node.ledger.lookup_error = error;
  }
  take(node, result, broken);
  return node;
}

std::string call_name(const Action& action) {
  if (action.kind == Action::Kind::find_group) return "look for the main command's group: ";
  constexpr const char* names[routes]{"send to the group: ", "send to the group with the value: ",
                                      "send to the main command: ", "send to the main command with the value: "};
  return names[route_of(action.target, action.queued)];
}

void for_each_answer(const Node& node, const Visit& visit, const Broken& broken) {
  const Action& action = node.pending.back().action;
  const bool is_send = action.kind == Action::Kind::send;
  const int natural = is_send           ? natural_error(node.world, route_of(action.target, action.queued))
                      : node.world.gone ? ESRCH
                                        : 0;
  if (natural == 0) visit(call_name(action) + "done", answered(node, 0, broken));
  for (const Fault& fault : faults) visit(call_name(action) + fault.name, answered(node, fault.error, broken));
}

void for_each_move(const Node& node, const Visit& visit) {
  struct Move {
    bool World::*changed;
    const char* label;
  };
  constexpr std::array moves{Move{&World::left, "(main command changes its group)"},
                             Move{&World::refuses, "(main command changes its uid)"},
                             Move{&World::helper, "(helper comes or goes)"}};
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

void for_each_arrival(const Node& node, const Visit& visit, const Broken& broken) {
  for (const Arrival& arrival : arrivals()) {
    Node next = node;
    next.ledger.begin(&arrival);
    next.world.ended = arrival.exit_status != Arrival::no_exit;
    take(next, arrival.event, broken);
    visit(std::string(arrival.label), std::move(next));
  }
}

template <class... Values>
void append(std::string& key, const Values&... values) {
  (key.append(reinterpret_cast<const char*>(&values), sizeof values), ...);
}

}  // namespace

Route route_of(Target target, bool queued) {
  if (target == Target::group) return queued ? to_group_with_value : to_group;
  return queued ? to_main_with_value : to_main;
}

std::string Node::key() const {
  std::string key;
  // Taken apart, so that a new member of the state cannot be forgotten here.
  const auto& [settings, own_pid, main_pid, ended, not_delivered, values_lost, group_unknown, wait_failure_told,
               status_unknown_told] = state;
  const auto& [target, report_orphans, terminate_rest, kernel_reaps] = settings;
  append(key, target, report_orphans, terminate_rest, kernel_reaps, own_pid, main_pid, ended, not_delivered,
         values_lost, group_unknown, wait_failure_told, status_unknown_told);
  append(key, world.left, world.refuses, world.helper, world.gone, world.ended);
  append(key, ledger.told_not_delivered, ledger.told_group_unknown, ledger.told_value_lost, ledger.exited,
         ledger.arrival, ledger.tries, ledger.last_error, ledger.lookups, ledger.lookup_error, ledger.main_got,
         ledger.main_got_alone, ledger.helper_got, ledger.value_arrived, ledger.reports, ledger.orphan_reports);
  for (const auto& [action, event] : pending) {
    append(key, action.kind, action.target, action.queued, action.retry, action.topic, action.level, action.number);
    append(key, event.kind, event.target, event.queued, event.retry, event.error, event.pid, event.status,
           event.signal.si_signo, event.signal.si_code, event.signal.si_pid);
  }
  return key;
}

Node start(const Settings& settings, const Broken& broken) {
  Node node{.state = state_with(settings)};
  take(node, {.kind = Event::Kind::started}, broken);
  return node;
}

void for_each_next(const Node& node, const Visit& visit, const Broken& broken) {
  if (!node.rests()) return for_each_answer(node, visit, broken);
  if (node.ledger.exited) return;
  for_each_move(node, visit);
  for_each_arrival(node, visit, broken);
}

}  // namespace policy_test
