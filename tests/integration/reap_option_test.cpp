// --reap, and which loop takes over where: the kernel reaps wherever it can and nothing needs init to see its children.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "loops.hpp"
#include "one_line.hpp"

namespace {

constexpr int own_code = 42;

// All that the kernel's loop is made of, and the clone that it begins with.
Words calls_of_the_loop() {
  return {"clone:PIDFD", "pidfd_open", "ioctl:GET_INFO", "ioctl", "pidfd_send_signal", "pidfd_send_signal:GROUP",
          "signalfd4",   "ppoll"};
}

// What a filter answers, and what an older kernel does.
Words denials() {
  Words all{"ioctl:GET_INFO=ENOTTY", "ioctl:GET_INFO=EINVAL", "pidfd_send_signal:GROUP=EINVAL", "clone:PIDFD=EINVAL",
            "signalfd4=EMFILE"};
  for (const auto& call : calls_of_the_loop()) {
    for (const std::string error : {"=EPERM", "=ENOSYS"}) all.push_back(call + error);
  }
  return all;
}

void check_refused(Start start, const Words& named) {
  start.words = start.words + Words{"echo", "ran"};
  Init init(start);
  CHECK(init.exit_code() == 125);
  // On a terminal messages are output, too.
  const std::string text = init.all_output() + init.all_errors();
  CHECK(text.find("ran") == std::string::npos);
  check_one_line(text, named);
}

// An orphan and TERM in the loop that is expected.
void check_course(Start start, bool kernel_is_to_reap) {
  start.words = start.words + act("orphan", "one", "exit", "3") + act("on-term", std::to_string(own_code));
  Init init(start);
  CHECK(init.read_line().rfind("orphan ", 0) == 0);
  CHECK(init.read_line() == "ready");
  const pid_t main = init.command();
  init.wait_until("the orphan to be gone", [&] { return proc::children(init.pid()) == std::vector{main}; });
  init.wait_until_at_rest();
  CHECK(loops::kernel_reaps(init.pid()) == kernel_is_to_reap);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == own_code);
}

// In the launcher, which the init takes the place of: a child whose end is to raise no signal for its parent.
void leave_silent_child() {
  if (::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr) != 0) return;
  ::syscall(SYS_close_range, 0, ~0U, 0);
  for (;;) ::pause();
}

}  // namespace

TEST_CASE("--reap says who reaps, FOSTER_REAP does, and the command line wins") {
  const bool can = loops::kernel_can_reap();
  check_course({.words = {"--reap=init"}}, false);
  check_course({.words = {"--reap=auto"}}, can);
  check_course({.words = {"--reap=auto"}, .environment = {"FOSTER_REAP=init"}}, can);
  check_course({.words = {"--reap=auto", "--reap", "init"}}, false);
  // INIT_OPTIONS, which come first on the command line, would win over a variable.
  if (init_options().empty()) check_course({.environment = {"FOSTER_REAP=init"}}, false);
  if (!can) return skip("--reap=kernel: this kernel cannot");
  check_course({.words = {"--reap=kernel"}}, true);
  check_course({.words = {"--reap=kernel", "-c"}}, true);
  check_course({.words = {"--reap=kernel"}, .place = Place::inner}, true);
  check_course({.words = {"--reap=init", "--reap=kernel"}}, true);
}

TEST_CASE("--reap=kernel is refused where the kernel cannot, and nothing runs") {
  if (!loops::kernel_can_reap()) return check_refused({.words = {"--reap=kernel"}}, {"--reap=kernel", "auto", "init"});
  for (const auto& denial : denials()) {
    CAPTURE(denial);
    check_refused({.words = {"--reap=kernel"}, .before = act("deny", denial)}, {});
  }
}

TEST_CASE("with -c signals go to no group, and need no kernel that can send them there") {
  if (!loops::kernel_can_reap()) return skip("--reap=auto -c: this kernel cannot reap");
  check_course({.words = {"--reap=auto", "-c"}, .before = act("deny", "pidfd_send_signal:GROUP=EINVAL")}, true);
}

TEST_CASE("--reap=auto: init reaps where the kernel cannot") {
  for (const auto& denial : denials()) {
    CAPTURE(denial);
    // The main command's pidfd comes from its clone.
    const bool is_enough = denial.rfind("pidfd_open", 0) == 0 && loops::kernel_can_reap();
    check_course({.words = {"--reap=auto"}, .before = act("deny", denial)}, is_enough);
  }
}

TEST_CASE("with -w init reaps: --reap=auto gives way, --reap=kernel is refused") {
  check_course({.words = {"--reap=auto", "-w"}}, false);
  check_refused({.words = {"--reap=kernel", "-w"}}, {"--reap=kernel", "--report-orphans", "auto", "init"});
  check_refused({.words = {"--reap=kernel"}, .environment = {"FOSTER_REPORT_ORPHANS=yes"}},
                {"--reap=kernel", "--report-orphans"});
}

TEST_CASE("with a terminal to hand over init reaps: --reap=auto gives way, --reap=kernel is refused") {
  check_course({.words = {"--reap=auto"}, .terminal = true}, false);
  check_refused({.words = {"--reap=kernel"}, .terminal = true}, {"--reap=kernel", "terminal", "auto", "init"});
}

TEST_CASE("a child from before init, whose end was to raise no signal, is reaped in either loop") {
  // It raises SIGCHLD all the same: its parent has executed a program since (do_notify_parent in the kernel).
  for (const std::string option : {"--reap=init", "--reap=auto"}) {
    CAPTURE(option);
    Init init(Start{.words = Words{option} + act("hold"), .before_exec = leave_silent_child});
    CHECK(init.read_line() == "ready");
    init.wait_until_at_rest();
    CHECK(loops::kernel_reaps(init.pid()) == (option != "--reap=init" && loops::kernel_can_reap()));
    const auto children = proc::children(init.pid());
    REQUIRE(children.size() == 2);
    ::kill(children.front(), SIGKILL);
    init.wait_until("it to be reaped", [&] { return proc::children(init.pid()).size() == 1; });
    ::kill(children.back(), SIGTERM);
    CHECK(init.exit_code() == 128 + SIGTERM);
  }
}
