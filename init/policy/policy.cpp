#include "policy/policy.hpp"

#include <sys/wait.h>

#include "policy/parts.hpp"

namespace foster {

namespace {

[[gnu::noinline]] void on_child_changed(Actions& actions, State& state, const Event& event) {
  const bool ended = has_ended(event.status);
  if (event.pid == state.main && state.phase == Phase::running) {
    if (ended) return on_main_ended(actions, state, event);
    return on_main_stopped(actions, state, WSTOPSIG(event.status));
  }
  if (!ended) return;
  // Asked for by its own option, so that --quiet does not silence it.
  if (state.settings.report_orphans) report(actions, Topic::orphan_reaped, Level::error);
  on_other_ended(actions, state);
}

[[gnu::noinline]] void on_time_is_up(Actions& actions, State& state, const Event& event) {
  if (event.timer == Timer::terminal) return look_at_terminal(actions, state);
  if (event.timer == Timer::kill) return on_deadline(actions, state);
  if (state.phase == Phase::waiting) end_others(actions, state);
}

[[gnu::noinline]] void tell(Actions& actions, bool& told, Topic topic) {
  if (!told) report(actions, topic, Level::error);
  told = true;
}

}  // namespace

// A case for each kind of event.
// NOLINTNEXTLINE(readability-function-size)
[[gnu::noinline]] void step(Actions& actions, State& state, const Event& event) {
  switch (event.kind) {
    case Event::Kind::started:
      report(actions, Topic::main_started, Level::info);
      break;
    case Event::Kind::signal_arrived:
      on_signal(actions, state, event);
      break;
    case Event::Kind::child_changed:
      on_child_changed(actions, state, event);
      break;
    case Event::Kind::time_is_up:
      on_time_is_up(actions, state, event);
      break;
    case Event::Kind::sent:
      on_sent(actions, state, event);
      break;
    case Event::Kind::group_found:
      on_group_found(actions, state, event);
      break;
    case Event::Kind::resumed:
      on_resumed(actions, state);
      break;
    case Event::Kind::foreground:
      on_foreground(actions, state, event);
      break;
    case Event::Kind::oom_kills_counted:
      on_oom_kills_counted(actions, state);
      break;
    case Event::Kind::others_signalled:
      on_others_signalled(actions, state, event);
      break;
    case Event::Kind::all_gone:
      on_all_gone(actions, state);
      break;
    case Event::Kind::wait_failed:
      tell(actions, state.wait_failure_told, Topic::wait_failed);
      break;
    case Event::Kind::status_unknown:
      tell(actions, state.status_unknown_told, Topic::status_unknown);
      break;
  }
}

}  // namespace foster
