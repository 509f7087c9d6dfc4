#include "effects.hpp"

#include <cerrno>

#include "kernel/descendants.hpp"
#include "kernel/oom.hpp"
#include "kernel/termination_log.hpp"
#include "messages.hpp"
#include "policy/exit_status.hpp"

namespace foster {

void Effects::watch_children() {
  watches_children_ = true;
  // Before anybody is told to end: what the kernel reaped could not be seen to leave others behind.
  if (state_.settings.kernel_reaps) unseen_ = !sys::twice([] { return sys::reset_signal(SIGCHLD); });
}

// What is left for the cluster to read is written however quiet we are to be.
[[gnu::noinline]] void Effects::tell(const Action& action, Event& event) {
  const bool is_end = action.topic == Topic::main_ended && signal_of_end(event.status) != 0;
  const char* const log = is_end ? means_.termination_log : nullptr;
  if (log == nullptr && !report_.wants(action.level)) return;
  if (action.topic == Topic::stop_asked) {
    read_name(event.signal.si_pid, sender_);
    event.name = sender_.data();
  }
  Text& line = report_.line();
  compose(line, action.topic, event, state_);
  if (log != nullptr) write_termination_log(log, line.view());
  if (report_.wants(action.level)) report_.send();
}

sys::Result<pid_t> Effects::find_group(Event& event) const {
  const auto group = sys::group_of(state_.main);
  event.pid = group.value();
  return group;
}

// By its number, and with all that the event's signal carries. Where the kernel reaps, by the pidfd: a number may be a
// stranger's by now.
sys::Done Effects::send(Target target, const Event& event) const {
  const int number = event.signal.si_signo;
  if (target == Target::all) return sys::send_signal_to_all(number);
  const bool to_group = target == Target::group;
  const siginfo_t* const info = event.queued ? &event.signal : nullptr;
  if (state_.settings.kernel_reaps) {
    const auto recipient = to_group ? sys::Recipient::group : sys::Recipient::process;
    return sys::send_signal_by(means_.pidfd, recipient, number, info);
  }
  if (info != nullptr) return sys::queue_signal(state_.main, *info);
  return to_group ? sys::send_signal_to_group(state_.main, number) : sys::send_signal(state_.main, number);
}

// 0 or the errno; ESRCH: nobody is there. Like all that is seldom done, not inlined: its room on the stack would be
// taken each time.
[[gnu::noinline]] int Effects::signal_others(int number) {
  if (state_.settings.is_pid1) {
    return sys::twice([&] { return sys::send_signal_to_all(number); }).error();
  }
  // Of a KILL nobody is to miss anything; of a TERM nobody is to have two.
  const std::int64_t since_ms = number == SIGKILL ? 0 : last_look_ms_;
  last_look_ms_ = sys::now_ms();
  return signal_descendants(state_.self, number, since_ms);
}

[[gnu::noinline]] void Effects::suspend(int number) const {
  if (state_.settings.session) {
    suspend_self(number);
  } else {
    suspend_own_group(number);
  }
}

// A case for each kind of action.
// NOLINTNEXTLINE(readability-function-size)
[[gnu::noinline]] bool Effects::perform(const Action& action, Event& event) {
  switch (action.kind) {
    case Action::Kind::report:
      tell(action, event);
      return false;
    case Action::Kind::set_timer:
      timers_.set(action.timer, action.delay_ms);
      return false;
    case Action::Kind::watch_children:
      watch_children();
      return false;
    case Action::Kind::exit:
      exit_status_ = action.number;
      return false;
    default:
      break;
  }
  event.target = action.target;
  event.queued = action.queued;
  event.retry = action.retry;
  if (action.number != 0) event.signal.si_signo = action.number;
  switch (action.kind) {
    case Action::Kind::send:
      event.kind = Event::Kind::sent;
      event.error = send(action.target, event).error();
      break;
    case Action::Kind::suspend:
      event.kind = Event::Kind::resumed;
      suspend(action.number);
      break;
    case Action::Kind::offer_foreground:
      event.kind = Event::Kind::foreground;
      event.error = offer_foreground(means_.terminal, state_.main) ? 0 : EPERM;
      break;
    case Action::Kind::count_oom_kills:
      event.kind = Event::Kind::oom_kills_counted;
      event.count = count_oom_kills(means_.room.path);
      break;
    case Action::Kind::signal_others:
      event.kind = Event::Kind::others_signalled;
      event.error = signal_others(action.number);
      break;
    default:
      event.kind = Event::Kind::group_found;
      event.error = find_group(event).error();
      break;
  }
  return true;
}

}  // namespace foster
