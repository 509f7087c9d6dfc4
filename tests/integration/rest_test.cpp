// Promises 6 and 11: at rest init never wakes up, holds no descriptor but its own, and sits in /.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "files.hpp"
#include "harness.hpp"

namespace {

// A pidfd; and in the loop where the kernel reaps, a signalfd.
bool is_own(const std::string& target) {
  return target == "anon_inode:[pidfd]" || target == "anon_inode:[signalfd]" || target.rfind("pidfd:", 0) == 0;
}

void check_only_own_descriptors(Init& init) {
  for (const auto& [fd, target] : proc::descriptors(init.pid())) {
    CAPTURE(fd);
    CAPTURE(target);
    if (fd > STDERR_FILENO)
      CHECK(is_own(target));
    else
      CHECK_FALSE(is_own(target));
  }
}

void open_many() {
  for (const int fd : {3, 4, 5, 63, 64, 200, 1000}) ::dup2(STDIN_FILENO, fd);
}

void check_at_rest(const Start& start) {
  Init init(start);
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  check_only_own_descriptors(init);
  CHECK(proc::working_directory(init.pid()) == "/");
}

}  // namespace

TEST_CASE("0 wake-ups in 10 s at rest") {
  Init init(act("hold"));
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  const auto before = proc::context_switches(init.pid());
  CHECK(before > 0);
  // Not a wait for something: these 10 s are what is measured.
  std::this_thread::sleep_for(std::chrono::seconds(10));
  CHECK(proc::context_switches(init.pid()) == before);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}

TEST_CASE("init keeps no descriptor above 2 but its own, and sits in /") {
  check_at_rest({.words = act("hold")});
  check_at_rest({.words = act("hold"), .place = Place::inner});
  check_at_rest({.words = act("hold"), .before = act("deny", "clone:PIDFD=EINVAL")});
  check_at_rest({.words = act("hold"), .before = act("deny", "clone:VFORK=EPERM")});
}

TEST_CASE("init keeps no descriptor that was handed down; the command has it") {
  for (const Words& before : {Words{}, act("deny", "close_range=ENOSYS"), act("deny", "close_range=EPERM"),
                              act("deny", "clone:VFORK=EPERM,close_range=ENOSYS")}) {
    for (const bool own_proc : {true, false}) {
      if (!own_proc && init_is_sanitized()) {
        skip("descriptors without /proc: the sanitizer needs /proc");
        continue;
      }
      CAPTURE(joined(before));
      CAPTURE(own_proc);
      const Start start{.words = act("hold"), .before = before, .own_proc = own_proc, .before_exec = open_many};
      check_at_rest(start);
      Init init(start);
      CHECK(init.read_line() == "ready");
      CHECK(proc::descriptors(init.command()).size() == 10);
    }
  }
}

TEST_CASE("its own descriptors never land on 0 to 2") {
  for (int closed = 1; closed < 8; ++closed) {
    CAPTURE(closed);
    const auto close_some = [closed] {
      for (int fd = 0; fd < 3; ++fd) {
        if ((closed >> fd & 1) != 0) ::close(fd);
      }
    };
    Init init(Start{.words = act("on-term", "0"), .before_exec = close_some});
    init.wait_until_at_rest();
    const auto open = proc::descriptors(init.pid());
    for (int fd = 0; fd < 3; ++fd) CHECK(open.count(fd) == ((closed >> fd & 1) == 0 ? 1 : 0));
    check_only_own_descriptors(init);
  }
}

TEST_CASE("a working directory can be removed while init runs") {
  const Folder folder;
  const std::string there = folder.make_folder("there", 0777);
  Init init(Start{.words = act("hold"), .before_exec = [&there] { (void)!::chdir(there.c_str()); }});
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  CHECK(proc::working_directory(init.command()) == there);
  CHECK(proc::working_directory(init.pid()) == "/");
}
