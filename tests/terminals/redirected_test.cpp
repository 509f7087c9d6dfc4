// Standard input is a file or a pipe; and what follows in the script reads the terminal.
#include <csignal>

#include "session.hpp"

namespace {

void check_stop_and_interrupt(Session& session) {
  session.find("sleep");
  session.wait_until_in_charge();
  stop_by_key(session, "sleep");
  session.type("fg");
  session.wait_until_in_charge();
  session.press(ctrl_c);
  CHECK(session.status() == 128 + SIGINT);
}

}  // namespace

TEST_CASE("with standard input from a file, keys and job control work") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type(typed(way, {"sleep", "1000"}) + " </dev/null");
    check_stop_and_interrupt(session);
  });
}

TEST_CASE("with standard input from a pipe, keys and job control work") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type("echo | " + typed(way, {"sleep", "1000"}));
    check_stop_and_interrupt(session);
  });
}

TEST_CASE("with everything redirected, Ctrl-C ends the command, and Ctrl-Z gives the shell its prompt") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type(typed(way, {"sleep", "1000"}) + " </dev/null >/dev/null 2>&1");
    check_stop_and_interrupt(session);
  });
}

TEST_CASE("a command reads its file or its pipe, and ends with it") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type("echo through a pipe | " + typed(way, {"cat"}));
    CHECK(session.read_line() == "through a pipe");
    CHECK(session.status() == 0);
    session.type(typed(way, {"sh", "-c", "exec wc -c"}) + " </dev/null");
    CHECK(session.read_line() == "0");
    CHECK(session.status() == 0);
  });
}

TEST_CASE("what a script reads after the init has ended is its own") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type("sh -c " + quoted({typed(way, {"true"}) + "; read x; echo got $x"}));
    session.type("the line");
    CHECK(session.read_line() == "got the line");
    CHECK(session.status() == 0);
  });
}

TEST_CASE("what a script reads after a command was killed is its own") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    // A shell that is told of an interrupt stops at it, too.
    session.type("sh -c " + quoted({typed(way, {"cat"}) + "; read x; echo got $x"}));
    session.check_echo("before");
    ::kill(session.find("cat"), SIGKILL);
    session.wait_until("cat to be gone", [&session] { return !session.is_there("cat"); });
    session.type("the line");
    session.wait_for("got the line\n");
    CHECK(session.status() == 0);
  });
}
