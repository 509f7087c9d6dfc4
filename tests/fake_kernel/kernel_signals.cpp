// Signals: what is pending, what is delivered, and what that does. See signal(7), kill(2), sigqueue(3), signalfd(2),
// pidfd_send_signal(2).
#include <algorithm>
#include <cerrno>

#include "kernel.hpp"

namespace fake {

namespace {

constexpr int first_queued_signal = 32;  // the kernel's SIGRTMIN
constexpr std::size_t longest_queue = 100'000;

std::uint64_t bit(int number) { return std::uint64_t{1} << static_cast<unsigned>(number - 1); }

bool is_in(std::uint64_t set, int number) { return (set & bit(number)) != 0; }

// Faults first, then the lowest number (kernel/signal.c, next_signal).
int rank(int number) {
  const bool is_fault = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGTRAP ||
                        number == SIGFPE || number == SIGSYS;
  return is_fault ? number : 100 + number;
}

bool is_ignored_by_default(int number) {
  return number == SIGCHLD || number == SIGURG || number == SIGWINCH || number == SIGCONT;
}

bool stops_by_default(int number) {
  return number == SIGSTOP || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
}

siginfo_t info_of(int number, pid_t sender) {
  siginfo_t info{};
  info.si_signo = number;
  info.si_code = SI_USER;
  info.si_pid = sender;
  return info;
}

}  // namespace

bool FakeKernel::take_pending(Process& process, std::uint64_t set, siginfo_t& info) {
  auto best = process.pending.end();
  for (auto it = process.pending.begin(); it != process.pending.end(); ++it) {
    if (!is_in(set, it->si_signo)) continue;
    if (best == process.pending.end() || rank(it->si_signo) < rank(best->si_signo)) best = it;
  }
  if (best == process.pending.end()) return false;
  info = *best;
  process.pending.erase(best);
  return true;
}

bool FakeKernel::has_pending(const Process& process, std::uint64_t set) const {
  return std::ranges::any_of(process.pending, [=](const siginfo_t& info) { return is_in(set, info.si_signo); });
}

void FakeKernel::post(Process& process, const siginfo_t& info) {
  const int number = info.si_signo;
  const bool is_blocked = is_in(process.mask, number);
  // Each of the two takes the other back, and SIGCONT works however it is blocked.
  const auto is_undone = [=](const siginfo_t& other) {
    return (number == SIGCONT && stops_by_default(other.si_signo)) ||
           (stops_by_default(number) && other.si_signo == SIGCONT);
  };
  std::erase_if(process.pending, is_undone);
  if (number == SIGCONT && process.life == Process::Life::stopped) process.life = Process::Life::runs;
  // A blocked signal is never discarded: its disposition may change until it is unblocked.
  if (number == SIGCHLD && !is_blocked) return;
  const auto same = [&](const siginfo_t& other) { return other.si_signo == number; };
  if (number < first_queued_signal && std::ranges::any_of(process.pending, same)) return;
  process.pending.push_back(info);
  // The program itself takes a signal when it next comes back from the kernel: see count_call().
  if (process.pid != current_) deliver(process);
}

void FakeKernel::deliver(Process& process) {
  const auto at = static_cast<std::size_t>(process.pid);
  siginfo_t info{};
  for (;;) {
    Process& now = processes_[at];
    std::uint64_t set = ~now.mask | bit(SIGKILL) | bit(SIGSTOP);
    if (now.life == Process::Life::stopped) set = bit(SIGKILL);
    if (!now.lives() || !take_pending(now, set, info)) return;
    act_on(now, info);
  }
}

void FakeKernel::act_on(Process& process, const siginfo_t& info) {
  const int number = info.si_signo;
  const bool is_init = process.pid == init_;
  if (number != SIGCHLD) process.received.push_back({.number = number, .at_ms = now_ms_});
  if (process.executed) {
    seen_.push_back(info);
    react(process, info);
  } else if (process.other >= 0) {
    react_as_other(process, info);
  } else if (is_ignored_by_default(number) || (is_init && scenario_.pid1)) {
    return;  // without a handler PID 1 gets nothing
  } else if (is_init && stops_by_default(number)) {
    if (!is_orphaned(process.group)) stop_init();
  } else if (stops_by_default(number)) {
    stop_process(process, number);
  } else if (is_init) {
    stop(End::killed);
  } else {
    if (process.pid == current_) main_ = static_cast<std::size_t>(current_);
    end_process(process, number);
    if (process.pid == current_) leave_child();
  }
}

void FakeKernel::react(Process& command, const siginfo_t& info) {
  const Command& does = scenario_.does;
  const int number = info.si_signo;
  if (number == does.exits_on) return end_process(command, does.exit_code << 8);
  // It goes on where it was stopped: with what it reads.
  if (number == SIGCONT && does.reads_terminal) return read_terminal();
  const bool can_catch = number != SIGKILL && number != SIGSTOP;
  if (can_catch && std::ranges::find(does.catches, number) != does.catches.end()) return;
  if (is_ignored_by_default(number)) return;
  if (!stops_by_default(number)) return end_process(command, number);
  stop_process(command, number);
}

long FakeKernel::set_signal_mask(std::uint64_t mask, std::uint64_t* old) {
  if (old != nullptr) *old = here().mask;
  here().mask = mask & ~(bit(SIGKILL) | bit(SIGSTOP));
  deliver(here());
  return 0;
}

// What is pending goes with it, where to ignore it is the default.
long FakeKernel::reset_signal(int number) {
  const bool was_ignored = number == SIGCHLD && here().child_signal_ignored;
  if (number == SIGCHLD) here().child_signal_ignored = false;
  if (is_ignored_by_default(number)) {
    std::erase_if(here().pending, [=](const siginfo_t& info) { return info.si_signo == number; });
  }
  return was_ignored ? 1 : 0;
}

long FakeKernel::ignore_signal(int number) {
  if (number == SIGCHLD) here().child_signal_ignored = true;
  reaped_for_init_ = reaped_for_init_ || (number == SIGCHLD && current_ == init_);
  std::erase_if(here().pending, [=](const siginfo_t& info) { return info.si_signo == number; });
  return 0;
}

long FakeKernel::post_to(pid_t pid, const siginfo_t& info) {
  Process* const process = find(pid);
  if (process == nullptr) return -ESRCH;
  if (process->refuses_signals) return -EPERM;
  if (info.si_signo != 0) judge_recipient(*process);
  if (process->lives() && info.si_signo != 0) post(*process, info);
  return 0;
}

long FakeKernel::send_signal(pid_t pid, int number) {
  return pid == 0 ? send_signal_to_group(here().group, number) : post_to(pid, info_of(number, current_));
}

long FakeKernel::send_signal_to_group(pid_t group, int number) {
  return post_to_group(group, info_of(number, current_));
}

// To all but the first process of the namespace, which is outside where init is it, and the caller (kill(2)).
long FakeKernel::send_signal_to_all(int number) {
  long result = -ESRCH;
  for (pid_t pid = 1; static_cast<std::size_t>(pid) < processes_.size(); ++pid) {
    if (pid == 1 || pid == current_ || !processes_[static_cast<std::size_t>(pid)].exists()) continue;
    (void)send_signal(pid, number);
    result = 0;
  }
  return result;
}

// One member that takes it is enough; a zombie is one.
long FakeKernel::post_to_group(pid_t group, const siginfo_t& info) {
  long result = -ESRCH;
  for (std::size_t at = 1; at < processes_.size(); ++at) {
    if (!processes_[at].exists() || processes_[at].group != group) continue;
    const long sent = post_to(static_cast<pid_t>(at), info);
    if (result != 0) result = sent;
  }
  return result;
}

long FakeKernel::queue_signal(pid_t pid, const siginfo_t& info) {
  // Nobody may pretend to be kill(2) or the kernel.
  if (info.si_code >= 0 && pid != current_) return -EPERM;
  const Process* const process = find(pid);
  if (process != nullptr && process->pending.size() >= longest_queue) return -EAGAIN;
  return post_to(pid, info);
}

// The group is that of the process's number, whatever has become of the process.
long FakeKernel::send_signal_by(int pidfd, Recipient recipient, int number, const siginfo_t* info) {
  const Process* const process = process_of(pidfd);
  if (process == nullptr) return -EBADF;
  if (info != nullptr && info->si_signo != number) return -EINVAL;
  const bool to_group = recipient == Recipient::group;
  const pid_t pid = process->pid;
  if (info != nullptr && info->si_code >= 0 && (pid != current_ || to_group)) return -EPERM;
  const siginfo_t sent = info != nullptr ? *info : info_of(number, current_);
  return to_group ? post_to_group(pid, sent) : post_to(pid, sent);
}

long FakeKernel::open_signals(std::uint64_t set) {
  return add_descriptor({.kind = Descriptor::Kind::signals, .closes_at_exec = true, .set = set}, 0);
}

// As many as there is room for, in the order in which they would be delivered.
long FakeKernel::read_signals(int fd, std::span<signalfd_siginfo> room) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return -EBADF;
  if (descriptor->kind != Descriptor::Kind::signals) return -EINVAL;
  long count = 0;
  siginfo_t info{};
  for (auto& to : room) {
    if (!take_pending(here(), descriptor->set, info)) break;
    to = {};
    to.ssi_signo = static_cast<std::uint32_t>(info.si_signo);
    to.ssi_code = info.si_code;
    to.ssi_pid = static_cast<std::uint32_t>(info.si_pid);
    to.ssi_uid = info.si_uid;
    to.ssi_int = info.si_value.sival_int;
    to.ssi_ptr = reinterpret_cast<std::uintptr_t>(info.si_value.sival_ptr);
    ++count;
  }
  return count == 0 ? -EAGAIN : count;
}

}  // namespace fake
