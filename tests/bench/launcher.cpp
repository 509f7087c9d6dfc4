#include "launcher.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "errors.hpp"

namespace {

constexpr int last_standard_signal = 31;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench: a container: %s: %s\n", what, std::strerror(errno));
  ::_exit(1);
}

// The parent may be gone before prctl: then the gate, where there is one, is at its end.
void wait_at_gate(int gate) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) fail("PR_SET_PDEATHSIG");
  char byte = 0;
  if (gate >= 0 && ::read(gate, &byte, 1) != 1) ::_exit(1);
}

void join(const std::vector<std::string>& cgroups) {
  for (const auto& file : cgroups) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0 || ::write(fd, "0", 1) < 0) fail(file.c_str());
    ::close(fd);
  }
}

void make_proc() {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) fail("make mounts private");
  if (::mount("proc", "/proc", "proc", 0, nullptr) < 0) fail("mount on /proc");
}

void take_standard_descriptors(const Launch& launch) {
  const int input = launch.input >= 0 ? launch.input : ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int output = launch.output >= 0 ? launch.output : ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0) fail("dup2");
}

void set_limits(int niceness) {
  rlimit pending{};
  if (::getrlimit(RLIMIT_SIGPENDING, &pending) < 0) fail("getrlimit");
  pending.rlim_cur = pending.rlim_max;
  if (::setrlimit(RLIMIT_SIGPENDING, &pending) < 0) fail("setrlimit");
  if (niceness != 0 && ::setpriority(PRIO_PROCESS, 0, niceness) < 0) fail("setpriority");
}

std::vector<char*> pointers(const Words& words) {
  std::vector<char*> all;
  for (const auto& word : words) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

// Whatever we were started with, and hold back ourselves.
void reset_signals() {
  for (int number = 1; number <= last_standard_signal; ++number) ::signal(number, SIG_DFL);
  sigset_t none{};
  if (::sigprocmask(SIG_SETMASK, &none, nullptr) < 0) fail("sigprocmask");
}

[[noreturn]] void become(const Launch& launch) {
  wait_at_gate(launch.gate);
  reset_signals();
  ::setsid();  // a group and a session that have numbers inside
  make_proc();
  take_standard_descriptors(launch);
  set_limits(launch.niceness);
  const auto arguments = pointers(launch.words);
  char* const no_environment = nullptr;
  join(launch.cgroups);
  if (launch.executed_at != nullptr) *launch.executed_at = now_ns();
  ::execve(arguments[0], arguments.data(), &no_environment);
  fail(arguments[0]);
}

}  // namespace

pid_t launch(const Launch& launch) {
  const unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | SIGCHLD;
  const auto pid = static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
  if (pid == 0) become(launch);
  if (pid < 0) not_measured("no new PID namespace");
  return pid;
}

std::uint64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
}

Pinned::Pinned() : before_(sizeof(cpu_set_t)) {
  cpu_set_t set{};
  if (::sched_getaffinity(0, sizeof set, &set) < 0) not_measured("sched_getaffinity");
  std::memcpy(before_.data(), &set, sizeof set);
  int last = CPU_SETSIZE - 1;
  while (!CPU_ISSET(static_cast<unsigned>(last), &set)) --last;
  CPU_ZERO(&set);
  CPU_SET(static_cast<unsigned>(last), &set);
  if (::sched_setaffinity(0, sizeof set, &set) < 0) not_measured("sched_setaffinity");
}

Pinned::~Pinned() {
  cpu_set_t set{};
  std::memcpy(&set, before_.data(), sizeof set);
  (void)::sched_setaffinity(0, sizeof set, &set);
}
