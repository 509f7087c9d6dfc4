// Keys that end the command, or that it takes itself.
#include <csignal>

#include "session.hpp"

TEST_CASE("Ctrl-C ends the command: 130") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    session.press(ctrl_c);
    CHECK(session.status() == 128 + SIGINT);
  });
}

TEST_CASE("Ctrl-\\ ends the command: 131") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    session.press(ctrl_backslash);
    CHECK(session.status() == 128 + SIGQUIT);
  });
}

TEST_CASE("the end of the input ends the command: 0") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

// Once each, and nothing in between: neither from the terminal and the init both, nor a CONT that nobody sent.
TEST_CASE("a command that catches its keys gets each of them once") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, act("catch", "main"));
    CHECK(session.read_line() == "main ready");
    for (const auto& [key, number] : {std::pair{ctrl_c, SIGINT}, std::pair{ctrl_backslash, SIGQUIT},
                                      std::pair{ctrl_z, SIGTSTP}, std::pair{ctrl_c, SIGINT}}) {
      session.press(key);
      CHECK(session.read_line() == "main signal " + std::to_string(number) + " code 128 value 0");
    }
    ::kill(session.find("actor"), SIGKILL);
    CHECK(session.status() == 128 + SIGKILL);
  });
}
