#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "actor.hpp"

namespace actor {

namespace {

pid_t checked_fork() {
  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  return child;
}

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) fail("pipe2");
  return ends;
}

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

void wait_for_end(int reader) {
  char byte = 0;
  while (::read(reader, &byte, 1) != 0) {
  }
}

void reap(pid_t child) {
  while (::waitpid(child, nullptr, 0) < 0) {
    // With SIGCHLD ignored there is nobody to wait for, once they are all gone (wait(2)).
    if (errno == ECHILD) return;
    if (errno != EINTR) fail("waitpid");
  }
}

// So many grandchildren, all alive at once as orphans; then they die together.
void one_wave(long count) {
  const auto gate = make_pipe();
  const pid_t middle = checked_fork();
  if (middle == 0) {
    for (long i = 0; i < count; ++i) {
      if (checked_fork() != 0) continue;
      ::close(gate[1]);
      wait_for_end(gate[0]);
      ::_exit(0);
    }
    ::_exit(0);
  }
  reap(middle);
  ::close(gate[0]);
  ::close(gate[1]);
}

[[noreturn]] void end_as(const std::string& way, int value) {
  if (way == "exit") ::_exit(value);
  ::kill(::getpid(), value);
  wait_for_ever();
}

}  // namespace

int exit_with(Words words) { return static_cast<int>(number(words[0])); }

int hold(Words) {
  say("ready");
  wait_for_ever();
}

int orphans(Words words) {
  const long count = number(words[0]);
  const long at_once = number(words[1]);
  for (long made = 0; made < count; made += at_once) one_wave(std::min(at_once, count - made));
  say("done");
  wait_for_ever();
}

int orphan(Words words) {
  const std::string way = words[1];
  const int value = static_cast<int>(number(words[2]));
  const auto orphaned = make_pipe();
  const pid_t middle = checked_fork();
  if (middle == 0) {
    const pid_t child = checked_fork();
    if (child != 0) {
      say("orphan " + std::to_string(child));
      ::_exit(0);
    }
    ::close(orphaned[1]);
    ::prctl(PR_SET_NAME, words[0]);
    wait_for_end(orphaned[0]);
    end_as(way, value);
  }
  reap(middle);
  ::close(orphaned[1]);
  execute(words + 3);
}

int helper(Words words) {
  if (checked_fork() == 0) return catch_all(words);
  execute(words + 1);
}

int leave_group(Words words) {
  const auto ready = make_pipe();
  const pid_t holder = checked_fork();
  if (holder == 0) {
    if (::setpgid(0, 0) < 0) fail("setpgid");
    ::close(ready[1]);
    // A group lives as long as one process is in it.
    wait_for_ever();
  }
  ::close(ready[1]);
  wait_for_end(ready[0]);
  if (::setpgid(0, holder) < 0) fail("setpgid");
  execute(words);
}

int own_group(Words words) {
  if (::setpgid(0, 0) < 0) fail("setpgid");
  execute(words);
}

int take_foreground(Words words) {
  // From the background it would be stopped for that.
  ::signal(SIGTTOU, SIG_IGN);
  if (::tcsetpgrp(STDIN_FILENO, ::getpgrp()) < 0) fail("tcsetpgrp");
  ::signal(SIGTTOU, SIG_DFL);
  execute(words);
}

int parent(Words words) {
  if (checked_fork() == 0) execute(words);
  wait_for_ever();
}

int outer(Words words) {
  const int reports = static_cast<int>(number(words[0]));
  ::fcntl(reports, F_SETFD, FD_CLOEXEC);
  const pid_t child = checked_fork();
  if (child == 0) execute(words + 1);
  // Their readers wait for the end of what the others write.
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO}) ::close(fd);
  const auto report = [reports](const std::string& line) {
    if (::write(reports, line.data(), line.size()) < 0) fail("write");
  };
  report("started " + std::to_string(child) + "\n");
  ::close(STDERR_FILENO);
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(-1, &status, __WALL);
    if (ended > 0)
      report("ended " + std::to_string(ended) + " " + std::to_string(status) + "\n");
    else if (errno == ECHILD)
      wait_for_ever();
  }
}

}  // namespace actor
