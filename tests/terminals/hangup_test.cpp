// The terminal goes away.
#include <csignal>
#include <vector>

#include "session.hpp"

namespace {

// script(1) lives on, and writes an end of file to the terminal that it made.
std::vector<Way> without_script(std::vector<Way> ways) {
  std::erase_if(ways,
                [](const Way& way) { return way.leader == Leader::script || way.leader == Leader::bash_in_script; });
  return ways;
}

void check_nobody_is_left(Session& session) {
  session.hang_up();
  session.wait_until("all to have ended", [&session] { return !session.is_there("") && !session.is_there("cat"); });
}

}  // namespace

TEST_CASE("hangup ends the command, and the init says so: 129") {
  in_each(without_script(ways_without_shell()), [](const Way& way) {
    // The hangup ends a shell that leads the session by itself.
    if (way.leader == Leader::sh) return;
    // One that reads may be told of the end of its input first.
    Session session(way, act("hold"));
    CHECK(session.read_line() == "ready");
    session.hang_up();
    CHECK(session.exit_code() == 128 + SIGHUP);
  });
}

TEST_CASE("after a hangup nobody is left") {
  in_each(without_script(all_ways()), [](const Way& way) {
    if (way.leader == Leader::pid1) return;
    Session session(way, {"cat"});
    session.check_echo("before");
    CHECK(session.is_there(""));
    check_nobody_is_left(session);
  });
}

TEST_CASE("after a hangup nobody is left of a stopped job") {
  in_each(without_script(ways_with_shell()), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    stop_by_key(session, "cat");
    check_nobody_is_left(session);
  });
}
