// What stands beside the main command at the container's end.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

#include "actor.hpp"

namespace actor {

namespace {

constexpr std::string_view separator = "--";

pid_t checked_fork() {
  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  return child;
}

sigset_t set_of(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

void block(int signal) {
  const sigset_t set = set_of(signal);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
}

void unblock(int signal) {
  const sigset_t set = set_of(signal);
  ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

// It must be blocked.
void wait_for(int signal) {
  const sigset_t set = set_of(signal);
  int taken = 0;
  while (::sigwait(&set, &taken) != 0) {
  }
}

void sleep_ms(long ms) {
  timespec left{.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1'000'000};
  while (::nanosleep(&left, &left) < 0 && errno == EINTR) {
  }
}

}  // namespace

int await(Words words) {
  if (words[0] == nullptr) fail("a name is missing");
  block(SIGUSR1);
  say(std::string(words[0]) + " ready");
  wait_for(SIGUSR1);
  unblock(SIGUSR1);
  execute(words + 1);
}

int aside(Words words) {
  Words second = words;
  while (*second != nullptr && *second != separator) ++second;
  if (*second == nullptr) fail("the word -- is missing");
  *second++ = nullptr;
  if (checked_fork() != 0) execute(second);
  if (::setsid() < 0) fail("setsid");
  execute(words);
}

int worker(Words words) {
  const std::string name = words[0] == nullptr ? "" : words[0];
  const long work_ms = number(words[1]);
  block(SIGTERM);
  say(name + " ready");
  wait_for(SIGTERM);
  sleep_ms(work_ms);
  say(name + " done");
  return 0;
}

int heir(Words words) {
  if (words[0] == nullptr) fail("a name is missing");
  block(SIGTERM);
  say(std::string(words[0]) + " ready");
  wait_for(SIGTERM);
  if (checked_fork() != 0) return 0;
  std::array<char, 2> no_time{"0"};
  std::array<char*, 3> told{words[0], no_time.data(), nullptr};
  return worker(told.data());
}

int stranger(Words words) {
  const pid_t middle = checked_fork();
  if (middle == 0) {
    if (checked_fork() != 0) ::_exit(0);
    if (::setsid() < 0) fail("setsid");
    return catch_all(words);
  }
  if (::waitpid(middle, nullptr, 0) != middle) fail("waitpid");
  execute(words + 1);
}

int eat(Words) {
  constexpr std::size_t piece = 1 << 20;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  for (;;) {
    void* const memory = ::mmap(nullptr, piece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fail("mmap");
    for (std::size_t at = 0; at < piece; at += page) static_cast<volatile char*>(memory)[at] = 1;
  }
}

}  // namespace actor
