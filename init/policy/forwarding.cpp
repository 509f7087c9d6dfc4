#include <cerrno>

#include "policy/parts.hpp"

namespace foster {

namespace {

void try_again(Actions& actions, const Event& sent) {
  Action& action = send(actions, sent.target, sent.signal.si_signo);
  action.queued = sent.queued;
  action.retry = true;
}

bool is_handed_on(const State& state, const siginfo_t& signal) {
  if (signal.si_signo == SIGCHLD) return false;
  // Raised by a message of our own, written to a broken pipe or to a file as large as it may be: no business of the
  // command, and a message about it would raise the next one.
  const bool by_writing = signal.si_signo == SIGPIPE || signal.si_signo == SIGXFSZ;
  return !by_writing || signal.si_pid != state.self;
}

void on_delivered(Actions& actions, State& state, const Event& event) {
  if (!state.killed) state.forwarded.add(event.signal.si_signo);
  report(actions, Topic::forwarded, Level::debug);
  // The group takes a signal even if only a helper is left in it: ask where the main command is.
  if (event.target == Target::group) add(actions, Action::Kind::find_group);
}

void on_refused(Actions& actions, State& state, const Event& event) {
  const int number = event.signal.si_signo;
  if (!event.retry) {
    try_again(actions, event);
  } else if (event.queued && event.error != EPERM && event.error != ESRCH) {
    // The receiver's queue is full, or queueing is forbidden: the signal matters more than its value.
    report_once(actions, state.values_lost, number, Topic::value_lost);
    send(actions, event.target, number);
  } else if (event.target != Target::child) {
    // Nobody of the group could be reached, so the main command has left it, or refuses by itself.
    hand_on(actions, state, event, Target::child, number);
  } else {
    report_once(actions, state.not_delivered, number, Topic::not_delivered);
  }
}

// After the main command's end there is nobody left to tell; an empty group (ESRCH) is what one hopes for, and asked
// about twice only by who waits for the others.
void on_sent_at_the_end(Actions& actions, const State& state, const Event& event) {
  const bool is_answer = event.error == 0 || (event.error == ESRCH && !state.settings.wait);
  if (!is_answer && !event.retry) try_again(actions, event);
}

// A stop that the terminal itself sends to us (SI_KERNEL) is no order: the command was not in its foreground, and we
// were, so we share it. A session of its own is an orphaned group, in which the kernel discards the terminal's stops:
// there they go on as SIGSTOP.
void hand_on_stop(Actions& actions, State& state, const Event& event, int number) {
  const bool session = state.settings.session;
  const bool by_terminal = event.signal.si_code == SI_KERNEL;
  state.stop_sent = state.stop_sent || !by_terminal;
  state.stopped_by = 0;
  hand_on(actions, state, event, state.settings.target, session ? SIGSTOP : number);
  if (session || by_terminal) suspend(actions, number);
}

}  // namespace

void on_signal(Actions& actions, State& state, const Event& event) {
  int number = event.signal.si_signo;
  if (!is_handed_on(state, event.signal) || is_for_the_others(actions, state, number)) return;
  // Judged as it came, whatever it is handed on as.
  if (state.settings.stop_signals.contains(number)) on_stop_asked(actions, state);
  number = state.settings.rewrites.of(number);
  if (number == 0) {
    report(actions, Topic::dropped, Level::debug);
  } else if (state.settings.terminal && number == SIGCONT) {
    // "fg" and "bg" of a shell above us: the CONT follows when it is known whose the terminal is.
    state.stopped_by = 0;
    offer_foreground(actions);
  } else if (is_terminal_stop(number)) {
    hand_on_stop(actions, state, event, number);
  } else {
    hand_on(actions, state, event, state.settings.target, number);
  }
}

void on_sent(Actions& actions, State& state, const Event& event) {
  if (state.phase != Phase::running) {
    on_sent_at_the_end(actions, state, event);
  } else if (event.error == 0) {
    on_delivered(actions, state, event);
  } else {
    on_refused(actions, state, event);
  }
}

void on_group_found(Actions& actions, State& state, const Event& event) {
  if (event.error == 0) {
    if (event.pid != state.main) hand_on(actions, state, event, Target::child, event.signal.si_signo);
  } else if (!event.retry) {
    add(actions, Action::Kind::find_group).retry = true;
  } else if (!state.settings.kernel_reaps || event.error != ESRCH) {
    // Sent to the main command as well, it might get it twice. Where the kernel reaps, no such process is no news: it
    // has ended, as often as not by this signal.
    report_once(actions, state.group_unknown, event.signal.si_signo, Topic::group_unknown);
  }
}

}  // namespace foster
