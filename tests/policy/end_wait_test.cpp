// --wait: the others after the main command's end, a row of the design's chapter "The end" each.
#include <doctest/doctest.h>

#include "transcript.hpp"

namespace {

using namespace policy_test;

const Event end_with_42 = child_changed(main_command, exited(42));
const Event orphans_end = child_changed(orphan, exited(3));
const Event wait_is_over = time_is_up(Timer::wait);
const Event kill_time = time_is_up(Timer::kill);

const Settings waiting{.wait = true};
const Settings below{.is_pid1 = false, .wait = true};

// After the main command's end.
State ended(const Settings& settings, const std::vector<Answer>& answers = {}) {
  State state = state_with(settings);
  (void)transcript(state, end_with_42, answers);
  return state;
}

}  // namespace

TEST_CASE("--wait leaves the others alone, and exits with the main command's status when all are gone") {
  State state = state_with(waiting);
  CHECK(transcript(state, end_with_42) == "info: main_ended, watch");
  CHECK(transcript(state, orphans_end).empty());
  CHECK(transcript(state, all_gone()) == "exit 42");
}

TEST_CASE("--wait: the rest of the group gets no TERM of its own") {
  CHECK(transcript(Settings{.terminate_rest = true, .wait = true}, end_with_42) == "info: main_ended, watch");
}

TEST_CASE("--wait=0 ends the others at once, with 10 s for it if nothing else was said") {
  State state = state_with(Settings{.wait = true, .wait_ms = 0});
  CHECK(transcript(state, end_with_42, {done}) ==
        "info: main_ended, watch, SIGTERM to the others: done, kill in 10000 ms");
  CHECK(transcript(state, kill_time, {done}) == "warning: deadline, SIGKILL to the others: done");
  CHECK(transcript(state, all_gone()) == "exit 42");
  CHECK(transcript(Settings{.wait = true, .wait_ms = 0, .kill_after_ms = 0}, end_with_42, {done}) ==
        "info: main_ended, watch, SIGTERM to the others: done, kill in 0 ms");
}

TEST_CASE("--wait=TIME ends the others when it is over, once") {
  State state = state_with(Settings{.wait = true, .wait_ms = 5000, .kill_after_ms = 3000});
  CHECK(transcript(state, end_with_42) == "info: main_ended, watch, end the others in 5000 ms");
  SUBCASE("in time") {
    CHECK(transcript(state, wait_is_over, {done}) == "SIGTERM to the others: done, kill in 3000 ms");
    CHECK(transcript(state, plain(SIGTERM)).empty());
  }
  SUBCASE("or at the next stop signal, which makes the time matter no more") {
    CHECK(transcript(state, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 3000 ms");
    CHECK(transcript(state, wait_is_over).empty());
  }
  CHECK(transcript(state, kill_time, {done}) == "warning: deadline, SIGKILL to the others: done");
  CHECK(transcript(state, plain(SIGTERM)).empty());
}

TEST_CASE("where the end was asked for, it was for all: the clock that runs is the one") {
  State state = state_with(Settings{.target = Target::child, .wait = true, .wait_ms = 5000, .kill_after_ms = 3000});
  CHECK(transcript(state, plain(SIGTERM), {done}) ==
        "info: stop_asked, kill in 3000 ms, SIGTERM to main command: done");
  CHECK(transcript(state, end_with_42, {done}) == "info: main_ended, watch, SIGTERM to the others: done");
  CHECK(transcript(state, kill_time, {done}) == "warning: deadline, SIGKILL to the others: done");
}

TEST_CASE("where no clock was asked for, the stop has started none, and the others get the usual one") {
  State state = state_with(Settings{.target = Target::child, .wait = true});
  CHECK(transcript(state, plain(SIGTERM), {done}) == "info: stop_asked, SIGTERM to main command: done");
  CHECK(transcript(state, end_with_42, {done}) ==
        "info: main_ended, watch, SIGTERM to the others: done, kill in 10000 ms");
}

TEST_CASE("where the time was over for the main command, it is over for the others") {
  State state = state_with(Settings{.target = Target::child, .wait = true, .kill_after_ms = 3000});
  (void)transcript(state, plain(SIGTERM), {done});
  CHECK(transcript(state, kill_time, {done, in_its_group}) ==
        "warning: deadline, SIGKILL to group: done, look-up: in its group");
  CHECK(transcript(state, child_changed(main_command, killed(SIGKILL)), {done}) ==
        "count, warning: main_ended, watch, SIGKILL to the others: done");
  CHECK(transcript(state, all_gone()) == "exit 137");
}

TEST_CASE("below PID 1, those who come later are ended as well; as PID 1 all have had it") {
  State state = ended(below);
  CHECK(transcript(state, orphans_end).empty());
  CHECK(transcript(state, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 10000 ms");
  CHECK(transcript(state, orphans_end, {done}) == "SIGTERM to the others: done");
  CHECK(transcript(state, child_changed(orphan, stopped(SIGTSTP))).empty());
  CHECK(transcript(state, kill_time, {done}) == "warning: deadline, SIGKILL to the others: done");
  CHECK(transcript(state, orphans_end, {done}) == "SIGKILL to the others: done");
  State first = ended(waiting);
  CHECK(transcript(first, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 10000 ms");
  CHECK(transcript(first, orphans_end).empty());
}

TEST_CASE("where the others cannot be found the group is ended in their place, which is told once") {
  const Answer unseen{.words = "ENOENT", .error = ENOENT};
  State state = ended(below);
  CHECK(transcript(state, plain(SIGTERM), {unseen, esrch, esrch}) ==
        "SIGTERM to the others: ENOENT, warning: others_unseen, SIGTERM to group: ESRCH, SIGTERM to group: ESRCH, "
        "kill in 10000 ms");
  // A second TERM means "at once" to many programs.
  CHECK(transcript(state, orphans_end, {unseen}) == "SIGTERM to the others: ENOENT");
  CHECK(transcript(state, kill_time, {unseen, eperm, eperm}) ==
        "warning: deadline, SIGKILL to the others: ENOENT, SIGKILL to group: EPERM, SIGKILL to group: EPERM");
}

TEST_CASE("after the main command's end its number is nobody's: a process that has it again is an orphan") {
  State state = ended(Settings{.report_orphans = true, .wait = true});
  CHECK(transcript(state, child_changed(main_command, exited(9))) == "error: orphan_reaped");
  CHECK(transcript(state, all_gone()) == "exit 42");
}

TEST_CASE("after the main command's end nothing is sent to it or to its group, which is told once") {
  for (const Target target : {Target::child, Target::group}) {
    for (const int number : {SIGHUP, SIGUSR1, SIGTSTP, SIGCONT, first_realtime_signal}) {
      CAPTURE(number);
      State state = ended(Settings{.target = target, .wait = true});
      CHECK(transcript(state, plain(number)) == "warning: dropped");
      CHECK(transcript(state, plain(number)).empty());
    }
  }
}

TEST_CASE("others that refuse are told, once, and the group is not signalled in their place") {
  State state = ended(below);
  CHECK(transcript(state, plain(SIGTERM), {eperm}) ==
        "SIGTERM to the others: EPERM, warning: others_refuse, kill in 10000 ms");
  CHECK(transcript(state, kill_time, {eperm}) == "warning: deadline, SIGKILL to the others: EPERM");
}

TEST_CASE("nobody there to be ended is nothing to speak of") {
  State state = ended(below);
  CHECK(transcript(state, plain(SIGTERM), {esrch}) == "SIGTERM to the others: ESRCH, kill in 10000 ms");
  CHECK(transcript(state, kill_time, {esrch}) == "warning: deadline, SIGKILL to the others: ESRCH");
}

TEST_CASE("PID 1 that can kill no more exits with the main command's status: the kernel takes all with it") {
  State state = ended(waiting);
  CHECK(transcript(state, plain(SIGTERM), {eperm}) ==
        "SIGTERM to the others: EPERM, warning: others_refuse, kill in 10000 ms");
  CHECK(transcript(state, kill_time, {eperm}) == "warning: deadline, SIGKILL to the others: EPERM, exit 42");
  State first = ended(waiting);
  CHECK(transcript(first, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 10000 ms");
  CHECK(transcript(first, kill_time, {esrch}) == "warning: deadline, SIGKILL to the others: ESRCH, exit 42");
  State second = ended(waiting);
  CHECK(transcript(second, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 10000 ms");
  CHECK(transcript(second, kill_time, {eperm}) ==
        "warning: deadline, SIGKILL to the others: EPERM, warning: others_refuse, exit 42");
}

TEST_CASE("what does not end the container does not end the others") {
  State state = ended(Settings{.target = Target::all, .wait = true});
  CHECK(transcript(state, plain(SIGHUP), {done}) == "SIGHUP to all: done");
  CHECK(transcript(state, plain(SIGCHLD)).empty());
  CHECK(transcript(state, plain(SIGTERM), {done}) == "SIGTERM to the others: done, kill in 10000 ms");
}

TEST_CASE("with target all, a signal after the end goes to all as what was said") {
  Settings settings{.target = Target::all, .wait = true};
  settings.rewrites.set(SIGQUIT, SIGUSR1);
  settings.rewrites.set(SIGHUP, 0);
  State state = ended(settings);
  CHECK(transcript(state, plain(SIGQUIT), {done}) == "SIGUSR1 to all: done");
  CHECK(transcript(state, plain(SIGHUP)).empty());
}
