#include "command.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <sstream>

namespace fake {

namespace {

constexpr uid_t other_user = 65534;
constexpr int exit_trouble = 99;

int exits_on = 0;
int exit_code_then = 0;
long takes_ms = 0;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  ::_exit(exit_trouble);
}

void take_note(int number, siginfo_t* info, void* /*context*/) {
  std::array<char, 64> line{};
  const int value = info->si_code == SI_QUEUE ? info->si_value.sival_int : 0;
  const int length = std::snprintf(line.data(), line.size(), "saw %d %d\n", number, value);
  (void)!::write(STDOUT_FILENO, line.data(), static_cast<std::size_t>(length));
  if (number == exits_on) ::_exit(exit_code_then);
}

void catch_signal(int number) {
  struct sigaction action {};
  action.sa_sigaction = take_note;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  if (::sigaction(number, &action, nullptr) != 0) give_up("sigaction");
}

void end_after_a_while(int /*number*/) {
  for (timespec left{.tv_sec = 0, .tv_nsec = takes_ms * 1'000'000L}; ::nanosleep(&left, &left) != 0;) {
  }
  ::_exit(0);
}

// All signals are blocked until it knows what to do with them.
void start_other(const Other& does) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  if (::fork() == 0) {
    if (!does.in_group && ::setsid() < 0) give_up("setsid");
    takes_ms = does.takes_ms;
    ::signal(SIGTERM, does.ignores_term ? SIG_IGN : end_after_a_while);
    ::signal(ends_other, [](int /*number*/) { ::_exit(0); });
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    for (;;) ::pause();
  }
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

// Stays in the old group, and takes no signal.
void leave_group() {
  // Blocked before it is there: a signal that comes at once must not meet the handlers that it inherits.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  if (::fork() == 0) {
    for (;;) ::pause();
  }
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  // Only a process that leads no group can join one: make it, by a child, and join.
  const pid_t leader = ::fork();
  if (leader == 0) {
    for (;;) ::pause();
  }
  if (::setpgid(leader, leader) != 0 || ::setpgid(0, leader) != 0) give_up("setpgid");
}

// All of them are init's before the first one ends.
void make_orphans(int count) {
  std::array<int, 2> gate{};
  if (::pipe(gate.data()) != 0) give_up("pipe");
  const pid_t middle = ::fork();
  if (middle == 0) {
    ::close(gate[1]);
    for (int i = 0; i < count; ++i) {
      char byte = 0;
      if (::fork() == 0) ::_exit(static_cast<int>(::read(gate[0], &byte, 1)));
    }
    ::_exit(0);
  }
  ::close(gate[0]);
  while (::waitpid(middle, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::close(gate[1]);
  (void)!::write(STDOUT_FILENO, "done\n", 5);
}

void obey(const std::string& word, int number) {
  if (word == "orphans") make_orphans(number);
  if (word == "exit") ::_exit(number);
  if (word == "kill") ::kill(::getpid(), number);
}

}  // namespace

std::string described(const Scenario& scenario) {
  const Command& command = scenario.does;
  std::ostringstream text;
  text << command.exits_on << ' ' << command.exit_code << ' ' << command.leaves_group << ' ' << command.other_user;
  text << ' ' << scenario.others.size();
  for (const Other& other : scenario.others) {
    text << ' ' << other.in_group << ' ' << other.ignores_term << ' ' << other.takes_ms;
  }
  for (const int number : command.catches) text << ' ' << number;
  return text.str();
}

void be_command(const std::string& description) {
  std::istringstream text(description);
  bool leaves = false;
  bool changes_user = false;
  text >> exits_on >> exit_code_then >> leaves >> changes_user;
  std::size_t count = 0;
  text >> count;
  for (Other other; count > 0 && text >> other.in_group >> other.ignores_term >> other.takes_ms; --count) {
    start_other(other);
  }
  for (int number = 0; text >> number;) catch_signal(number);
  if (exits_on != 0) catch_signal(exits_on);
  if (leaves) leave_group();
  if (changes_user && ::setresuid(other_user, other_user, other_user) != 0) give_up("setresuid");
  (void)!::write(STDOUT_FILENO, "ready\n", 6);
  std::string word;
  for (int number = 0; std::cin >> word >> number;) obey(word, number);
  ::_exit(exit_trouble);
}

}  // namespace fake
