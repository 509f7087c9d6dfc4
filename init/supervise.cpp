#include "supervise.hpp"

#include "kernel/init_reaps.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// An event, and all that follows from what its actions come to.
class Performer {
 public:
  Performer(State& state, Report& report) : state_(state), report_(report) {}

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

  [[nodiscard]] sys::Done send(const Action& action, const Event& event) const {
    if (action.queued) return sys::queue_signal(state_.main, event.signal);
    return action.target == Target::group ? sys::send_signal_to_group(state_.main, action.number)
                                          : sys::send_signal(state_.main, action.number);
  }

  State& state_;
  Report& report_;
  bool exits_ = false;
  int exit_status_ = 0;
};

// What brings the events is the one thing that the loops differ in.
template <class Source>
int run(Source source, State& state, Report& report) {
  Performer performer(state, report);
  for (Event event{.kind = Event::Kind::started}; !performer.handle(event);) event = source.next();
  return performer.exit_status();
}

}  // namespace

int supervise(State& state, Report& report) { return run(InitReaps(state.settings.report_orphans), state, report); }

}  // namespace foster
