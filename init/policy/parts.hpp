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
void hand_on(Actions& actions, const State& state, Target target, const siginfo_t& signal, int number);

// --- forwarding.cpp: a signal that arrived, and what came of sending it
void on_signal(Actions& actions, State& state, const siginfo_t& signal);
void on_sent(Actions& actions, State& state, const Event& event);
void on_group_found(Actions& actions, State& state, const Event& event);

// --- foreground.cpp: the terminal
bool is_terminal_stop(int number);
void suspend(Actions& actions, int number);
void on_resumed(Actions& actions, State& state);
void on_main_stopped(Actions& actions, State& state, int number);
void on_foreground(Actions& actions, State& state, const Event& event);
void look_at_terminal(Actions& actions, const State& state);
void offer_foreground(Actions& actions);

// --- end.cpp: the end of the main command, and of the container
void on_stop_asked(Actions& actions, State& state);
bool is_for_the_others(Actions& actions, State& state, int number);
void on_main_ended(Actions& actions, State& state, const Event& event);
void on_oom_kills_counted(Actions& actions, const State& state);
void on_other_ended(Actions& actions, const State& state);
void on_others_signalled(Actions& actions, State& state, const Event& event);
void on_all_gone(Actions& actions, const State& state);
void on_deadline(Actions& actions, State& state);
void end_others(Actions& actions, State& state);

}  // namespace foster
