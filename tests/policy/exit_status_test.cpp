// Promise 2: from a wait status or a failed start to the exit status, never a made-up one.
#include "policy/exit_status.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include "events.hpp"

using namespace policy_test;

TEST_CASE("a command that was not found is 127, one that cannot be run is 126") {
  CHECK(exit_code_of_exec_error(ENOENT) == 127);
  CHECK(exit_code_of_exec_error(ENOTDIR) == 127);
  for (const int error : {EACCES, ENOEXEC, ELOOP, ETXTBSY, E2BIG, ENOMEM, EISDIR, EPERM, ENAMETOOLONG}) {
    CAPTURE(error);
    CHECK(exit_code_of_exec_error(error) == 126);
  }
}

TEST_CASE("a start that failed before exec is 125") { CHECK(exit_start_failed == 125); }

TEST_CASE("a wait status is an end, or it is none") {
  CHECK(has_ended(exited(0)));
  CHECK(has_ended(exited(255)));
  CHECK(has_ended(killed(SIGKILL)));
  CHECK(has_ended(killed_with_core(SIGABRT)));
  CHECK_FALSE(has_ended(stopped(SIGTSTP)));
  CHECK_FALSE(has_ended(continued));
  CHECK_FALSE(has_ended(traced_exec));
}

TEST_CASE("the exit code of a wait status") {
  CHECK(exit_code(exited(0)) == 0);
  CHECK(exit_code(exited(77)) == 77);
  CHECK(exit_code(killed(SIGHUP)) == 129);
  CHECK(exit_code(killed_with_core(SIGQUIT)) == 131);
  CHECK(exit_code(killed(last_signal)) == 192);
}
