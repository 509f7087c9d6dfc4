#include "policy/exit_status.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include "policy/signals.hpp"

using namespace foster;

namespace {

// Wait statuses as the kernel makes them (wait(2)).
constexpr int exited(int code) { return code << 8; }
constexpr int killed(int signal) { return signal; }
constexpr int killed_with_core(int signal) { return signal | 0x80; }
constexpr int stopped(int signal) { return signal << 8 | 0x7f; }
constexpr int continued = 0xffff;

}  // namespace

TEST_CASE("every exit code of the main command is passed on as it is") {
  for (int code = 0; code <= 255; ++code) {
    CHECK(has_ended(exited(code)));
    CHECK(exit_code(exited(code)) == code);
  }
}

TEST_CASE("death by signal n is 128 + n, with a core and without") {
  for (int signal = 1; signal <= last_signal; ++signal) {
    CAPTURE(signal);
    CHECK(has_ended(killed(signal)));
    CHECK(exit_code(killed(signal)) == 128 + signal);
    CHECK(has_ended(killed_with_core(signal)));
    CHECK(exit_code(killed_with_core(signal)) == 128 + signal);
  }
}

TEST_CASE("a process that is stopped or continued has not ended") {
  for (int signal = 1; signal <= last_signal; ++signal) CHECK_FALSE(has_ended(stopped(signal)));
  CHECK_FALSE(has_ended(continued));
}

TEST_CASE("127 says that the command was not found, 126 that it cannot be run") {
  const struct {
    int error;
    int code;
  } cases[] = {
      {ENOENT, 127}, {ENOTDIR, 127}, {EACCES, 126}, {EPERM, 126},  {ENOEXEC, 126}, {ELOOP, 126},
      {E2BIG, 126},  {ENOMEM, 126},  {EMFILE, 126}, {EISDIR, 126}, {ETXTBSY, 126}, {ENAMETOOLONG, 126},
  };
  for (const auto& each : cases) {
    CAPTURE(each.error);
    CHECK(exit_code_of_exec_error(each.error) == each.code);
  }
}

TEST_CASE("a start that failed before exec has a code of its own") { CHECK(exit_start_failed == 125); }
