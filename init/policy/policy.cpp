#include "policy/policy.hpp"

#include <cerrno>

#include "policy/exit_status.hpp"

namespace foster {

namespace {

Action& send(Actions& actions, Target target, int number) {
  Action& action = actions.add();
  action.kind = Action::Kind::send;
  action.target = target;
  action.number = static_cast<std::uint8_t>(number);
  return action;
}

void hand_on(Actions& actions, const State& state, Target target, const siginfo_t& signal) {
  // Without a pidfd a group takes no value: kill(2) is all that there is for it.
  const bool takes_value = target == Target::child || state.settings.kernel_reaps;
  send(actions, target, signal.si_signo).queued = takes_value && signal.si_code == SI_QUEUE;
}

void try_again(Actions& actions, const Event& sent) {
  Action& action = send(actions, sent.target, sent.signal.si_signo);
  action.queued = sent.queued;
  action.retry = true;
}

Action& find_group(Actions& actions) {
  Action& action = actions.add();
  action.kind = Action::Kind::find_group;
  return action;
}

void report(Actions& actions, Topic topic, Level level) {
  Action& action = actions.add();
  action.kind = Action::Kind::report;
  action.topic = topic;
  action.level = level;
}

void report_once(Actions& actions, SignalSet& told, int number, Topic topic) {
  if (told.contains(number)) return;
  told.add(number);
  report(actions, topic, Level::warning);
}

bool is_handed_on(const State& state, const siginfo_t& signal) {
  if (signal.si_signo == SIGCHLD) return false;
  // Raised by a message of our own, written to a broken pipe or to a file as large as it may be: no business of the
  // command, and a message about it would raise the next one.
  const bool by_writing = signal.si_signo == SIGPIPE || signal.si_signo == SIGXFSZ;
  return !by_writing || signal.si_pid != state.self;
}

void on_signal(Actions& actions, const State& state, const siginfo_t& signal) {
  if (is_handed_on(state, signal)) hand_on(actions, state, state.settings.target, signal);
}

void on_delivered(Actions& actions, const Event& event) {
  report(actions, Topic::forwarded, Level::debug);
  // The group takes a signal even if only a helper is left in it: ask where the main command is.
  if (event.target == Target::group) find_group(actions);
}

void on_refused(Actions& actions, State& state, const Event& event) {
  const int number = event.signal.si_signo;
  if (!event.retry) {
    try_again(actions, event);
  } else if (event.queued && event.error != EPERM && event.error != ESRCH) {
    // The receiver's queue is full, or queueing is forbidden: the signal matters more than its value.
    report_once(actions, state.values_lost, number, Topic::value_lost);
    send(actions, event.target, number);
  } else if (event.target == Target::group) {
    // Nobody of the group could be reached, so the main command has left it, or refuses by itself.
    hand_on(actions, state, Target::child, event.signal);
  } else {
    report_once(actions, state.not_delivered, number, Topic::not_delivered);
  }
}

// After the main command's end there is nobody left to tell; an empty group (ESRCH) is what one hopes for.
void on_sent_at_the_end(Actions& actions, const Event& event) {
  if (event.error != 0 && event.error != ESRCH && !event.retry) try_again(actions, event);
}

void on_group_found(Actions& actions, State& state, const Event& event) {
  if (event.error != 0) {
    if (!event.retry) {
      find_group(actions).retry = true;
    } else if (!state.settings.kernel_reaps || event.error != ESRCH) {
      // Sent to the main command as well, it might get it twice. Where the kernel reaps, no such process is no news: it
      // has ended, as often as not by this signal.
      report_once(actions, state.group_unknown, event.signal.si_signo, Topic::group_unknown);
    }
  } else if (event.pid != state.main) {
    hand_on(actions, state, Target::child, event.signal);
  }
}

void on_main_ended(Actions& actions, State& state, int status) {
  state.ended = true;
  report(actions, Topic::main_ended, Level::info);
  if (state.settings.terminate_rest && state.settings.target == Target::group) {
    send(actions, Target::group, SIGTERM);
  }
  Action& action = actions.add();
  action.kind = Action::Kind::exit;
  action.number = static_cast<std::uint8_t>(exit_code(status));
}

void on_child_ended(Actions& actions, State& state, const Event& event) {
  if (!has_ended(event.status)) return;
  if (event.pid == state.main) return on_main_ended(actions, state, event.status);
  // Asked for by its own option, so that --quiet does not silence it.
  if (state.settings.report_orphans) report(actions, Topic::orphan_reaped, Level::error);
}

}  // namespace

Actions step(State& state, const Event& event) {
  Actions actions;
  switch (event.kind) {
    case Event::Kind::started:
      report(actions, Topic::main_started, Level::info);
      break;
    case Event::Kind::signal_arrived:
      on_signal(actions, state, event.signal);
      break;
    case Event::Kind::child_ended:
      on_child_ended(actions, state, event);
      break;
    case Event::Kind::sent:
      if (state.ended) {
        on_sent_at_the_end(actions, event);
      } else if (event.error == 0) {
        on_delivered(actions, event);
      } else {
        on_refused(actions, state, event);
      }
      break;
    case Event::Kind::group_found:
      on_group_found(actions, state, event);
      break;
    case Event::Kind::wait_failed:
      if (!state.wait_failure_told) report(actions, Topic::wait_failed, Level::error);
      state.wait_failure_told = true;
      break;
    case Event::Kind::status_unknown:
      if (!state.status_unknown_told) report(actions, Topic::status_unknown, Level::error);
      state.status_unknown_told = true;
      break;
  }
  return actions;
}

}  // namespace foster
