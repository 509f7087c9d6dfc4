// System calls that a container's filter refuses, with EPERM and with ENOSYS: init falls back, or refuses with a
// message before the command runs.
#include <linux/sched.h>
#include <sys/syscall.h>

#include <cerrno>

#include "course.hpp"
#include "filter.hpp"

namespace {

// What foster itself must come to. A peer may do either: both are right.
enum class Expected { works, either };

void check_refused_calls(const std::vector<Refusal>& refusals, Expected expected, Start start = {}) {
  for (const auto& [error, name] : {std::pair{EPERM, std::string("EPERM")}, std::pair{ENOSYS, std::string("ENOSYS")}}) {
    INFO(name);
    const int number = error;
    start.before_exec = [&refusals, number] { refuse(refusals, number); };
    // A sanitizer would look for leaks in a process of its own.
    start.environment.push_back("ASAN_OPTIONS=detect_leaks=0");
    const bool works = check_works_or_is_refused(start);
    if (!is_peer() && expected == Expected::works) CHECK_MESSAGE(works, "refused, with a way round it");
  }
}

const std::vector<Refusal> any_poll{
#ifdef SYS_poll
    {.call = SYS_poll},
#endif
    {.call = SYS_ppoll}};

const Refusal vfork_by_clone{.call = SYS_clone, .flags = CLONE_VFORK};

}  // namespace

TEST_CASE("seccomp: clone with CLONE_PIDFD") {
  check_refused_calls({{.call = SYS_clone, .flags = CLONE_PIDFD}}, Expected::works);
}

TEST_CASE("seccomp: clone with CLONE_VFORK") { check_refused_calls({vfork_by_clone}, Expected::works); }

TEST_CASE("seccomp: clone3") { check_refused_calls({{.call = SYS_clone3}}, Expected::works); }

TEST_CASE("seccomp: pidfd_open, pidfd_send_signal") {
  check_refused_calls({{.call = SYS_pidfd_open}, {.call = SYS_pidfd_send_signal}}, Expected::works);
}

TEST_CASE("seccomp: signalfd4") { check_refused_calls({{.call = SYS_signalfd4}}, Expected::works); }

TEST_CASE("seccomp: close_range") { check_refused_calls({{.call = SYS_close_range}}, Expected::works); }

TEST_CASE("seccomp: ioctl") {
  check_refused_calls({{.call = SYS_ioctl}}, Expected::works);
  INFO(std::string("with a terminal"));
  check_refused_calls({{.call = SYS_ioctl}}, Expected::works, {.terminal = true});
}

TEST_CASE("seccomp: setpgid") { check_refused_calls({{.call = SYS_setpgid}}, Expected::either); }

TEST_CASE("seccomp: setsid") { check_refused_calls({{.call = SYS_setsid}}, Expected::works); }

TEST_CASE("seccomp: prctl") {
  check_refused_calls({{.call = SYS_prctl}}, Expected::works);
  INFO(std::string("not PID 1"));
  check_refused_calls({{.call = SYS_prctl}}, Expected::works, {.place = Place::inner});
}

TEST_CASE("seccomp: rt_sigtimedwait") { check_refused_calls({{.call = SYS_rt_sigtimedwait}}, Expected::either); }

TEST_CASE("seccomp: poll, ppoll") {
  check_refused_calls(any_poll, Expected::works);
  INFO(std::string("without vfork"));
  auto refusals = any_poll;
  refusals.push_back(vfork_by_clone);
  check_refused_calls(refusals, Expected::works);
}

TEST_CASE("seccomp: pwritev2") { check_refused_calls({{.call = SYS_pwritev2}}, Expected::works, verbose({})); }
