#include "policy/parts.hpp"

namespace foster {

Action& add(Actions& actions, Action::Kind kind) {
  Action& action = actions.add();
  action.kind = kind;
  return action;
}

Action& send(Actions& actions, Target target, int number) {
  Action& action = add(actions, Action::Kind::send);
  action.target = target;
  action.number = static_cast<std::uint8_t>(number);
  return action;
}

void hand_on(Actions& actions, const State& state, const Event& event, Target target, int number) {
  // Without a pidfd a group takes no value: kill(2) is all that there is for it, as for all processes.
  const bool takes_value = target == Target::child || (target == Target::group && state.settings.kernel_reaps);
  send(actions, target, number).queued = takes_value && event.signal.si_code == SI_QUEUE;
}

void report(Actions& actions, Topic topic, Level level) {
  Action& action = add(actions, Action::Kind::report);
  action.topic = topic;
  action.level = level;
}

void report_once(Actions& actions, SignalSet& told, int number, Topic topic) {
  if (told.contains(number)) return;
  told.add(number);
  report(actions, topic, Level::warning);
}

void set_timer(Actions& actions, Timer timer, int delay_ms) {
  Action& action = add(actions, Action::Kind::set_timer);
  action.timer = timer;
  action.delay_ms = delay_ms;
}

}  // namespace foster
