// Descriptors 0, 1 and 2: closed, or with nobody who reads.
#include <fcntl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>

#include "course.hpp"
#include "files.hpp"

namespace {

void become_stderr(int fd) {
  must(fd >= 0 && ::dup2(fd, STDERR_FILENO) >= 0, "stderr");
  ::close(fd);
}

void broken_pipe() {
  std::array<int, 2> ends{};
  must(::pipe(ends.data()) == 0, "pipe");
  ::close(ends[0]);
  become_stderr(ends[1]);
}

// Its other side stays open for the command.
void stopped_terminal() {
  const int other_side = ::posix_openpt(O_RDWR | O_NOCTTY);
  must(other_side >= 0 && ::grantpt(other_side) == 0 && ::unlockpt(other_side) == 0, "a terminal");
  become_stderr(::open(::ptsname(other_side), O_RDWR | O_NOCTTY));
  must(::tcflow(STDERR_FILENO, TCOOFF) == 0, "tcflow");
}

// Its messages cost nothing but themselves: signals arrive, none of init's own among them, and orphans are reaped.
void check_lives_with(const std::function<void()>& make_stderr) {
  const Words words = act("orphan", "one", "exit", "3") + act("catch", "main");
  Init init(verbose({.words = words, .before_exec = make_stderr}));
  const pid_t command = wait_for_command(init);
  CHECK(init.read_line().rfind("orphan ", 0) == 0);
  CHECK(init.read_line() == "main ready");
  check_signals_arrive(init);
  wait_while_alive(init, "all others to be reaped", [&] { return proc::children(init.pid()) == std::vector{command}; });
  wait_until_idle(init);
  const std::string more = init.has_output() ? init.read_line() : "";
  CHECK_MESSAGE(more.empty(), "the command got one more: " << more);
  ::kill(command, SIGKILL);
  CHECK(end_of(init) == "exit 137");
}

void check_closed(const std::string& name, unsigned closed) {
  INFO(name << " closed");
  const auto close_some = [closed] {
    for (int fd = 0; fd < 3; ++fd) {
      if ((closed >> fd & 1) != 0) ::close(fd);
    }
  };
  Init init(Start{.words = usual_command(), .before_exec = close_some});
  check_usual_course(init, [&](pid_t command) {
    for (int fd = 0; fd < 3; ++fd) {
      const std::size_t open = (closed >> fd & 1) != 0 ? 0 : 1;
      CHECK_MESSAGE(proc::descriptors(command).count(fd) == open, "the command has something else there");
      CHECK_MESSAGE(proc::descriptors(init.pid()).count(fd) == open, "a descriptor of init's lands there");
    }
  });
}

}  // namespace

TEST_CASE("stdin, stdout or stderr closed, alone and all three") {
  check_closed("stdin", 1);
  check_closed("stdout", 2);
  check_closed("stderr", 4);
  check_closed("all three", 7);
}

TEST_CASE("stderr is a full pipe") {
  check_lives_with([] { fill(STDERR_FILENO); });
}

TEST_CASE("stderr is a broken pipe") { check_lives_with(broken_pipe); }

TEST_CASE("stderr is /dev/full") {
  check_lives_with([] { become_stderr(::open("/dev/full", O_WRONLY)); });
}

TEST_CASE("stderr is a stopped terminal") { check_lives_with(stopped_terminal); }

TEST_CASE("stderr is a file, and RLIMIT_FSIZE 0") {
  const Folder folder;
  const std::string path = folder.write("log", "");
  check_lives_with([&path] {
    become_stderr(::open(path.c_str(), O_WRONLY));
    const rlimit none{0, 0};
    must(::setrlimit(RLIMIT_FSIZE, &none) == 0, "RLIMIT_FSIZE");
  });
}
