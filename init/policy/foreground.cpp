#include <algorithm>

#include "policy/parts.hpp"

namespace foster {

namespace {

void continue_group(Actions& actions, State& state) {
  state.stop_sent = false;
  state.stopped_by = 0;
  send(actions, Target::group, SIGCONT);
}

}  // namespace

void suspend(Actions& actions, int number) {
  add(actions, Action::Kind::suspend).number = static_cast<std::uint8_t>(number);
}

bool is_terminal_stop(int number) { return number == SIGTSTP || number == SIGTTIN || number == SIGTTOU; }

void offer_foreground(Actions& actions) { add(actions, Action::Kind::offer_foreground); }

// A stop that was ordered, by SIGSTOP or through us, is left alone; one that the terminal brought is shared.
void on_main_stopped(Actions& actions, State& state, int number) {
  state.stopped_by = 0;
  if (!state.settings.terminal || !is_terminal_stop(number) || state.stop_sent) return;
  state.stopped_by = static_cast<std::uint8_t>(number);
  state.shared_stop = number == SIGTSTP;
  if (state.shared_stop) {
    suspend(actions, number);
  } else {
    offer_foreground(actions);
  }
}

// The CONT that woke a session's init is still to come, and is handed on.
void on_resumed(Actions& actions, State& state) {
  if (state.settings.session) return;
  if (state.settings.terminal) return offer_foreground(actions);
  continue_group(actions, state);
}

// A command that wants a terminal it does not have, and was continued at once, would only stop again. It stays stopped:
// with all of our group, for a shell above us to see. Where that has come to nothing the terminal is looked at again
// after 10 ms, then after twice as long each time, 1 s at most.
void on_foreground(Actions& actions, State& state, const Event& event) {
  constexpr int longest_ms = 1000;
  const bool has_it = event.error == 0;
  if (has_it || state.stopped_by == 0 || state.stopped_by == SIGTSTP) {
    if (has_it) state.next_look_ms = 0;
    continue_group(actions, state);
  } else if (!state.shared_stop) {
    state.shared_stop = true;
    suspend(actions, state.stopped_by);
  } else {
    state.next_look_ms = state.next_look_ms == 0 ? 10 : std::min(2 * state.next_look_ms, longest_ms);
    set_timer(actions, Timer::terminal, state.next_look_ms);
  }
}

// If somebody else has continued it in the meantime, that came by as a SIGCONT.
void look_at_terminal(Actions& actions, const State& state) {
  if (state.stopped_by != 0) offer_foreground(actions);
}

}  // namespace foster
