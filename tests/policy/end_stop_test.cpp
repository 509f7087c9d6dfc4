// What asks for the end, the clock that it starts, and what counts as success then: a row of the design's chapter "The
// end" each.
#include <doctest/doctest.h>

#include "transcript.hpp"

namespace {

using namespace policy_test;

const Event kill_time = time_is_up(Timer::kill);

Settings timed(Target target) { return {.target = target, .kill_after_ms = 3000}; }

Event main_killed_by(int number) { return child_changed(main_command, killed(number)); }

// What init exits with when the main command dies of `number`, with --exit-zero=forwarded.
std::string end_of(State& state, int number) { return transcript(state, main_killed_by(number)); }

State forgiving(int kill_after_ms = -1) {
  Settings settings{.target = Target::child, .exit_zero_forwarded = true, .kill_after_ms = kill_after_ms};
  settings.rewrites.set(SIGINT, SIGTERM);
  settings.rewrites.set(SIGQUIT, SIGKILL);
  return state_with(settings);
}

}  // namespace

TEST_CASE("TERM asks for the end, which is told, and it is handed on") {
  CHECK(transcript(Settings{.target = Target::child}, plain(SIGTERM), {done}) ==
        "info: stop_asked, SIGTERM to main command: done");
  CHECK(transcript(Settings{}, plain(SIGTERM), {done, in_its_group}) ==
        "info: stop_asked, SIGTERM to group: done, look-up: in its group");
  CHECK(transcript(Settings{.target = Target::all}, plain(SIGTERM), {done}) ==
        "info: stop_asked, SIGTERM to all: done");
}

TEST_CASE("target all: who refuses is not heard of, and nobody there means the main command is asked") {
  const Settings to_all{.target = Target::all};
  CHECK(transcript(to_all, queued(SIGHUP), {done}) == "SIGHUP to all: done");
  CHECK(transcript(to_all, plain(SIGHUP), {esrch, esrch, done}) ==
        "SIGHUP to all: ESRCH, SIGHUP to all: ESRCH, SIGHUP to main command: done");
}

TEST_CASE("the first stop signal starts the clock, and no other signal does") {
  for (int number = 1; number <= last_signal; ++number) {
    if (number == SIGCHLD || number == SIGTERM) continue;
    CAPTURE(number);
    CHECK(transcript(timed(Target::child), plain(number), {done}) == name_of(number) + " to main command: done");
  }
  State state = state_with(timed(Target::child));
  CHECK(transcript(state, plain(SIGTERM), {done}) ==
        "info: stop_asked, kill in 3000 ms, SIGTERM to main command: done");
  CHECK(transcript(state, plain(SIGTERM), {done}) == "info: stop_asked, SIGTERM to main command: done");
}

TEST_CASE("a time of 0 is a time, none is none") {
  CHECK(transcript(Settings{.target = Target::child, .kill_after_ms = 0}, plain(SIGTERM), {done}) ==
        "info: stop_asked, kill in 0 ms, SIGTERM to main command: done");
}

TEST_CASE("other signals ask for the end where that was said, as they arrive and not as they are handed on") {
  Settings settings = timed(Target::child);
  settings.stop_signals.add(SIGQUIT).add(first_realtime_signal + 3);
  settings.rewrites.set(SIGQUIT, SIGWINCH);
  settings.rewrites.set(SIGHUP, SIGTERM);
  const std::string asked = "info: stop_asked, kill in 3000 ms, ";
  CHECK(transcript(settings, plain(SIGQUIT), {done}) == asked + "SIGWINCH to main command: done");
  CHECK(transcript(settings, plain(37), {done}) == asked + "SIGRTMIN+3 to main command: done");
  CHECK(transcript(settings, plain(SIGTERM), {done}) == asked + "SIGTERM to main command: done");
  CHECK(transcript(settings, plain(SIGHUP), {done}) == "SIGTERM to main command: done");
  SUBCASE("and even where they are dropped") {
    settings.rewrites.set(SIGTERM, 0);
    CHECK(transcript(settings, plain(SIGTERM)) == "info: stop_asked, kill in 3000 ms");
    CHECK(said(settings, plain(SIGTERM)) == "info: stop_asked, debug: dropped");
  }
}

TEST_CASE("when the time is over, KILL goes to the main command and its group, to all with target all") {
  const std::string over = "warning: deadline, ";
  CHECK(transcript(timed(Target::child), kill_time, {done, in_its_group}) ==
        over + "SIGKILL to group: done, look-up: in its group");
  CHECK(transcript(timed(Target::group), kill_time, {done, in_another_group, done}) ==
        over + "SIGKILL to group: done, look-up: in another group, SIGKILL to main command: done");
  CHECK(transcript(timed(Target::all), kill_time, {done}) == over + "SIGKILL to all: done");
  CHECK(transcript(timed(Target::group), kill_time, {eperm, eperm, eperm, eperm}) ==
        over +
            "SIGKILL to group: EPERM, SIGKILL to group: EPERM, SIGKILL to main command: EPERM, "
            "SIGKILL to main command: EPERM, warning: not_delivered");
}

TEST_CASE("a time that is over for somebody else is none for the main command") {
  CHECK(transcript(timed(Target::group), time_is_up(Timer::wait)).empty());
  CHECK(transcript(timed(Target::group), time_is_up(Timer::terminal)).empty());
}

TEST_CASE("forwarded: dead of a signal that we handed on is a success, and of no other") {
  State state = forgiving();
  (void)transcript(state, plain(SIGTERM), {done});
  SUBCASE("of that one") { CHECK(end_of(state, SIGTERM) == "count, warning: main_ended, exit 0"); }
  SUBCASE("of another one") { CHECK(end_of(state, SIGHUP) == "count, warning: main_ended, exit 129"); }
  SUBCASE("of KILL") { CHECK(end_of(state, SIGKILL) == "count, warning: main_ended, exit 137"); }
  SUBCASE("or an exit with the same number") {
    CHECK(transcript(state, child_changed(main_command, exited(143))) == "info: main_ended, exit 143");
  }
}

TEST_CASE("forwarded: what nobody sent through us, or did not arrive, stays what it is") {
  State state = forgiving();
  SUBCASE("somebody else sent it") {}
  SUBCASE("it was refused") { (void)transcript(state, plain(SIGTERM), {eperm, eperm}); }
  CHECK(end_of(state, SIGTERM) == "count, warning: main_ended, exit 143");
}

TEST_CASE("forwarded: without --exit-zero=forwarded it does not matter") {
  State state = state_with(Settings{.target = Target::child});
  (void)transcript(state, plain(SIGTERM), {done});
  CHECK(end_of(state, SIGTERM) == "count, warning: main_ended, exit 143");
}

TEST_CASE("forwarded: a rewritten signal counts as what it was sent as") {
  State state = forgiving();
  (void)transcript(state, plain(SIGINT), {done});
  SUBCASE("as this") { CHECK(end_of(state, SIGTERM) == "count, warning: main_ended, exit 0"); }
  SUBCASE("not as that") { CHECK(end_of(state, SIGINT) == "count, warning: main_ended, exit 130"); }
}

TEST_CASE("forwarded: a KILL that was ordered counts, the one of our own does not") {
  State state = forgiving(3000);
  SUBCASE("ordered") {
    (void)transcript(state, plain(SIGQUIT), {done});
    CHECK(end_of(state, SIGKILL) == "count, warning: main_ended, exit 0");
  }
  SUBCASE("our own") {
    (void)transcript(state, plain(SIGTERM), {done});
    (void)transcript(state, kill_time, {done, in_its_group});
    CHECK(end_of(state, SIGKILL) == "count, warning: main_ended, exit 137");
  }
  SUBCASE("ordered, and then our own") {
    (void)transcript(state, plain(SIGQUIT), {done});
    (void)transcript(state, kill_time, {done, in_its_group});
    CHECK(end_of(state, SIGKILL) == "count, warning: main_ended, exit 137");
  }
  SUBCASE("our own, but it died of what was handed on before") {
    (void)transcript(state, plain(SIGTERM), {done});
    (void)transcript(state, kill_time, {done, in_its_group});
    CHECK(end_of(state, SIGTERM) == "count, warning: main_ended, exit 0");
  }
}

TEST_CASE("codes and forwarded add up") {
  State state = forgiving();
  state.settings.exit_zero.add(137);
  CHECK(end_of(state, SIGKILL) == "count, warning: main_ended, exit 0");
}
