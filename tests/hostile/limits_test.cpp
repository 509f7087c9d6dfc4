// Resource limits.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "course.hpp"
#include "filter.hpp"
#include "privilege.hpp"

namespace {

void limit(__rlimit_resource which, rlim_t value) {
  const rlimit both{value, value};
  must(::setrlimit(which, &both) == 0, "setrlimit");
}

void check_works_with_descriptors(rlim_t count) {
  Init init(Start{.words = plain_command(),
                  // A sanitizer would look for leaks, with files of its own.
                  .environment = {"ASAN_OPTIONS=detect_leaks=0"},
                  .before_exec = [count] { limit(RLIMIT_NOFILE, count); }});
  check_usual_course(init);
}

// As many as may be had; a million where the hard limit can be raised.
constexpr rlim_t wanted_descriptors = 1 << 20;

void take_most_descriptors() {
  rlimit now{};
  must(::getrlimit(RLIMIT_NOFILE, &now) == 0, "getrlimit");
  const rlim_t most = std::max(now.rlim_max, wanted_descriptors);
  const rlimit raised{most, most};
  if (::setrlimit(RLIMIT_NOFILE, &raised) != 0) limit(RLIMIT_NOFILE, now.rlim_max);
}

Start with_most_descriptors(bool own_proc, const std::vector<Refusal>& refusals) {
  return {.words = usual_command(), .own_proc = own_proc, .before_exec = [&refusals] {
            take_most_descriptors();
            refuse(refusals, ENOSYS);
          }};
}

// One system call for each number that the limit allows is the visible delay: an init that goes to / has done them all.
long count_closes(Start start) {
  start.hold = {SYS_close, SYS_chdir};
  Init init(start);
  long count = 0;
  for (;;) {
    const HeldCall call = init.next_held();
    init.let_go(call);
    if (call.pid != init.pid()) continue;
    if (call.number == SYS_chdir) break;
    ++count;
  }
  check_usual_course(init);
  return count;
}

void check_most_descriptors(bool own_proc, long most_closes, const std::vector<Refusal>& refusals) {
  const Start start = with_most_descriptors(own_proc, refusals);
  if (is_peer()) {
    Init init(start);
    return check_usual_course(init);
  }
  const long closes = count_closes(start);
  CAPTURE(closes);
  CHECK(closes <= most_closes);
}

rlim_t most_descriptors() {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit wanted{wanted_descriptors, wanted_descriptors};
    ::_exit(::setrlimit(RLIMIT_NOFILE, &wanted) == 0 ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  rlimit now{};
  ::getrlimit(RLIMIT_NOFILE, &now);
  return status == 0 ? wanted_descriptors : now.rlim_max;
}

}  // namespace

TEST_CASE("RLIMIT_NOFILE 3") {
  if (init_is_sanitized()) return skip("RLIMIT_NOFILE 3: the sanitizer opens files");
  check_works_with_descriptors(3);
}

TEST_CASE("RLIMIT_NOFILE 4") { check_works_with_descriptors(4); }

TEST_CASE("RLIMIT_NPROC 0 as another user than root") {
  if (!can_become_others("RLIMIT_NPROC 0")) return;
  Init init(Start{.words = usual_command(), .environment = {"ASAN_OPTIONS=detect_leaks=0"}, .before_exec = [] {
                    become(random_user);
                    limit(RLIMIT_NPROC, 0);
                  }});
  check_start_refused(init, {"cannot start a process"});
}

TEST_CASE("RLIMIT_NOFILE at the hard maximum, no close_range") {
  constexpr long few = 100;
  check_most_descriptors(true, few, {{.call = SYS_close_range}});
}

TEST_CASE("RLIMIT_NOFILE at the hard maximum, no close_range, no /proc") {
  constexpr long stated_bound = 65536;
  if (init_is_sanitized()) return skip("RLIMIT_NOFILE without /proc: the sanitizer needs /proc");
  const auto most = most_descriptors();
  if (most <= stated_bound) skip("a limit above 65,536 descriptors: " + std::to_string(most) + " are allowed here");
  check_most_descriptors(false, stated_bound, {{.call = SYS_close_range}});
  // A limit that cannot be learned may be any.
  check_most_descriptors(false, stated_bound, {{.call = SYS_close_range}, {.call = SYS_prlimit64}});
}
