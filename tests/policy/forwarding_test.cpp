// Promise 1: every signal that init accepts is delivered to a living target, or is reported once on stderr.
#include <doctest/doctest.h>

#include "transcript.hpp"

namespace {

using namespace policy_test;

const Settings to_child{.target = Target::child};
const Settings to_group{.target = Target::group};
const Settings to_child_by_pidfd{.target = Target::child, .kernel_reaps = true};
const Settings to_group_by_pidfd{.target = Target::group, .kernel_reaps = true};

}  // namespace

TEST_CASE("target child: a signal goes to the main command alone") {
  CHECK(transcript(to_child, plain(SIGUSR2), {done}) == "SIGUSR2 to main command: done");
}

TEST_CASE("target group: a signal goes to the group, and the main command is looked for") {
  CHECK(transcript(to_group, plain(SIGUSR2), {done, in_its_group}) == "SIGUSR2 to group: done, look-up: in its group");
}

TEST_CASE("a main command that left its group gets the signal, once") {
  SUBCASE("a helper is still in the group, and takes it") {
    CHECK(transcript(to_group, plain(SIGHUP), {done, in_another_group, done}) ==
          "SIGHUP to group: done, look-up: in another group, SIGHUP to main command: done");
  }
  SUBCASE("the group is empty") {
    CHECK(transcript(to_group, plain(SIGHUP), {esrch, esrch, done}) ==
          "SIGHUP to group: ESRCH, SIGHUP to group: ESRCH, SIGHUP to main command: done");
  }
}

TEST_CASE("every signal is handed on under its number, but SIGCHLD") {
  for (int number = 1; number <= last_signal; ++number) {
    if (number == SIGKILL || number == SIGSTOP) continue;  // they never arrive
    CAPTURE(number);
    const std::string told = number == SIGTERM ? "info: stop_asked, " : "";
    CHECK(transcript(to_child, plain(number), number == SIGCHLD ? std::vector<Answer>{} : std::vector<Answer>{done}) ==
          (number == SIGCHLD ? "" : told + name_of(number) + " to main command: done"));
  }
}

TEST_CASE("a rewritten signal is handed on as the other one, a dropped one not at all") {
  for (Settings settings : {to_child, to_group}) {
    settings.rewrites.set(SIGUSR2, SIGINT);
    settings.rewrites.set(SIGINT, SIGUSR2);
    settings.rewrites.set(SIGUSR1, 0);
    settings.rewrites.set(64, 1);
    settings.rewrites.set(1, 64);
    CHECK(transcript(settings, plain(SIGUSR1)) == "");
    const std::vector<Answer> answers =
        settings.target == Target::child ? std::vector<Answer>{done} : std::vector<Answer>{done, in_its_group};
    CHECK(transcript(settings, plain(SIGUSR2), answers).starts_with("SIGINT to "));
    CHECK(transcript(settings, plain(SIGINT), answers).starts_with("SIGUSR2 to "));
    CHECK(transcript(settings, plain(SIGHUP), answers).starts_with("SIGRTMAX to "));
    CHECK(transcript(settings, plain(64), answers).starts_with("SIGHUP to "));
    CHECK(transcript(settings, plain(SIGQUIT), answers).starts_with("SIGQUIT to "));
  }
}

TEST_CASE("a signal is rewritten once, where the main command has left its group as well") {
  Settings settings = to_group;
  settings.rewrites.set(SIGUSR2, SIGINT);
  settings.rewrites.set(SIGINT, SIGUSR2);
  CHECK(transcript(settings, plain(SIGUSR2), {done, in_another_group, done}) ==
        "SIGINT to group: done, look-up: in another group, SIGINT to main command: done");
  CHECK(transcript(settings, plain(SIGUSR2), {esrch, esrch, done}) ==
        "SIGINT to group: ESRCH, SIGINT to group: ESRCH, SIGINT to main command: done");
}

TEST_CASE("SIGCHLD is not handed on, rewritten or not") {
  Settings settings = to_child;
  settings.rewrites.set(SIGCHLD, SIGTERM);
  CHECK(transcript(settings, plain(SIGCHLD)) == "");
}

TEST_CASE("what a write of our own raises is not handed on, the same signal from others is") {
  for (const int number : {SIGPIPE, SIGXFSZ}) {
    CAPTURE(number);
    CHECK(transcript(to_child, signal_from(self, number)) == "");
  }
  CHECK(transcript(to_child, signal_from(another, SIGPIPE), {done}) == "SIGPIPE to main command: done");
  CHECK(transcript(to_child, signal_from(0, SIGPIPE, SI_KERNEL), {done}) == "SIGPIPE to main command: done");
  CHECK(transcript(to_child, signal_from(another, SIGXFSZ), {done}) == "SIGXFSZ to main command: done");
  CHECK(transcript(to_child, signal_from(self, SIGUSR2), {done}) == "SIGUSR2 to main command: done");
}

TEST_CASE("a queued signal goes with its value to a single target") {
  CHECK(transcript(to_child, queued(34), {done}) == "SIGRTMIN with value to main command: done");
  SUBCASE("a group takes none") {
    CHECK(transcript(to_group, queued(34), {done, in_its_group}) == "SIGRTMIN to group: done, look-up: in its group");
  }
  SUBCASE("by a pidfd, as without one") {
    CHECK(transcript(to_child_by_pidfd, queued(34), {done}) == "SIGRTMIN with value to main command: done");
  }
  SUBCASE("but a main command that left its group does") {
    CHECK(transcript(to_group, queued(34), {esrch, esrch, done}) ==
          "SIGRTMIN to group: ESRCH, SIGRTMIN to group: ESRCH, SIGRTMIN with value to main command: done");
  }
}

TEST_CASE("where the kernel reaps, a pidfd carries the value to the group as well") {
  CHECK(transcript(to_group_by_pidfd, queued(34), {done, in_its_group}) ==
        "SIGRTMIN with value to group: done, look-up: in its group");
  CHECK(transcript(to_group_by_pidfd, plain(34), {done, in_its_group}) ==
        "SIGRTMIN to group: done, look-up: in its group");
  SUBCASE("and to a main command that left it") {
    CHECK(transcript(to_group_by_pidfd, queued(34), {done, in_another_group, done}) ==
          "SIGRTMIN with value to group: done, look-up: in another group, SIGRTMIN with value to main command: done");
  }
  SUBCASE("what the group has no room for goes to it without its value") {
    CHECK(transcript(to_group_by_pidfd, queued(34), {eagain, eagain, done, in_its_group}) ==
          "SIGRTMIN with value to group: EAGAIN, SIGRTMIN with value to group: EAGAIN, warning: value_lost, "
          "SIGRTMIN to group: done, look-up: in its group");
  }
  SUBCASE("and then to the main command, which may take the value") {
    CHECK(transcript(to_group_by_pidfd, queued(34), {eagain, eagain, esrch, esrch, done}) ==
          "SIGRTMIN with value to group: EAGAIN, SIGRTMIN with value to group: EAGAIN, warning: value_lost, "
          "SIGRTMIN to group: ESRCH, SIGRTMIN to group: ESRCH, SIGRTMIN with value to main command: done");
  }
  SUBCASE("an empty group, or one that refuses, is no matter of the value") {
    for (const Answer& answer : {esrch, eperm}) {
      const std::string refused = "SIGRTMIN with value to group: " + std::string(answer.words);
      CHECK(transcript(to_group_by_pidfd, queued(34), {answer, answer, done}) ==
            refused + ", " + refused + ", SIGRTMIN with value to main command: done");
    }
  }
}

TEST_CASE("where the kernel reaps, a main command that is gone when it is looked for is no unknown group") {
  CHECK(transcript(to_group_by_pidfd, plain(SIGUSR2), {done, esrch, esrch}) ==
        "SIGUSR2 to group: done, look-up: ESRCH, look-up: ESRCH");
  CHECK(transcript(to_group_by_pidfd, plain(SIGUSR2), {done, enosys, enosys}) ==
        "SIGUSR2 to group: done, look-up: ENOSYS, look-up: ENOSYS, warning: group_unknown");
  SUBCASE("where init reaps, the main command is there until init has its end") {
    CHECK(transcript(to_group, plain(SIGUSR2), {done, esrch, esrch}) ==
          "SIGUSR2 to group: done, look-up: ESRCH, look-up: ESRCH, warning: group_unknown");
  }
}

TEST_CASE("only what sigqueue(3) sent is queued: the kernel refuses all that it says of itself") {
  for (const int code : {SI_USER, SI_KERNEL, SI_TKILL, SI_TIMER}) {
    CAPTURE(code);
    CHECK(transcript(to_child, signal_from(another, SIGUSR1, code), {done}) == "SIGUSR1 to main command: done");
  }
}

TEST_CASE("a call that fails once is made again") {
  CHECK(transcript(to_child, plain(SIGINT), {eagain, done}) ==
        "SIGINT to main command: EAGAIN, SIGINT to main command: done");
  CHECK(transcript(to_child, queued(35), {eagain, done}) ==
        "SIGRTMIN+1 with value to main command: EAGAIN, SIGRTMIN+1 with value to main command: done");
  CHECK(transcript(to_group, plain(SIGINT), {enosys, done, in_its_group}) ==
        "SIGINT to group: ENOSYS, SIGINT to group: done, look-up: in its group");
  CHECK(transcript(to_group, plain(SIGINT), {done, enosys, in_another_group, done}) ==
        "SIGINT to group: done, look-up: ENOSYS, look-up: in another group, SIGINT to main command: done");
}

TEST_CASE("that signals cannot be waited for, or a status not learned, is told once each, and init goes on") {
  State state = state_with(to_group);
  const Event deaf{.kind = Event::Kind::wait_failed, .error = ENOSYS};
  const Event unknown{.kind = Event::Kind::status_unknown, .error = EPERM};
  CHECK(transcript(state, deaf) == "error: wait_failed");
  CHECK(transcript(state, deaf).empty());
  CHECK(transcript(state, unknown) == "error: status_unknown");
  CHECK(transcript(state, unknown).empty());
  CHECK(transcript(state, deaf).empty());
}

TEST_CASE("a call that goes on failing is not made for ever") {
  CHECK(transcript(to_group, plain(SIGINT), {done, enosys, enosys}) ==
        "SIGINT to group: done, look-up: ENOSYS, look-up: ENOSYS, warning: group_unknown");
  CHECK(transcript(to_group, queued(34), {eperm, eperm, eagain, eagain, eagain, eagain}) ==
        "SIGRTMIN to group: EPERM, SIGRTMIN to group: EPERM, SIGRTMIN with value to main command: EAGAIN, "
        "SIGRTMIN with value to main command: EAGAIN, warning: value_lost, SIGRTMIN to main command: EAGAIN, "
        "SIGRTMIN to main command: EAGAIN, warning: not_delivered");
}

TEST_CASE("a value that cannot be queued is reported, and the signal goes without it") {
  CHECK(transcript(to_child, queued(SIGUSR1), {eagain, eagain, done}) ==
        "SIGUSR1 with value to main command: EAGAIN, SIGUSR1 with value to main command: EAGAIN, warning: value_lost, "
        "SIGUSR1 to main command: done");
}

TEST_CASE("a signal that the main command refuses is reported once") {
  State state = state_with(to_child);
  CHECK(transcript(state, plain(SIGUSR2), {eperm, eperm}) ==
        "SIGUSR2 to main command: EPERM, SIGUSR2 to main command: EPERM, warning: not_delivered");
  CHECK(transcript(state, plain(SIGUSR2), {eperm, eperm}) ==
        "SIGUSR2 to main command: EPERM, SIGUSR2 to main command: EPERM");
  SUBCASE("and so is each other one") {
    CHECK(transcript(state, plain(SIGINT), {eperm, eperm}) ==
          "SIGINT to main command: EPERM, SIGINT to main command: EPERM, warning: not_delivered");
  }
  SUBCASE("a value that is lost is another matter") {
    CHECK(transcript(state, queued(SIGUSR2), {eagain, eagain, done}) ==
          "SIGUSR2 with value to main command: EAGAIN, SIGUSR2 with value to main command: EAGAIN, "
          "warning: value_lost, SIGUSR2 to main command: done");
  }
}

TEST_CASE("a refused group says nothing yet: the main command is asked") {
  CHECK(transcript(to_group, plain(SIGUSR2), {eperm, eperm, eperm, eperm}) ==
        "SIGUSR2 to group: EPERM, SIGUSR2 to group: EPERM, SIGUSR2 to main command: EPERM, "
        "SIGUSR2 to main command: EPERM, warning: not_delivered");
}

TEST_CASE("a main command that refuses, or is gone, does so with and without a value: one line") {
  CHECK(said(to_child, queued(34), {eperm, eperm}) == "warning: not_delivered");
  CHECK(said(to_child, queued(34), {esrch, esrch}) == "warning: not_delivered");
}

TEST_CASE("what goes well is said at level debug only") {
  CHECK(said(to_child, plain(SIGUSR2), {done}) == "debug: forwarded");
  CHECK(said(to_group, plain(SIGUSR2), {done, in_its_group}) == "debug: forwarded");
  CHECK(said(to_group, plain(SIGUSR2), {done, in_another_group, done}) == "debug: forwarded, debug: forwarded");
}
