// Processes: clone, exec, death, wait. See clone(2), pidfd_open(2), execve(2), wait4(2), waitid(2), setpgid(2).
#include <sys/wait.h>

#include <cerrno>

#include "kernel.hpp"

namespace fake {

namespace {

constexpr std::uint64_t every_signal = ~std::uint64_t{0};

bool is_dead(const Process& process) { return process.life == Process::Life::zombie; }

// A stop is told to one wait only.
bool has_news_of_a_stop(const Process& process) {
  return process.life == Process::Life::stopped && process.stop_is_news;
}

int exit_status_word(int code) { return (code & 0xff) << 8; }

}  // namespace

Process* FakeKernel::find(pid_t pid) {
  if (pid <= 0 || static_cast<std::size_t>(pid) >= processes_.size()) return nullptr;
  Process& process = processes_[static_cast<std::size_t>(pid)];
  return process.exists() ? &process : nullptr;
}

Process& FakeKernel::add_process(pid_t parent, pid_t group) {
  const auto pid = static_cast<pid_t>(processes_.size());
  processes_.push_back({.pid = pid, .parent = parent, .group = group == 0 ? pid : group, .started_ms = now_ms_});
  return processes_.back();
}

long FakeKernel::open_process(pid_t pid) {
  if (find(pid) == nullptr) return -ESRCH;
  return add_descriptor({.kind = Descriptor::Kind::pidfd, .closes_at_exec = true, .object = pid}, 0);
}

// A number is never given a second time here, so that it stands for the process even when that is gone.
const Process* FakeKernel::process_of(int pidfd) {
  const Descriptor* const descriptor = find_descriptor(pidfd);
  const bool is_one = descriptor != nullptr && descriptor->kind == Descriptor::Kind::pidfd;
  return is_one ? &processes_[static_cast<std::size_t>(descriptor->object)] : nullptr;
}

// PIDFD_GET_INFO, as Linux 6.16 and later have it, of a process in whatever state; and before 6.15.
long FakeKernel::can_tell_exit(int pidfd) {
  if (process_of(pidfd) == nullptr) return -EBADF;
  return scenario_.old_kernel ? 0 : 1;
}

// A zombie is not reaped yet.
long FakeKernel::find_exit(int pidfd, int& wait_status) {
  const Process* const process = process_of(pidfd);
  if (process == nullptr) return -EBADF;
  if (process->exists()) return 0;
  wait_status = process->status;
  return 1;
}

long FakeKernel::group_of(pid_t pid) {
  const Process* const process = find(pid == 0 ? current_ : pid);
  return process == nullptr ? -ESRCH : process->group;
}

long FakeKernel::become_group_leader() {
  here().group = current_;
  return 0;
}

// Who leads a group cannot (setsid(2)).
long FakeKernel::become_session_leader() {
  if (here().group == current_) return -EPERM;
  here().group = here().session = current_;
  here().has_terminal = false;
  return 0;  // setsid(2) answers with the session's number, sys::become_session_leader() does not
}

long FakeKernel::become_subreaper() {
  here().adopts = true;
  return 0;
}

long FakeKernel::set_parent_death_signal(int number) {
  here().parent_death_signal = number;
  return 0;
}

// The child has a copy of everything but what is pending (fork(2)), and of what its parent adopts.
pid_t FakeKernel::begin_child() {
  Process& child = add_process(current_, here().group);
  Process& parent = here();  // adding has moved them
  child.mask = parent.mask;
  child.session = parent.session;
  child.has_terminal = parent.has_terminal;
  child.child_signal_ignored = parent.child_signal_ignored;
  child.descriptors = parent.descriptors;
  return child.pid;
}

long FakeKernel::clone_sharing_memory(int (*entry)(void*), void* argument, int* pidfd) {
  const pid_t parent = current_;
  const pid_t child = begin_child();
  if (pidfd != nullptr) {
    *pidfd = add_descriptor({.kind = Descriptor::Kind::pidfd, .closes_at_exec = true, .object = child}, 0);
  }
  current_ = child;
  child_is_fork_ = false;
  if (setjmp(end_of_child_.place) == 0) exit_child(entry(argument));
  current_ = parent;
  return child;
}

long FakeKernel::fork_child() {
  const pid_t parent = current_;
  const pid_t child = begin_child();
  current_ = child;
  child_is_fork_ = true;
  if (fork_point_.fork() == 0) return 0;
  current_ = parent;
  return child;
}

// The child runs first, and in one go: from here on its parent does.
void FakeKernel::leave_child() {
  if (child_is_fork_) fork_point_.come_back();
  std::longjmp(end_of_child_.place, 1);
}

void FakeKernel::exit_child(int code) {
  if (main_ == 0) main_ = static_cast<std::size_t>(current_);
  end_process(here(), exit_status_word(code));
  leave_child();
}

// Only the command, a shell and files that cannot be run are there.
long FakeKernel::execute(const char* path, char* const* arguments, char* const* environment) {
  const std::string_view file = path;
  if (file == "/t/forbidden") return -EACCES;
  if (file == "/t/plain" || file == "/t/elf") return -ENOEXEC;
  if (file == "/bin/sh" && scenario_.has_shell) run_shell(arguments[1], environment);
  if (file != "/t/command") return -ENOENT;
  start_command(environment);
  leave_child();
}

// It can read one file only.
void FakeKernel::run_shell(std::string_view script, char* const* environment) {
  constexpr int exit_not_found = 127;
  start_command(environment);
  if (script == "/t/elf") broken_.emplace_back("an ELF file is given to the shell");
  if (script != "/t/plain") end_process(here(), exit_status_word(exit_not_found));
  leave_child();
}

void FakeKernel::start_command(char* const* environment) {
  main_ = static_cast<std::size_t>(current_);
  check_start(environment);
  Process& command = here();
  command.executed = command_ran_ = true;
  std::erase_if(command.descriptors, [](const auto& entry) { return entry.second.closes_at_exec; });
  if (scenario_.does.leaves_group) {
    constexpr pid_t elsewhere = 0x10000;
    add_process(current_, command.group).mask = every_signal;  // no signal ends the helper
    here().group = elsewhere;
  }
  start_others();
  deliver(here());
}

void FakeKernel::end_process(Process& process, int status) {
  process.life = Process::Life::zombie;
  process.status = status;
  process.dead_since_ms = now_ms_;
  process.descriptors.clear();
  const pid_t pid = process.pid;
  hand_over_children(pid);
  tell_parent(processes_[static_cast<std::size_t>(pid)], WIFSIGNALED(status) ? CLD_KILLED : CLD_EXITED);
}

void FakeKernel::stop_process(Process& process, int number) {
  process.life = Process::Life::stopped;
  process.status = number << 8 | 0x7f;
  process.stop_is_news = true;
  tell_parent(process, CLD_STOPPED);
}

// Init, if it is the first process of its namespace or adopts.
pid_t FakeKernel::heir() const {
  return scenario_.pid1 || processes_[static_cast<std::size_t>(init_)].adopts ? init_ : 0;
}

// What is dead already tells its new parent.
void FakeKernel::hand_over_children(pid_t parent) {
  for (auto& child : processes_) {
    if (!child.exists() || child.parent != parent || child.pid == 0) continue;
    child.parent = heir();
    child.dead_since_ms = now_ms_;
    if (child.life == Process::Life::zombie) tell_parent(child, CLD_EXITED);
  }
}

void FakeKernel::tell_parent(const Process& process, int code) {
  const auto at = static_cast<std::size_t>(process.pid);
  Process* const parent = find(process.parent);
  const bool has_ended = is_dead(process);
  // The main command reaps what it has started.
  const bool is_ignored = parent == nullptr || parent->child_signal_ignored || parent->executed;
  if (has_ended && is_ignored) processes_[at].life = Process::Life::gone;
  if (is_ignored) return;
  siginfo_t info{};
  info.si_signo = SIGCHLD;
  info.si_code = code;
  info.si_pid = process.pid;
  post(*parent, info);
}

// The first child in that state, or null where there is none; ECHILD where there is no child to wait for at all.
template <class Wanted>
long FakeKernel::find_child(pid_t pid, Wanted is_wanted, Process*& found) {
  bool any = false;
  while (first_ < processes_.size() && (!processes_[first_].exists() || processes_[first_].pid == 0)) ++first_;
  for (std::size_t at = first_; at < processes_.size(); ++at) {
    Process& process = processes_[at];
    if (!process.exists() || process.parent != current_ || (pid > 0 && process.pid != pid)) continue;
    any = true;
    if (!is_wanted(process)) continue;
    found = &process;
    return process.pid;
  }
  return any ? 0 : -ECHILD;
}

long FakeKernel::reap(pid_t pid, int& wait_status, bool stops) {
  Process* child = nullptr;
  const long result = find_child(
      pid, [=](const Process& process) { return is_dead(process) || (stops && has_news_of_a_stop(process)); }, child);
  if (child == nullptr) return result;
  wait_status = child->status;
  look_for_zombies(false);
  if (is_dead(*child)) child->life = Process::Life::gone;
  child->stop_is_news = false;
  return result;
}

long FakeKernel::find_dead_child() {
  Process* dead = nullptr;
  return find_child(-1, is_dead, dead);
}

long FakeKernel::is_stopped(pid_t child) {
  Process* stopped = nullptr;
  return find_child(child, has_news_of_a_stop, stopped);
}

}  // namespace fake
