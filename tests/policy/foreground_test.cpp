// A row of the design's chapter "Terminal" each.
#include <doctest/doctest.h>

#include "transcript.hpp"

namespace {

using namespace policy_test;

const Settings on_terminal{.terminal = true};
const Settings without{};
const Settings in_session{.session = true};
const Event look = time_is_up(Timer::terminal);
constexpr Answer had{.words = "had"};
constexpr Answer not_had{.words = "not had", .error = EPERM};

Event stopped_by(int number) { return child_changed(main_command, stopped(number)); }
Event from_terminal(int number) { return signal_from(0, number, SI_KERNEL); }

const std::string goes_on = "SIGCONT to group: done, look-up: in its group";

}  // namespace

TEST_CASE("stopped by TSTP: we stop as well, and then it goes on, whoever has the terminal") {
  for (const Answer& answer : {had, not_had}) {
    CHECK(transcript(on_terminal, stopped_by(SIGTSTP), {answer, done, in_its_group}) ==
          "suspend by SIGTSTP, foreground: " + std::string(answer.words) + ", " + goes_on);
  }
}

TEST_CASE("stopped by TTIN or TTOU: it goes on with the terminal if that is to be had") {
  for (const int number : {SIGTTIN, SIGTTOU}) {
    CHECK(transcript(on_terminal, stopped_by(number), {had, done, in_its_group}) == "foreground: had, " + goes_on);
  }
}

TEST_CASE("stopped by TTIN or TTOU without the terminal: we stop as well, then it is looked at with growing delays") {
  for (const int number : {SIGTTIN, SIGTTOU}) {
    State state = state_with(on_terminal);
    CHECK(transcript(state, stopped_by(number), {not_had, not_had}) ==
          "foreground: not had, suspend by " + name_of(number) + ", foreground: not had, look again in 10 ms");
    for (const int ms : {20, 40, 80, 160, 320, 640, 1000, 1000}) {
      CHECK(transcript(state, look, {not_had}) == "foreground: not had, look again in " + std::to_string(ms) + " ms");
    }
    CHECK(transcript(state, look, {had, done, in_its_group}) == "foreground: had, " + goes_on);
    CHECK(transcript(state, look).empty());
    SUBCASE("after it was had, the delays begin anew") {
      CHECK(transcript(state, stopped_by(number), {not_had, not_had}).ends_with("look again in 10 ms"));
    }
  }
}

TEST_CASE("the terminal that comes back while we are stopped lets it go on") {
  CHECK(transcript(on_terminal, stopped_by(SIGTTIN), {not_had, had, done, in_its_group}) ==
        "foreground: not had, suspend by SIGTTIN, foreground: had, " + goes_on);
}

TEST_CASE("a continued command that stops again at once without the terminal is not looked at sooner") {
  State state = state_with(on_terminal);
  (void)transcript(state, stopped_by(SIGTTIN), {not_had, not_had});
  (void)transcript(state, plain(SIGCONT), {not_had, done, in_its_group});
  CHECK(transcript(state, stopped_by(SIGTTIN), {not_had, not_had}).ends_with("look again in 20 ms"));
}

TEST_CASE("a stop by order is left alone") {
  CHECK(transcript(on_terminal, stopped_by(SIGSTOP)).empty());
  for (const int number : {SIGTSTP, SIGTTIN, SIGTTOU}) {
    CAPTURE(number);
    State state = state_with(on_terminal);
    (void)transcript(state, plain(number), {done, in_its_group});
    CHECK(transcript(state, stopped_by(number)).empty());
    CHECK(transcript(state, look).empty());
    SUBCASE("until the next CONT") {
      CHECK(transcript(state, plain(SIGCONT), {not_had, done, in_its_group}) == "foreground: not had, " + goes_on);
      CHECK(transcript(state, stopped_by(SIGTSTP), {had, done, in_its_group}) ==
            "suspend by SIGTSTP, foreground: had, " + goes_on);
    }
  }
}

TEST_CASE("a stop by order that follows one of the terminal counts") {
  State state = state_with(on_terminal);
  (void)transcript(state, stopped_by(SIGTTIN), {not_had, not_had});
  SUBCASE("by STOP") { CHECK(transcript(state, stopped_by(SIGSTOP)).empty()); }
  SUBCASE("through us") {
    for (int times = 0; times < 2; ++times) {
      CHECK(transcript(state, plain(SIGTSTP), {done, in_its_group}) == "SIGTSTP to group: done, look-up: in its group");
    }
  }
  CHECK(transcript(state, look).empty());
}

TEST_CASE("without a terminal, and after other stops, nothing is done") {
  for (const int number : {SIGTSTP, SIGTTIN, SIGTTOU, SIGSTOP}) {
    CHECK(transcript(without, stopped_by(number)).empty());
    CHECK(transcript(in_session, stopped_by(number)).empty());
  }
  CHECK(transcript(on_terminal, stopped_by(SIGTRAP)).empty());
  CHECK(transcript(on_terminal, child_changed(orphan, stopped(SIGTSTP))).empty());
}

TEST_CASE("CONT: the foreground is offered before it is handed on, to the group") {
  for (const Target target : {Target::child, Target::group}) {
    const Settings settings{.target = target, .terminal = true};
    CHECK(transcript(settings, plain(SIGCONT), {had, done, in_its_group}) == "foreground: had, " + goes_on);
    CHECK(transcript(settings, plain(SIGCONT), {not_had, done, in_its_group}) == "foreground: not had, " + goes_on);
  }
  CHECK(transcript(without, plain(SIGCONT), {done, in_its_group}) == goes_on);
  CHECK(transcript(Settings{.target = Target::child}, plain(SIGCONT), {done}) == "SIGCONT to main command: done");
}

TEST_CASE("CONT by another name is CONT, and CONT that is dropped is none") {
  Settings settings = on_terminal;
  settings.rewrites.set(SIGUSR1, SIGCONT);
  settings.rewrites.set(SIGCONT, 0);
  CHECK(transcript(settings, plain(SIGUSR1), {had, done, in_its_group}) == "foreground: had, " + goes_on);
  CHECK(transcript(settings, plain(SIGCONT)).empty());
}

TEST_CASE("a stop that the terminal sends to us is shared at once, and is no order") {
  State state = state_with(on_terminal);
  CHECK(transcript(state, from_terminal(SIGTSTP), {done, in_its_group, not_had, done, in_its_group}) ==
        "SIGTSTP to group: done, look-up: in its group, suspend by SIGTSTP, foreground: not had, " + goes_on);
  CHECK(transcript(state, stopped_by(SIGTSTP), {had, done, in_its_group}) ==
        "suspend by SIGTSTP, foreground: had, " + goes_on);
}

TEST_CASE("where we do not see the command stop, it goes on with us") {
  CHECK(transcript(without, from_terminal(SIGTSTP), {done, in_its_group, done, in_its_group}) ==
        "SIGTSTP to group: done, look-up: in its group, suspend by SIGTSTP, " + goes_on);
}

TEST_CASE("in a session of its own the stops of a terminal are STOP, we stop as well, and only a CONT goes on") {
  for (const int number : {SIGTSTP, SIGTTIN, SIGTTOU}) {
    for (const Event& event : {plain(number), from_terminal(number)}) {
      State state = state_with(in_session);
      CHECK(transcript(state, event, {done, in_its_group}) ==
            "SIGSTOP to group: done, look-up: in its group, suspend by " + name_of(number));
      CHECK(transcript(state, plain(SIGCONT), {done, in_its_group}) == goes_on);
    }
  }
}

TEST_CASE("an end forgets the terminal") {
  State state = state_with(Settings{.terminal = true, .wait = true});
  (void)transcript(state, stopped_by(SIGTTIN), {not_had, not_had});
  (void)transcript(state, child_changed(main_command, killed(SIGKILL)));
  CHECK(transcript(state, look).empty());
  CHECK(transcript(state, plain(SIGCONT)).find("foreground") == std::string::npos);
}

TEST_CASE("a CONT that is refused is tried again as any signal is, and reported") {
  CHECK(transcript(on_terminal, stopped_by(SIGTSTP), {had, eperm, eperm, eperm, eperm}) ==
        "suspend by SIGTSTP, foreground: had, SIGCONT to group: EPERM, SIGCONT to group: EPERM, "
        "SIGCONT to main command: EPERM, SIGCONT to main command: EPERM, warning: not_delivered");
}
