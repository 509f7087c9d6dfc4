#include "supervise.hpp"

#include <cerrno>

#include "kernel/init_reaps.hpp"
#include "kernel/kernel_reaps.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"

namespace foster {

namespace {

sys::Recipient recipient_of(Target target) {
  return target == Target::group ? sys::Recipient::group : sys::Recipient::process;
}

// An event, and all that follows from what its actions come to.
class Performer {
 public:
  Performer(State& state, int pidfd, Report& report) : state_(state), pidfd_(pidfd), report_(report) {}

  // True once init is to exit. Each result is handled before the next action, a few levels deep: the policy tries
  // nothing more than twice.
  bool handle(const Event& event) {  // NOLINT(misc-no-recursion)
    for (const Action& action : step(state_, event)) perform(action, event);
    return exits_;
  }

  [[nodiscard]] int exit_status() const { return exit_status_; }

 private:
  void perform(const Action& action, const Event& event) {  // NOLINT(misc-no-recursion)
    switch (action.kind) {
      case Action::Kind::send:
      case Action::Kind::find_group:
        handle(result_of(action, event));
        break;
      case Action::Kind::report:
        if (!report_.wants(action.level)) break;
        compose(report_.line(), action.topic, event, state_.main);
        report_.send();
        break;
      case Action::Kind::exit:
        exits_ = true;
        exit_status_ = action.number;
        break;
    }
  }

  [[nodiscard]] Event result_of(const Action& action, const Event& event) const {
    Event result = event;
    result.target = action.target;
    result.queued = action.queued;
    result.retry = action.retry;
    if (action.kind == Action::Kind::send) {
      result.kind = Event::Kind::sent;
      result.signal.si_signo = action.number;
      result.error = send(action, event).error();
    } else {
      const auto group = sys::group_of(state_.main);
      result.kind = Event::Kind::group_found;
      result.pid = group.value();
      result.error = group.error();
    }
    return result;
  }

  // Where the kernel reaps, the pid may be a stranger's by now, and only the pidfd is safe.
  [[nodiscard]] sys::Done send(const Action& action, const Event& event) const {
    const siginfo_t* const info = action.queued ? &event.signal : nullptr;
    if (pidfd_ >= 0) return sys::send_signal_by(pidfd_, recipient_of(action.target), action.number, info);
    if (info != nullptr) return sys::queue_signal(state_.main, *info);
    return action.target == Target::group ? sys::send_signal_to_group(state_.main, action.number)
                                          : sys::send_signal(state_.main, action.number);
  }

  State& state_;
  int pidfd_;
  Report& report_;
  bool exits_ = false;
  int exit_status_ = 0;
};

// What brings the events is the one thing that the loops differ in.
template <class Source>
int run(Source& source, Performer& performer) {
  for (Event event{.kind = Event::Kind::started}; !performer.handle(event);) source.next(event);
  return performer.exit_status();
}

}  // namespace

// Not inlined: what the start needs on the stack is needed no more.
[[gnu::noinline]] int supervise(State& state, int pidfd, bool must, Report& report, std::span<signalfd_siginfo> room) {
  KernelReaps kernel(state.main, pidfd, room);
  const Lack lack = pidfd < 0 ? Lack{"keep a pidfd", EMFILE} : kernel.take_over(recipient_of(state.settings.target));
  if (lack.what == nullptr) {
    state.settings.kernel_reaps = true;
    Performer performer(state, pidfd, report);
    return run(kernel, performer);
  }
  if (must) report.failure(lack.what, lack.error);
  InitReaps source(state.settings.report_orphans);
  Performer performer(state, sys::no_descriptor, report);
  return run(source, performer);
}

}  // namespace foster
