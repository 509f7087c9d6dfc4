#include "effects.hpp"

#include <cerrno>

#include "kernel/descendants.hpp"
#include "kernel/oom.hpp"

namespace foster {

void Effects::find_group(Event& result) const {
  const auto group = sys::group_of(state_.main);
  result.kind = Event::Kind::group_found;
  result.pid = group.value();
  result.error = group.error();
}

sys::Done Effects::send(const Action& action, const Event& event) const {
  const int number = action.number;
  if (action.target == Target::all) return sys::send_signal_to_all(number);
  siginfo_t info = event.signal;
  info.si_signo = number;
  if (pidfd_ >= 0) {
    const auto recipient = action.target == Target::group ? sys::Recipient::group : sys::Recipient::process;
    return sys::send_signal_by(pidfd_, recipient, number, action.queued ? &info : nullptr);
  }
  if (action.queued) return sys::queue_signal(state_.main, info);
  return action.target == Target::group ? sys::send_signal_to_group(state_.main, number)
                                        : sys::send_signal(state_.main, number);
}

// 0 or the errno; ESRCH: nobody is there.
int Effects::signal_others(int number) {
  if (state_.settings.is_pid1) {
    return sys::twice([&] { return sys::send_signal_to_all(number); }).error();
  }
  // Of a KILL nobody is to miss anything; of a TERM nobody is to have two.
  const std::int64_t since_ms = number == SIGKILL ? 0 : last_look_ms_;
  last_look_ms_ = sys::now_ms();
  return signal_descendants(state_.self, number, since_ms);
}

void Effects::perform(const Action& action, const Event& event, Event& result) {
  result = event;
  result.target = action.target;
  result.queued = action.queued;
  result.retry = action.retry;
  switch (action.kind) {
    case Action::Kind::send:
      result.kind = Event::Kind::sent;
      result.signal.si_signo = action.number;
      result.error = send(action, event).error();
      break;
    case Action::Kind::suspend:
      result.kind = Event::Kind::resumed;
      if (state_.settings.session) {
        suspend_self(action.number);
      } else {
        suspend_own_group(action.number);
      }
      break;
    case Action::Kind::offer_foreground:
      result.kind = Event::Kind::foreground;
      result.error = offer_foreground(means_.terminal, state_.main) ? 0 : EPERM;
      break;
    case Action::Kind::count_oom_kills:
      result.kind = Event::Kind::oom_kills_counted;
      result.count = count_oom_kills(means_.room.path);
      break;
    case Action::Kind::signal_others:
      result.kind = Event::Kind::others_signalled;
      result.signal.si_signo = action.number;
      result.error = signal_others(action.number);
      break;
    default:
      find_group(result);
      break;
  }
}

}  // namespace foster
