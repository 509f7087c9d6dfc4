// What holds in the loop in which the kernel reaps, and in that one alone: with --reap=init none of it is meant, and of
// a kernel that cannot reap main has told.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include "caught.hpp"
#include "loops.hpp"
#include "one_line.hpp"

namespace {

bool is_zombie(pid_t pid) { return proc::look_at(pid).state == 'Z'; }

// Seen twice: in the moment of its end every process is one, until the kernel has gone on.
bool has_zombie(pid_t init) {
  const auto children = proc::children(init);
  return std::any_of(children.begin(), children.end(), [](pid_t pid) { return is_zombie(pid) && is_zombie(pid); });
}

// All the while, and when all is over.
void check_no_zombie(Init& init) {
  const pid_t main = init.command();
  bool found = false;
  const auto all_are_gone = [&] {
    found = found || has_zombie(init.pid());
    return init.has_output() && proc::children(init.pid()) == std::vector{main};
  };
  init.wait_until("the orphans to be gone", all_are_gone);
  CHECK_FALSE(found);
}

// Waits for a byte before it makes them, so that init can be starved first.
Words orphans_on_demand() {
  return Words{"/bin/sh", "-c", R"(echo ready; read -r line; exec "$@")", "sh"} + act("orphans", "1000", "100");
}

void stop(Init& init) {
  init.signal(SIGSTOP);
  init.wait_until("the init to stop", [&] { return proc::look_at(init.pid()).state == 'T'; });
}

void stay_on_one_cpu() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
  (void)::sched_setaffinity(0, sizeof one, &one);
}

// Init as it is about to hand this signal on.
HeldCall hold_at_send(Init& init, int number) {
  for (;;) {
    const HeldCall call = init.next_held();
    if (call.pid == init.pid() && call.arguments[1] == static_cast<std::uint64_t>(number)) return call;
    init.let_go(call);
  }
}

pid_t stranger_of(Init& init) {
  for (const pid_t watcher : proc::children(init.pid())) {
    const auto children = proc::children(watcher);
    if (!children.empty()) return children.front();
  }
  throw std::runtime_error("no stranger");
}

}  // namespace

TEST_CASE("1,000 orphans leave no zombie while init is stopped") {
  if (!loops::kernel_is_to_reap()) return;
  Init init(orphans_on_demand());
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  stop(init);
  init.write("\n");
  check_no_zombie(init);
  CHECK(init.read_line() == "done");
  CHECK(proc::look_at(init.pid()).state == 'T');
  init.signal(SIGCONT);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}

TEST_CASE("1,000 orphans leave no zombie while init is at nice 19") {
  if (!loops::kernel_is_to_reap()) return;
  Init init(orphans_on_demand());
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  REQUIRE(::setpriority(PRIO_PROCESS, static_cast<id_t>(init.pid()), 19) == 0);
  const auto before = proc::context_switches(init.pid());
  init.write("\n");
  check_no_zombie(init);
  CHECK(init.read_line() == "done");
  // They cost it nothing at all.
  CHECK(proc::context_switches(init.pid()) == before);
  init.signal(SIGTERM);
  CHECK(init.exit_code() == 128 + SIGTERM);
}

TEST_CASE("queued values reach the group, too, with each signal and in order") {
  if (!loops::kernel_is_to_reap()) return;
  Init init(act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  for (const int number : forwarded_signals()) {
    init.queue(number, -number);
    CHECK(init.read_line() == caught("main", number, SI_QUEUE, -number));
  }
  constexpr int count = 1000;
  for (int value = 1; value <= count; ++value) init.queue(SIGRTMIN, value);
  for (int value = 1; value <= count; ++value) REQUIRE(init.read_line() == caught("main", SIGRTMIN, SI_QUEUE, value));
}

TEST_CASE("TERM that ends the main command at once is no reason for a warning") {
  for (int run = 0; run < race_runs(); ++run) {
    const std::string target = run % 2 == 0 ? "-g" : "-c";
    CAPTURE(target);
    Init init(Start{.words = Words{target} + act("hold"), .before_exec = stay_on_one_cpu});
    CHECK(init.read_line() == "ready");
    init.signal(SIGTERM);
    CHECK(init.exit_code() == 128 + SIGTERM);
    check_one_line(init.all_errors(), {"was killed by SIGTERM, handed on by foster\n"});
  }
}

TEST_CASE("a main command that is dead before the loop begins") {
  for (const auto& [words, code] : {std::pair{act("exit", "42"), 42}, std::pair{act("die", "9"), 128 + 9}}) {
    Init init(Start{.words = words, .hold = {SYS_chdir}});
    const HeldCall call = init.next_held();
    init.wait_until("the main command to end", [&] { return is_zombie(init.command()); });
    init.let_go(call);
    CHECK(init.exit_code() == code);
  }
}

TEST_CASE("a stranger that has the main command's pid by now gets no signal") {
  if (!loops::kernel_is_to_reap()) return;
  if (::getuid() != 0) return skip("a pid that is used again: only root can choose one");
  for (const std::string target : {"-g", "-c"}) {
    CAPTURE(target);
    Init init(Start{
        .words = Words{target} + act("reuse") + act("hold"), .place = Place::inner, .hold = {SYS_pidfd_send_signal}});
    CHECK(init.read_line() == "ready");
    init.wait_until_at_rest();
    const pid_t main = init.command();
    init.signal(SIGTERM);
    const HeldCall call = hold_at_send(init, SIGTERM);
    ::kill(main, SIGKILL);
    REQUIRE(init.read_line() == "stranger ready");
    const pid_t stranger = stranger_of(init);
    init.let_go(call);
    CHECK(init.exit_code() == 128 + SIGKILL);
    ::kill(stranger, SIGUSR1);
    CHECK(init.read_line() == caught("stranger", SIGUSR1));
  }
}
