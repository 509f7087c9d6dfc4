#include "kernel/kernel_reaps.hpp"

#include <cerrno>

#include "kernel/descriptors.hpp"
#include "kernel/reaping.hpp"

namespace foster {

namespace {

// SIGCHLD, ignored, says nothing; one that somebody sends is not handed on.
constexpr std::uint64_t all_but_child = SignalSet::all().bits() & ~SignalSet().add(SIGCHLD).bits();

// What init hands on of a signal, and tells of it.
void copy_signal(const signalfd_siginfo& from, siginfo_t& to) {
  to.si_signo = static_cast<int>(from.ssi_signo);
  to.si_code = from.ssi_code;
  to.si_pid = static_cast<pid_t>(from.ssi_pid);
  to.si_uid = from.ssi_uid;
  // The whole of the value: what an int of it is lies within, wherever this machine puts it.
  to.si_value.sival_ptr = reinterpret_cast<void*>(static_cast<std::uintptr_t>(from.ssi_ptr));
}

// 0, and `signals` is a signalfd; or the errno of `what`.
int find_lack_and_open(int pidfd, sys::Recipient recipient, int& signals, Phrase& what) {
  what = Phrase::ask_pidfd;
  const auto can = sys::can_tell_exit(pidfd);
  if (!can) return can.error();
  what = Phrase::learn_exit_status;
  if (!can.value()) return ENOSYS;
  // Nobody there is an answer, too: the call works.
  what = Phrase::signal_by_pidfd;
  const auto sent = sys::send_signal_by(pidfd, recipient, 0, nullptr);
  if (!sent && sent.error() != ESRCH) return sent.error();
  what = Phrase::have_signalfd;
  const auto opened = sys::open_signals(all_but_child);
  if (!opened) return opened.error();
  what = Phrase::have_signalfd_above_2;
  signals = moved_up(opened.value());
  if (signals < 0) return EMFILE;
  what = Phrase::poll_pidfd;
  const auto ready = sys::wait_signals_or_exit(signals, pidfd, 0);
  if (!ready) (void)sys::close(signals);
  return ready.error();
}

}  // namespace

int find_lack(sys::Recipient recipient, Phrase& what) {
  what = Phrase::have_pidfd;
  const auto self = sys::open_process(sys::own_pid());
  if (!self) return self.error();
  int signals = sys::no_descriptor;
  const int error = find_lack_and_open(self.value(), recipient, signals, what);
  if (error == 0) (void)sys::close(signals);
  (void)sys::close(self.value());
  return error;
}

int KernelReaps::take_over(Target target, Phrase& what) {
  const auto recipient = target == Target::child ? sys::Recipient::process : sys::Recipient::group;
  int error = find_lack_and_open(pidfd_, recipient, signals_, what);
  if (error != 0) return error;
  what = Phrase::ignore_child_signal;
  error = sys::ignore_signal(SIGCHLD).error();
  if (error != 0) (void)sys::close(signals_);
  return error;
}

// One that died before SIGCHLD was ignored. No child at all is an error like any other: if it is true, the main command
// has ended, and its pidfd knows.
bool KernelReaps::take_dead_child(Event& event) {
  const auto child = reap_child(sys::any_child, event.status, false);
  draining_ = !child || child.value() > 0;
  if (!child || child.value() == 0) return false;
  event.kind = Event::Kind::child_changed;
  event.pid = child.value();
  ended_ = event.pid == main_;
  return true;
}

// An end that was not learned is asked for again, never made up.
bool KernelReaps::take_exit(Event& event) {
  if (ended_) return false;
  const auto found = sys::find_exit(pidfd_, event.status);
  event.kind = Event::Kind::child_changed;
  event.pid = main_;
  event.error = found.error();
  ended_ = found && found.value();
  return ended_;
}

void KernelReaps::take_from_batch(Event& event) {
  event.kind = Event::Kind::signal_arrived;
  event.error = 0;
  copy_signal(batch_[taken_++], event.signal);
  waiting_.reset();
}

bool KernelReaps::take_signal(Event& event) {
  const auto count = sys::read_signals(signals_, batch_);
  taken_ = 0;
  read_ = count ? count.value() : 0;
  if (read_ > 0) {
    take_from_batch(event);
    return true;
  }
  // Whatever has become of the signalfd: from here they can be had as well, one at a time.
  const auto taken = sys::wait_signal(all_but_child, event.signal, 0);
  if (taken) {
    event.kind = Event::Kind::signal_arrived;
    event.error = 0;
  } else if (taken.error() != EAGAIN) {
    event.kind = Event::Kind::wait_failed;
    event.error = taken.error();
  }
  return bool(taken);
}

// After an error that should not be. True when it has lasted, and `event` tells of it.
bool KernelReaps::pause(Event& event) {
  const int pause_ms = waiting_.next_ms();
  sys::sleep_ms(pause_ms);
  return event.error != 0 && pause_ms == Backoff::longest_ms;
}

// What has become of the main command is looked at first: where it has ended, nobody is left to hand a signal on to.
bool KernelReaps::look(int what, Event& event) {
  if ((what & sys::process_reaped) != 0) {
    if (take_exit(event)) return true;
    event.kind = Event::Kind::status_unknown;
  }
  if ((what & sys::signals_ready) != 0 && take_signal(event)) return true;
  return pause(event);
}

bool KernelReaps::next(Event& event, int limit_ms) {
  event = {};
  if (draining_ && take_dead_child(event)) return true;
  if (taken_ < read_) {
    // The signal before this one may have been its end.
    if (!take_exit(event)) take_from_batch(event);
    return true;
  }
  if (draining_) limit_ms = earlier_ms(reaping_.next_ms(), limit_ms);
  const auto ready = sys::wait_signals_or_exit(signals_, pidfd_, limit_ms);
  // No news of either is a reason to look after both.
  if (!ready) return look(sys::process_reaped + sys::signals_ready, event);
  return ready.value() != 0 && look(ready.value(), event);
}

}  // namespace foster
