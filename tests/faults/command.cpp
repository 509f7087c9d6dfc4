#include "command.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

#include "launch.hpp"

namespace {

void say(std::string_view line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(1);
}

void wait_for_byte() {
  char byte = 0;
  (void)!::read(control_fd, &byte, 1);
}

void say_signal(int) { say("signal\n"); }

// The orphan lives until it has been adopted, and is dying when this returns.
void leave_orphan() {
  std::array<int, 2> life{};
  std::array<int, 2> death{};
  if (::pipe(life.data()) < 0 || ::pipe(death.data()) < 0) ::_exit(1);
  char byte = 0;
  const pid_t between = ::fork();
  if (between == 0) {
    if (::fork() == 0) {
      ::close(life[1]);
      (void)!::read(life[0], &byte, 1);
    }
    ::_exit(0);
  }
  ::close(death[1]);
  if (between < 0 || ::waitpid(between, nullptr, 0) != between) ::_exit(1);
  ::close(life[1]);
  (void)!::read(death[0], &byte, 1);
}

void leave_other() {
  const pid_t other = ::fork();
  if (other < 0) ::_exit(1);
  if (other != 0) return;
  ::signal(SIGTERM, SIG_IGN);
  ::setsid();
  for (;;) ::pause();
}

}  // namespace

void run_command(Other other) {
  say("started\n");
  struct sigaction action {};
  action.sa_handler = say_signal;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGHUP, &action, nullptr);
  wait_for_byte();
  leave_orphan();
  if (other == Other::one) leave_other();
  say("ready\n");
  wait_for_byte();
  ::_exit(command_status);
}
