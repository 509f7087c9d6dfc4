// Promise 8: nothing but its one wait can block init; a stderr that cannot be written costs a message.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "caught.hpp"

namespace {

void become_stderr(int fd) {
  ::dup2(fd, STDERR_FILENO);
  ::close(fd);
}

void full_pipe() { fill(STDERR_FILENO); }

void broken_pipe() {
  std::array<int, 2> ends{};
  (void)!::pipe(ends.data());
  ::close(ends[0]);
  become_stderr(ends[1]);
}

void full_socket() {
  std::array<int, 2> ends{};
  (void)::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
  // Its other end stays open, and nobody reads there.
  become_stderr(ends[1]);
  fill(STDERR_FILENO);
}

void broken_socket() {
  std::array<int, 2> ends{};
  (void)::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data());
  ::close(ends[0]);
  become_stderr(ends[1]);
}

void full_device() { become_stderr(::open("/dev/full", O_WRONLY)); }

void closed() { ::close(STDERR_FILENO); }

void only_readable() { become_stderr(::open("/dev/null", O_RDONLY)); }

struct BadStderr {
  const char* name;
  void (*make)();
};

constexpr std::array<BadStderr, 7> bad_ones{{{"a full pipe", full_pipe},
                                             {"a broken pipe", broken_pipe},
                                             {"a full socket", full_socket},
                                             {"a broken socket", broken_socket},
                                             {"/dev/full", full_device},
                                             {"closed", closed},
                                             {"only readable", only_readable}}};

// With and without /proc, and with each way to write taken away.
std::vector<Start> surroundings() {
  std::vector<Start> all{{}, {.before = act("deny", "pwritev2=ENOSYS")}};
  if (init_is_sanitized()) {
    skip("a bad stderr without /proc: the sanitizer needs /proc");
    return all;
  }
  std::vector<Start> without_proc = all;
  for (auto& start : without_proc) start.own_proc = false;
  all.insert(all.end(), without_proc.begin(), without_proc.end());
  return all;
}

template <class Check>
void with_each_bad_stderr(const Words& words, Check check) {
  for (const auto& bad : bad_ones) {
    for (Start start : surroundings()) {
      CAPTURE(std::string(bad.name));
      CAPTURE(joined(start.before));
      CAPTURE(start.own_proc);
      start.words = words;
      start.before_exec = bad.make;
      Init init(start);
      check(init);
    }
  }
}

int lines_of(const std::string& text) { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

TEST_CASE("with a stderr that cannot be written signals are forwarded, and no SIGPIPE of init's own") {
  with_each_bad_stderr(Words{"-vvv"} + act("catch", "main"), [](Init& init) {
    check_each_arrives_once(init);
    ::kill(init.command(), SIGKILL);
    CHECK(init.exit_code() == 128 + SIGKILL);
  });
}

TEST_CASE("with a stderr that cannot be written orphans are reaped") {
  with_each_bad_stderr(Words{"-vvv", "-w"} + act("orphans", "60", "20"), [](Init& init) {
    CHECK(init.read_line() == "done");
    const pid_t main = init.command();
    init.wait_until("the last orphan to be gone",
                    [&] { return init.is_at_rest() && proc::children(init.pid()) == std::vector{main}; });
    init.signal(SIGTERM);
    CHECK(init.exit_code() == 128 + SIGTERM);
  });
}

TEST_CASE("with a stderr that cannot be written the exit code of a failed start is the same") {
  with_each_bad_stderr({"no-such-command"}, [](Init& init) { CHECK(init.exit_code() == 127); });
}

TEST_CASE("what a full pipe cost is told with the next message that gets through") {
  const Words words = Words{"-vv"} + act("catch", "main");
  for (Start start : surroundings()) {
    CAPTURE(joined(start.before));
    CAPTURE(start.own_proc);
    start.words = words;
    // As many messages as an init says whose stderr takes them.
    Init heard(start);
    check_each_arrives_once(heard);
    heard.wait_until_at_rest();
    const int messages = lines_of(heard.drain_errors());
    CHECK(messages >= 61);

    start.before_exec = full_pipe;
    Init unheard(start);
    check_each_arrives_once(unheard);
    unheard.wait_until_at_rest();
    CHECK(lines_of(unheard.drain_errors()) == 0);
    unheard.signal(SIGUSR1);
    CHECK(unheard.read_line() == caught("main", SIGUSR1));
    CHECK(unheard.read_error() == "foster: " + std::to_string(messages) + " messages could not be written");
    CHECK(unheard.read_error().find("SIGUSR1 sent to") != std::string::npos);
    unheard.signal(SIGUSR2);
    CHECK(unheard.read_error().find("SIGUSR2 sent to") != std::string::npos);
  }
}

TEST_CASE("the command's stderr keeps its flags") {
  Init init(Start{.words = Words{"-vvv"} + act("catch", "main"), .before_exec = full_pipe});
  check_each_arrives_once(init);
  const std::string info = proc::read(init.command(), "fdinfo/2");
  CAPTURE(info);
  CHECK(info.find("flags:\t01\n") != std::string::npos);
}
