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

void say_term(int) { say("term\n"); }

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

}  // namespace

void run_command() {
  say("started\n");
  struct sigaction action {};
  action.sa_handler = say_term;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGTERM, &action, nullptr);
  wait_for_byte();
  leave_orphan();
  say("ready\n");
  wait_for_byte();
  ::_exit(command_status);
}
