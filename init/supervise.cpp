#include "supervise.hpp"

#include <cerrno>

#include "kernel/init_reaps.hpp"
#include "kernel/kernel_reaps.hpp"

namespace foster {

namespace {

// An event, and all that follows from what its actions come to: each outcome takes the event's place and is handled
// before the next action, a few levels deep, for the policy tries nothing more than twice.
void handle(Effects& effects, State& state, Event& event) {  // NOLINT(misc-no-recursion)
  Actions actions;
  step(actions, state, event);
  for (const Action& action : actions) {
    if (effects.perform(action, event)) handle(effects, state, event);
  }
}

// Not inlined, for the sake of the stack and of short code.
template <class Source>
[[gnu::noinline]] bool next(Timers& timers, Event& event, Source& source) {
  const int limit_ms = timers.take_due(event);
  return limit_ms == 0 || source.next(event, limit_ms);
}

// What brings the events is the one thing that the loops differ in. Until init is to exit, or the children have to be
// seen by another source.
template <class Source>
void run(Source& source, State& state, Effects& effects, Event& event) {
  while (effects.exit_status() == Effects::no_exit &&
         (Source::sees_children || !effects.watches_children() || source.has_more())) {
    if (next(effects.timers(), event, source)) handle(effects, state, event);
  }
}

}  // namespace

// Not inlined: what the start needs on the stack is needed no more.
[[gnu::noinline]] int supervise(State& state, const Means& means, Report& report) {
  Settings& settings = state.settings;
  KernelReaps kernel(state.main, means.pidfd, means.room.signals);
  Phrase lacking = Phrase::keep_pidfd;
  const int error = means.pidfd < 0 ? EMFILE : kernel.take_over(settings.target, lacking);
  settings.kernel_reaps = error == 0;
  if (error != 0 && means.kernel_must_reap) report.failure(lacking, error);

  Effects effects(state, means, report);
  Event event{.kind = Event::Kind::started};
  handle(effects, state, event);
  if (settings.kernel_reaps) run(kernel, state, effects, event);
  const pid_t main = settings.kernel_reaps ? 0 : state.main;
  InitReaps init(main, settings.report_orphans, settings.terminal, effects.unseen());
  run(init, state, effects, event);
  return effects.exit_status();
}

}  // namespace foster
