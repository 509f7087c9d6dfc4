// Promises 2 and 4: the exit status is the main command's, and init never exits while the main command lives.
#include <doctest/doctest.h>

#include "transcript.hpp"

namespace {

using namespace policy_test;

const Settings leave_rest{.target = Target::group};
const Settings terminate_rest{.target = Target::group, .terminate_rest = true};

}  // namespace

TEST_CASE("the start is told") {
  CHECK(transcript(Settings{}, {.kind = Event::Kind::started}) == "info: main_started");
}

TEST_CASE("init exits with the main command's exit code") {
  for (int code = 0; code <= 255; ++code) {
    CHECK(transcript(leave_rest, child_changed(main_command, exited(code))) ==
          "info: main_ended, exit " + std::to_string(code));
  }
}

TEST_CASE("exit codes that are to become 0 do, those of a death by signal as well, and no other") {
  Settings settings = leave_rest;
  for (const int code : {0, 3, 31, 32, 143, 255}) settings.exit_zero.add(code);
  for (int code = 0; code <= 255; ++code) {
    const bool zero = code == 0 || code == 3 || code == 31 || code == 32 || code == 143 || code == 255;
    CHECK(transcript(settings, child_changed(main_command, exited(code))) ==
          "info: main_ended, exit " + std::to_string(zero ? 0 : code));
  }
  CHECK(transcript(settings, child_changed(main_command, killed(SIGTERM))) == "count, warning: main_ended, exit 0");
  CHECK(transcript(settings, child_changed(main_command, killed(SIGINT))) == "count, warning: main_ended, exit 130");
}

TEST_CASE("init exits with 128 + n after a death by signal n") {
  for (int number = 1; number <= last_signal; ++number) {
    const std::string expected = "count, warning: main_ended, exit " + std::to_string(128 + number);
    CHECK(transcript(leave_rest, child_changed(main_command, killed(number))) == expected);
    CHECK(transcript(leave_rest, child_changed(main_command, killed_with_core(number))) == expected);
  }
}

TEST_CASE("a main command that stops or goes on has not ended") {
  for (int number = 1; number <= last_signal; ++number) {
    CHECK(transcript(leave_rest, child_changed(main_command, stopped(number))) == "");
  }
  CHECK(transcript(leave_rest, child_changed(main_command, continued)) == "");
  CHECK(transcript(leave_rest, child_changed(main_command, traced_exec)) == "");
}

TEST_CASE("an orphan's end is not the main command's") {
  CHECK(transcript(Settings{}, child_changed(orphan, exited(9))) == "");
  CHECK(transcript(Settings{}, child_changed(orphan, killed(SIGKILL))) == "");
}

TEST_CASE("what is left of the group gets TERM where that was asked for, before the exit") {
  const Event end = child_changed(main_command, exited(5));
  CHECK(transcript(terminate_rest, end, {done}) == "info: main_ended, SIGTERM to group: done, exit 5");
  CHECK(transcript(Settings{.target = Target::child, .terminate_rest = true}, end) == "info: main_ended, exit 5");
}

TEST_CASE("TERM to the rest: an empty group is nothing to speak of, any other failure is tried again once") {
  const Event end = child_changed(main_command, killed(SIGTERM));
  CHECK(transcript(terminate_rest, end, {esrch}) == "count, warning: main_ended, SIGTERM to group: ESRCH, exit 143");
  CHECK(transcript(terminate_rest, end, {eperm, done}) ==
        "count, warning: main_ended, SIGTERM to group: EPERM, SIGTERM to group: done, exit 143");
  CHECK(transcript(terminate_rest, end, {eperm, eperm}) ==
        "count, warning: main_ended, SIGTERM to group: EPERM, SIGTERM to group: EPERM, exit 143");
}

TEST_CASE("every orphan that has ended is reported where that was asked for, and --quiet does not silence it") {
  const Settings asked{.report_orphans = true};
  CHECK(said(asked, child_changed(orphan, exited(0))) == "error: orphan_reaped");
  CHECK(said(asked, child_changed(orphan, killed(SIGKILL))) == "error: orphan_reaped");
  CHECK(said(asked, child_changed(orphan, stopped(SIGSTOP))) == "");
  CHECK(said(asked, child_changed(main_command, exited(0))) == "info: main_ended");
}

TEST_CASE("a death by a signal is told unasked, unless under a name that does not") {
  const Event end = child_changed(main_command, killed(SIGKILL));
  CHECK(transcript(leave_rest, end) == "count, warning: main_ended, exit 137");
  CHECK(transcript(Settings{.explains_end = false}, end) == "count, info: main_ended, exit 137");
}

TEST_CASE("with target all, what is left gets TERM before the exit") {
  CHECK(transcript(Settings{.target = Target::all, .terminate_rest = true}, child_changed(main_command, exited(5)),
                   {done}) == "info: main_ended, SIGTERM to all: done, exit 5");
}
