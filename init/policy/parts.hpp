// The parts of policy.cpp's one decision, each in a file of its own: what they share.
#pragma once

#include "policy/policy.hpp"

namespace foster {

// --- what several of them do
Action& add(Actions& actions, Action::Kind kind);
Action& send(Actions& actions, Target target, int number);
void report(Actions& actions, Topic topic, Level level);
void report_once(Actions& actions, SignalSet& told, int number, Topic topic);
void set_timer(Actions& actions, Timer timer, int delay_ms);
// The event's signal, as `number`, with the value that it carries if the target can take one.
void hand_on(Actions& actions, const State& state, const Event& event, Target target, int number);

// --- forwarding.cpp: a signal that arrived, and what came of sending it
[[gnu::noinline]] void on_signal(Actions& actions, State& state, const Event& event);
[[gnu::noinline]] void on_sent(Actions& actions, State& state, const Event& event);
[[gnu::noinline]] void on_group_found(Actions& actions, State& state, const Event& event);

// --- foreground.cpp: the terminal
[[gnu::noinline]] bool is_terminal_stop(int number);
[[gnu::noinline]] void suspend(Actions& actions, int number);
[[gnu::noinline]] void on_resumed(Actions& actions, State& state);
[[gnu::noinline]] void on_main_stopped(Actions& actions, State& state, int number);
[[gnu::noinline]] void on_foreground(Actions& actions, State& state, const Event& event);
[[gnu::noinline]] void look_at_terminal(Actions& actions, const State& state);
[[gnu::noinline]] void offer_foreground(Actions& actions);

// --- end.cpp: the end of the main command, and of the container
[[gnu::noinline]] void on_stop_asked(Actions& actions, State& state);
[[gnu::noinline]] bool is_for_the_others(Actions& actions, State& state, int number);
[[gnu::noinline]] void on_main_ended(Actions& actions, State& state, const Event& event);
[[gnu::noinline]] void on_oom_kills_counted(Actions& actions, const State& state);
[[gnu::noinline]] void on_other_ended(Actions& actions, const State& state);
[[gnu::noinline]] void on_others_signalled(Actions& actions, State& state, const Event& event);
[[gnu::noinline]] void on_all_gone(Actions& actions, const State& state);
[[gnu::noinline]] void on_deadline(Actions& actions, State& state);
[[gnu::noinline]] void end_others(Actions& actions, State& state);

}  // namespace foster
