// A terminal: whose it is, who is in the foreground, and who is stopped. See ioctl_tty(2), credentials(7), termios(3).
#include <algorithm>
#include <cerrno>
#include <csignal>

#include "kernel.hpp"

namespace fake {

namespace {

siginfo_t info_of(int number) {
  siginfo_t info{};
  info.si_signo = number;
  info.si_code = SI_KERNEL;
  return info;
}

}  // namespace

Descriptor* FakeKernel::find_terminal(int fd) {
  Descriptor* const descriptor = find_descriptor(fd);
  return descriptor != nullptr && descriptor->kind == Descriptor::Kind::terminal ? descriptor : nullptr;
}

long FakeKernel::foreground_group(int fd) {
  if (find_descriptor(fd) == nullptr) return -EBADF;
  const bool is_ours = find_terminal(fd) != nullptr && here().has_terminal && here().session == terminal_session_;
  return is_ours ? foreground_ : -ENOTTY;
}

// Who is in the background is stopped for it, unless it blocks SIGTTOU, as init and its child do.
long FakeKernel::set_foreground_group(int fd, pid_t group) {
  if (const long result = foreground_group(fd); result < 0) return result;
  const auto is_in = [=](const Process& process) { return process.exists() && process.group == group; };
  const auto member = std::ranges::find_if(processes_, is_in);
  if (member == processes_.end()) return -ESRCH;
  if (member->session != here().session) return -EPERM;
  foreground_ = group;
  return 0;
}

long FakeKernel::give_up_terminal(int fd) {
  if (const long result = foreground_group(fd); result < 0) return result;
  here().has_terminal = false;
  if (here().session != current_) return 0;
  const pid_t group = foreground_;
  terminal_session_ = foreground_ = 0;
  (void)post_to_group(group, info_of(SIGHUP));
  (void)post_to_group(group, info_of(SIGCONT));
  return 0;
}

long FakeKernel::take_terminal(int fd) {
  if (find_descriptor(fd) == nullptr) return -EBADF;
  if (find_terminal(fd) == nullptr) return -ENOTTY;
  if (here().session != current_ || here().has_terminal || terminal_session_ != 0) return -EPERM;
  here().has_terminal = true;
  terminal_session_ = here().session;
  foreground_ = here().group;
  return 0;
}

// Nobody in its session could continue it: the kernel does not stop it (setpgid(2)).
bool FakeKernel::is_orphaned(pid_t group) const {
  return std::ranges::none_of(processes_, [=, this](const Process& process) {
    if (!process.exists() || process.group != group || process.parent == 0) return false;
    const Process& parent = processes_[static_cast<std::size_t>(process.parent)];
    return parent.group != group && parent.session == process.session;
  });
}

// The shell above has the terminal, until it continues init.
void FakeKernel::stop_init() {
  Process& init = processes_[static_cast<std::size_t>(init_)];
  stop_process(init, SIGTSTP);
  if (foreground_ != 0) foreground_ = init.session;
  while (processes_[static_cast<std::size_t>(init_)].life == Process::Life::stopped) {
    if (happened_ >= scenario_.happenings.size()) stop(End::hung);
    take_next_event();
  }
  continued_ms_ = now_ms_;
}

void FakeKernel::type(int number) { (void)post_to_group(foreground_, info_of(number)); }

void FakeKernel::read_terminal() {
  Process& command = processes_[main_];
  if (command.lives() && foreground_ != command.group) post(command, info_of(SIGTTIN));
}

void FakeKernel::give_front_to(int other) {
  const auto found = std::ranges::find(processes_, other, &Process::other);
  if (found != processes_.end()) foreground_ = found->group;
}

void FakeKernel::continue_init(bool to_front) {
  const pid_t group = processes_[static_cast<std::size_t>(init_)].group;
  if (to_front) foreground_ = group;
  send_to_init(SIGCONT, SI_USER, 0);
}

bool FakeKernel::has_lost_foreground() const {
  const Process& init = processes_[static_cast<std::size_t>(init_)];
  const bool is_init_s = terminal_session_ != 0 && terminal_session_ == init.session && foreground_ != init.group;
  return is_init_s && main_ != 0 && foreground_ == processes_[main_].group;
}

}  // namespace fake
