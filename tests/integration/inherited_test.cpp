// Promise 9: the command starts with exactly what init was started with. What that is, the same start without the
// init in between tells.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <sstream>

#include "files.hpp"
#include "harness.hpp"

namespace {

bool is_number_of_process(const std::string& line) {
  for (const char* const name : {"pid ", "parent ", "group ", "session "}) {
    if (line.rfind(name, 0) == 0) return true;
  }
  return false;
}

// All lines but those of the numbers of processes, which differ from start to start.
std::string state_after(Start start) {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  start.words = start.words + act("state", folder.path_of("state"));
  Init init(start);
  CHECK(init.exit_code() == 0);
  std::istringstream all(folder.read("state"));
  std::string state;
  for (std::string line; std::getline(all, line);) {
    if (!is_number_of_process(line)) state += line + "\n";
  }
  return state;
}

// With and without the init, in every place that it can have.
void check_handed_on(Start start) {
  start.bare = true;
  const std::string expected = state_after(start);
  start.bare = false;
  CHECK(state_after(start) == expected);
  start.words = {"-c"};
  CHECK(state_after(start) == expected);
  start.before = act("deny", "clone:VFORK=EPERM");
  CHECK(state_after(start) == expected);
}

void block(std::uint64_t set) { ::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, nullptr, sizeof set); }

void ignore_all(std::initializer_list<int> numbers) {
  for (const int number : numbers) ::signal(number, SIG_IGN);
}

}  // namespace

TEST_CASE("a clean start stays clean") {
  CHECK(state_after({}).find("\nblocked 0\nignored\ncaught\n") != std::string::npos);
  check_handed_on({});
}

TEST_CASE("the signal mask is handed on") {
  for (const std::uint64_t set : {~std::uint64_t{0}, std::uint64_t{1} << (SIGTERM - 1),
                                  std::uint64_t{1} << (SIGCHLD - 1), std::uint64_t{3} << 31, std::uint64_t{1} << 63}) {
    CAPTURE(set);
    check_handed_on({.before_exec = [set] { block(set); }});
  }
}

TEST_CASE("ignored signals are handed on") {
  check_handed_on({.before_exec = [] { ignore_all({SIGCHLD}); }});
  check_handed_on({.before_exec = [] { ignore_all({SIGHUP, SIGINT, SIGPIPE}); }});
  check_handed_on({.before_exec = [] { ignore_all({SIGTERM, SIGTTOU, SIGTTIN, SIGTSTP, SIGUSR1, SIGQUIT}); }});
}

TEST_CASE("an init with CHLD ignored at its start reaps, and leaves") {
  Init init(Start{.words = act("orphans", "100", "50"), .before_exec = [] { ignore_all({SIGCHLD}); }});
  // The command has it ignored again: its own children need no reaping.
  CHECK(init.read_line() == "done");
  ::kill(init.command(), SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}

TEST_CASE("the working directory is handed on, one that is gone as well") {
  const Folder folder;
  const std::string gone = folder.path_of("gone");
  check_handed_on({.before_exec = [&] { (void)!::chdir(folder.path().c_str()); }});
  check_handed_on({.before_exec = [&] {
    ::mkdir(gone.c_str(), 0700);
    (void)!::chdir(gone.c_str());
    ::rmdir(gone.c_str());
  }});
}

TEST_CASE("descriptors are handed on") {
  check_handed_on({.before_exec = [] {
    for (const int fd : {3, 4, 5, 9, 200, 1000}) ::dup2(STDIN_FILENO, fd);
  }});
  check_handed_on({.before_exec = [] { ::dup2(::open("/dev/null", O_WRONLY | O_APPEND | O_NONBLOCK), 3); }});
}

TEST_CASE("closed standard descriptors stay closed") {
  for (int closed = 0; closed < 8; ++closed) {
    CAPTURE(closed);
    const auto close_some = [closed] {
      for (int fd = 0; fd < 3; ++fd) {
        if ((closed >> fd & 1) != 0) ::close(fd);
      }
    };
    check_handed_on({.before_exec = close_some});
  }
}

TEST_CASE("the environment is handed on, byte by byte") {
  check_handed_on({.environment = {}});
  check_handed_on({.environment = {"PATH=/bin", "EMPTY=", "=odd", "no equals sign", "TWICE=1", "TWICE=2", "",
                                   "BYTES=\x01\xff\xfe\n\t'\"", "FOSTER_TARGET=child", "FOSTER_UNKNOWN=x",
                                   "LONG=" + std::string(100'000, 'l')}});
}

TEST_CASE("limits and umask are handed on") {
  check_handed_on({.before_exec = [] {
    const rlimit few{20, 30};
    ::setrlimit(RLIMIT_NOFILE, &few);
    ::umask(0137);
  }});
}

TEST_CASE("the command leads a group of its own in the session of the init") {
  Init init(act("hold"));
  CHECK(init.read_line() == "ready");
  const auto command = proc::look_at(init.command());
  CHECK(command.group == command.pid);
  CHECK(command.session == proc::look_at(init.pid()).session);
}

TEST_CASE("zombies inherited at exec are reaped, and so are children that live on") {
  // Two are dead when the init starts, and the second of them is seen by no wait that does not ask for clones.
  const auto leave_children = [] {
    const pid_t forked = ::fork();
    if (forked == 0) ::_exit(3);
    const auto cloned = static_cast<pid_t>(::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
    if (cloned == 0) ::_exit(4);
    siginfo_t info{};
    for (const pid_t child : {forked, cloned}) {
      ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT | __WALL);
    }
    if (::fork() == 0) {
      ::syscall(SYS_close_range, 0, ~0U, 0);
      for (;;) ::pause();
    }
  };
  Init init(Start{.words = act("hold"), .before_exec = leave_children});
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  auto children = proc::children(init.pid());
  REQUIRE(children.size() == 2);
  for (const pid_t child : children) CHECK(proc::look_at(child).state != 'Z');
  ::kill(children.front(), SIGKILL);
  init.wait_until("the inherited child to be reaped", [&] { return proc::children(init.pid()).size() == 1; });
  ::kill(children.back(), SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}
