#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "actor.hpp"

namespace actor {

namespace {

// POLLIN: it has ended. It may be a zombie still, and its pid not yet free.
void wait_for_end(int pidfd) {
  pollfd entry{.fd = pidfd, .events = POLLIN, .revents = 0};
  while (::poll(&entry, 1, -1) < 0) {
    if (errno != EINTR) fail("poll a pidfd");
  }
}

pid_t fork_with(pid_t pid) {
  clone_args arguments{};
  arguments.exit_signal = SIGCHLD;
  arguments.set_tid = reinterpret_cast<std::uintptr_t>(&pid);
  arguments.set_tid_size = 1;
  return static_cast<pid_t>(::syscall(SYS_clone3, &arguments, sizeof arguments));
}

}  // namespace

// Outside the group and the session: a pid stays taken while a group or a session has its number.
int reuse(Words words) {
  const pid_t pid = ::getpid();
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (pidfd < 0) fail("pidfd_open");
  const pid_t watcher = ::fork();
  if (watcher < 0) fail("fork");
  if (watcher != 0) execute(words);
  if (::setsid() < 0) fail("setsid");
  wait_for_end(pidfd);
  pid_t stranger = -1;
  do stranger = fork_with(pid);
  while (stranger < 0 && errno == EEXIST);
  if (stranger < 0) fail("take a pid");
  if (stranger != 0) {
    for (;;) ::pause();
  }
  // As the main command does, it leads a group.
  if (::setsid() < 0 || ::getpid() != pid) fail("be the stranger");
  std::string name = "stranger";
  char* const name_alone[] = {name.data(), nullptr};
  const Words told = const_cast<Words>(name_alone);
  return catch_all(told);
}

}  // namespace actor
