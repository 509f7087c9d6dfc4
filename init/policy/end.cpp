#include <cerrno>

#include "policy/exit_status.hpp"
#include "policy/parts.hpp"

namespace foster {

namespace {

constexpr int usual_kill_after_ms = 10'000;

// What init exits with: the main command's own, unless it is one that stands for success here.
int status_of_end(const State& state, int wait_status) {
  const int code = exit_code(wait_status);
  const int signal = signal_of_end(wait_status);
  const bool by_us = signal != 0 && state.forwarded.contains(signal) && !(state.killed && signal == SIGKILL);
  const bool is_success = state.settings.exit_zero.contains(code) || (state.settings.exit_zero_forwarded && by_us);
  return is_success ? 0 : code;
}

void exit_now(Actions& actions, const State& state) {
  add(actions, Action::Kind::exit).number = static_cast<std::uint8_t>(state.exit_status);
}

void signal_others(Actions& actions, int number) {
  add(actions, Action::Kind::signal_others).number = static_cast<std::uint8_t>(number);
}

void begin_wait(Actions& actions, State& state) {
  add(actions, Action::Kind::watch_children);
  state.phase = Phase::waiting;
  // Where the stop was ordered already, it was ordered for all.
  if (state.stop_asked || state.settings.wait_ms == 0) {
    end_others(actions, state);
  } else if (state.settings.wait_ms > 0) {
    set_timer(actions, Timer::wait, state.settings.wait_ms);
  }
}

}  // namespace

void on_stop_asked(Actions& actions, State& state) {
  report(actions, Topic::stop_asked, Level::info);
  if (!state.stop_asked && state.settings.kill_after_ms >= 0) {
    set_timer(actions, Timer::kill, state.settings.kill_after_ms);
  }
  state.stop_asked = true;
}

// Once the main command has ended its number may be a stranger's, and so may its group's: a stop signal is for those
// who are left, and others have nobody to go to but all processes.
bool is_for_the_others(Actions& actions, State& state, int number) {
  if (state.phase == Phase::running) return false;
  if (state.settings.stop_signals.contains(number)) {
    if (state.phase == Phase::waiting) end_others(actions, state);
  } else if (const int to = state.settings.rewrites.of(number); state.settings.target == Target::all) {
    if (to != 0) send(actions, Target::all, to);
  } else {
    report_once(actions, state.not_delivered, number, Topic::dropped);
  }
  return true;
}

void end_others(Actions& actions, State& state) {
  const int given_ms = state.settings.kill_after_ms;
  if (state.killed) {
    // The time that was given for all of it is over.
    state.phase = Phase::killing;
    signal_others(actions, SIGKILL);
    return;
  }
  state.phase = Phase::ending;
  signal_others(actions, SIGTERM);
  // Since the first stop signal it runs already.
  if (!state.stop_asked || given_ms < 0) set_timer(actions, Timer::kill, given_ms < 0 ? usual_kill_after_ms : given_ms);
}

void on_deadline(Actions& actions, State& state) {
  report(actions, Topic::deadline, Level::warning);
  if (state.phase == Phase::running) {
    state.killed = true;
    // With --target=child as well: what it has started is to be gone.
    send(actions, state.settings.target == Target::all ? Target::all : Target::group, SIGKILL);
  } else {
    state.phase = Phase::killing;
    signal_others(actions, SIGKILL);
  }
}

void on_main_ended(Actions& actions, State& state, const Event& event) {
  state.exit_status = status_of_end(state, event.status);
  state.stopped_by = 0;
  if (signal_of_end(event.status) != 0) {
    add(actions, Action::Kind::count_oom_kills);
  } else {
    report(actions, Topic::main_ended, Level::info);
  }
  if (state.settings.wait) return begin_wait(actions, state);
  state.phase = Phase::ending;
  if (state.settings.terminate_rest && state.settings.target != Target::child) {
    send(actions, state.settings.target, SIGTERM);
  }
  exit_now(actions, state);
}

void on_oom_kills_counted(Actions& actions, const State& state) {
  report(actions, Topic::main_ended, state.settings.explains_end ? Level::warning : Level::info);
}

// Below us what a child leaves behind comes to us now, and has not been signalled.
void on_other_ended(Actions& actions, const State& state) {
  if (state.settings.is_pid1) return;
  if (state.phase == Phase::ending) signal_others(actions, SIGTERM);
  if (state.phase == Phase::killing) signal_others(actions, SIGKILL);
}

void on_others_signalled(Actions& actions, State& state, const Event& event) {
  if (event.error == 0) return;
  const int number = event.signal.si_signo;
  const bool unseen = event.error == ENOENT;
  const bool is_first = !state.others_unseen_told;
  // Nobody there is what one hopes for.
  if (event.error != ESRCH) {
    if (is_first) report(actions, unseen ? Topic::others_unseen : Topic::others_refuse, Level::warning);
    state.others_unseen_told = true;
  }
  // What is left of the group can be signalled without being seen, but is not to have a second TERM.
  if (unseen && (is_first || number == SIGKILL)) send(actions, Target::group, number);
  // After a KILL there is nothing more to try, and PID 1 takes all with it.
  if (state.settings.is_pid1 && state.phase == Phase::killing) exit_now(actions, state);
}

void on_all_gone(Actions& actions, const State& state) { exit_now(actions, state); }

}  // namespace foster
