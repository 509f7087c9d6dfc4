#include "supervise.hpp"

#include <sys/wait.h>

#include <cerrno>

#include "kernel/init_reaps.hpp"
#include "kernel/kernel_reaps.hpp"
#include "kernel/termination_log.hpp"
#include "messages.hpp"
#include "timers.hpp"

namespace foster {

namespace {

// An event, and all that follows from what its actions come to.
class Performer {
 public:
  Performer(State& state, int pidfd, const Means& means, Report& report)
      : state_(state), effects_(state, pidfd, means), log_(means.termination_log), report_(report) {}

  // True once this loop is over. Each result is handled before the next action, a few levels deep: the policy tries
  // nothing more than twice.
  bool handle(const Event& event) {  // NOLINT(misc-no-recursion)
    for (const Action& action : step(state_, event)) perform(action, event);
    return exits_;
  }

  Timers& timers() { return timers_; }
  [[nodiscard]] bool watches_children() const { return watches_children_; }
  [[nodiscard]] bool unseen() const { return unseen_; }  // SIGCHLD is still ignored
  [[nodiscard]] int exit_status() const { return exit_status_; }

 private:
  void perform(const Action& action, const Event& event) {  // NOLINT(misc-no-recursion)
    switch (action.kind) {
      case Action::Kind::report:
        tell(action, event);
        break;
      case Action::Kind::set_timer:
        timers_.set(action.timer, action.delay_ms);
        break;
      case Action::Kind::watch_children:
        watches_children_ = true;
        // Before anybody is told to end: what the kernel reaped could not be seen to leave others behind.
        if (state_.settings.kernel_reaps) unseen_ = !sys::twice([] { return sys::reset_signal(SIGCHLD); });
        break;
      case Action::Kind::exit:
        exits_ = true;
        exit_status_ = action.number;
        break;
      default: {
        Event result;
        effects_.perform(action, event, result);
        handle(result);
        break;
      }
    }
  }

  // What is left for the cluster to read is written however quiet we are to be.
  void tell(const Action& action, const Event& event) {
    const bool logs = log_ != nullptr && action.topic == Topic::main_ended && WIFSIGNALED(event.status);
    const bool speaks = report_.wants(action.level);
    if (!logs && !speaks) return;
    ProcessName sender{};
    if (action.topic == Topic::stop_asked) read_name(event.signal.si_pid, sender);
    Text& line = report_.line();
    compose(line, action.topic, event, state_, sender.data());
    if (logs) write_termination_log(log_, line.view());
    if (speaks) report_.send();
  }

  State& state_;
  Effects effects_;
  Timers timers_;
  const char* log_;
  Report& report_;
  bool watches_children_ = false;
  bool unseen_ = false;
  bool exits_ = false;
  int exit_status_ = 0;
};

// What brings the events is the one thing that the loops differ in.
// True once init is to exit, false once the children have to be seen, by another source.
template <class Source>
bool run(Source& source, Performer& performer) {
  Event event;
  bool is_over = false;
  while (!is_over && (Source::sees_children || !performer.watches_children() || source.has_more())) {
    int limit_ms = 0;
    if (performer.timers().take_due(event.timer, limit_ms)) {
      event.kind = Event::Kind::time_is_up;
    } else if (!source.next(event, limit_ms)) {
      continue;
    }
    is_over = performer.handle(event);
  }
  return is_over;
}

}  // namespace

// Not inlined: what the start needs on the stack is needed no more.
[[gnu::noinline]] int supervise(State& state, const Means& means, Report& report) {
  KernelReaps kernel(state.main, means.pidfd, means.room.signals);
  const Lack lack = means.pidfd < 0 ? Lack{"keep a pidfd", EMFILE} : kernel.take_over(state.settings.target);
  state.settings.kernel_reaps = lack.what == nullptr;
  if (!state.settings.kernel_reaps && means.kernel_must_reap) report.failure(lack.what, lack.error);

  Performer performer(state, state.settings.kernel_reaps ? means.pidfd : sys::no_descriptor, means, report);
  bool is_over = performer.handle({.kind = Event::Kind::started});
  pid_t main = state.main;
  if (state.settings.kernel_reaps) {
    is_over = run(kernel, performer);
    main = 0;
  }
  if (!is_over) {
    InitReaps init(main, state.settings.report_orphans, state.settings.terminal, performer.unseen());
    run(init, performer);
  }
  return performer.exit_status();
}

}  // namespace foster
