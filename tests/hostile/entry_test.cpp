// How init was executed: signals, and its own arguments.
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "course.hpp"

namespace {

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }
constexpr std::uint64_t all_signals = ~std::uint64_t{0};
constexpr std::uint64_t never_blocked = bit(SIGKILL) | bit(SIGSTOP);

void block_all() { ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all_signals, nullptr, sizeof all_signals); }

void ignore_all(std::initializer_list<int> numbers) {
  for (const int number : numbers) ::signal(number, SIG_IGN);
}

void check_signals(pid_t command, std::uint64_t blocked, std::uint64_t ignored) {
  CHECK_MESSAGE(proc::signal_set(command, "SigBlk") == blocked,
                "the command's signal mask is " << proc::status_field(command, "SigBlk"));
  CHECK_MESSAGE(proc::signal_set(command, "SigIgn") == ignored,
                "the command ignores " << proc::status_field(command, "SigIgn"));
}

// The init with exactly these words, its name among them.
void execute_as(std::vector<const char*> words) {
  words.push_back(nullptr);
  const std::vector<const char*> environment{"PATH=/usr/bin:/bin", nullptr};
  ::execve(init_binary().c_str(), const_cast<char* const*>(words.data()), const_cast<char* const*>(environment.data()));
}

}  // namespace

TEST_CASE("SIGCHLD ignored at entry") {
  check_works({.before_exec = [] { ignore_all({SIGCHLD}); }},
              [](pid_t command) { check_signals(command, 0, bit(SIGCHLD)); });
}

TEST_CASE("all signals blocked at entry") {
  Init init(Start{.words = usual_command(), .before_exec = block_all});
  const pid_t command = wait_for_command(init);
  check_signals(command, all_signals & ~never_blocked, 0);
  init.signal(SIGTERM);
  wait_while_alive(init, "TERM to reach the command",
                   [command] { return (proc::signal_set(command, "ShdPnd") & bit(SIGTERM)) != 0; });
  ::kill(command, SIGKILL);
  CHECK(end_of(init) == "exit 137");
}

TEST_CASE("HUP, INT and PIPE ignored at entry") {
  check_works({.before_exec =
                   [] {
                     ignore_all({SIGHUP, SIGINT, SIGPIPE});
                   }},
              [](pid_t command) { check_signals(command, 0, bit(SIGHUP) | bit(SIGINT) | bit(SIGPIPE)); });
}

TEST_CASE("a clean entry") {
  check_works({}, [](pid_t command) { check_signals(command, 0, 0); });
}

TEST_CASE("argv[0] empty") {
  check_works({.before_exec = [] {
    std::vector<const char*> words{""};
    const Words rest = init_options() + usual_command();
    for (const auto& word : rest) words.push_back(word.c_str());
    execute_as(words);
  }});
}

TEST_CASE("argc 0") {
  Init init(Start{.before_exec = [] { execute_as({}); }});
  check_start_refused(init, {"command"});
}

TEST_CASE("no command") {
  Init init(Words{});
  check_start_refused(init, {"command"});
}
