// How a process with two threads can end. In the words "threads WAY VALUE" WAY is
//   exit    the other thread ends the process with the exit code VALUE
//   signal  the other thread gets the signal VALUE
//   gone    the first thread leaves with another code before the other one ends the process with VALUE
//   killed  the first thread leaves with another code before the process gets the signal VALUE
//   last    the first thread leaves with VALUE and the other one, later, with another code; nobody ends the process
//   exec    the other thread executes a program that exits with VALUE
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "actor.hpp"

namespace actor {

namespace {

struct Plan {
  std::string way;
  std::string value;
  pthread_t first;
};

void leave_thread(long code) { ::syscall(SYS_exit, code); }

void wait_for_first(const Plan& plan) {
  errno = ::pthread_join(plan.first, nullptr);
  if (errno != 0) fail("wait for the first thread");
}

bool leaves_first(const Plan& plan) { return plan.way == "gone" || plan.way == "killed" || plan.way == "last"; }

void end_in_other_thread(const Plan& plan) {
  const int value = static_cast<int>(number(plan.value.c_str()));
  if (leaves_first(plan)) wait_for_first(plan);
  if (plan.way == "signal" || plan.way == "killed") ::syscall(SYS_tgkill, ::getpid(), ::gettid(), value);
  if (plan.way == "last") leave_thread(value + 1);
  if (plan.way != "exec") ::_exit(value);
  std::array<std::string, 3> words{"actor", "exit", plan.value};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  ::execv("/proc/self/exe", arguments.data());
  fail("/proc/self/exe");
}

void* run_other_thread(void* plan) {
  end_in_other_thread(*static_cast<const Plan*>(plan));
  return nullptr;
}

}  // namespace

int threads(Words words) {
  if (words[0] == nullptr) fail("a way is missing");
  // Outlives this thread's stack frame.
  static Plan plan;
  plan = {.way = words[0], .value = std::to_string(number(words[1])), .first = ::pthread_self()};
  pthread_t other{};
  errno = ::pthread_create(&other, nullptr, run_other_thread, &plan);
  if (errno != 0) fail("pthread_create");
  const long value = number(words[1]);
  if (leaves_first(plan)) leave_thread(plan.way == "last" ? value : value + 1);
  for (;;) ::pause();
}

}  // namespace actor
