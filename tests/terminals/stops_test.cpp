// Stops that were ordered, by SIGSTOP or through the init, are left alone; and what comes during a stop.
#include <csignal>

#include "looks.hpp"
#include "session.hpp"

namespace {

// Until the init has nothing left to do about it.
void send_and_settle(Session& session, pid_t init, int number, pid_t stopped) {
  const auto switches = proc::context_switches(init);
  ::kill(init, number);
  session.wait_until_stopped(stopped);
  session.wait_until_settled(init, switches);
}

}  // namespace

TEST_CASE("a command stopped by SIGSTOP from outside stays so until SIGCONT") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    const pid_t command = session.find("cat");
    // In nested ones the inner init sees it.
    ::kill(command, SIGSTOP);
    session.wait_until_stopped(command);
    session.type("after");
    CHECK(looks::is_stopped(command));
    ::kill(command, SIGCONT);
    CHECK(session.read_line() == "after");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("SIGTSTP sent to the init is handed on, and the stop left alone until SIGCONT") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    const pid_t init = session.find_init(), command = session.find("cat");
    send_and_settle(session, init, SIGTSTP, command);
    session.type("after");
    CHECK(looks::is_stopped(command));
    CHECK(!looks::is_stopped(init));
    ::kill(init, SIGCONT);
    CHECK(session.read_line() == "after");
    // As ever afterwards.
    session.press(ctrl_z);
    if (has_shell(way)) {
      session.wait_for_prompt();
      bring_back(session, "cat");
    }
    session.check_echo("last");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("a command killed while it is stopped by SIGSTOP: 137") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    const pid_t command = session.find("cat");
    ::kill(command, SIGSTOP);
    session.wait_until_stopped(command);
    ::kill(command, SIGKILL);
    CHECK(session.status() == 128 + SIGKILL);
  });
}

TEST_CASE("a command killed while the job is stopped by Ctrl-Z: fg tells of it, 137") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    stop_by_key(session, "cat");
    ::kill(session.find("cat"), SIGKILL);
    session.type("fg");
    CHECK(session.status() == 128 + SIGKILL);
  });
}

TEST_CASE("SIGINT to the init while the command is stopped ends it at SIGCONT: 130") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    const pid_t init = session.find_init(), command = session.find("cat");
    ::kill(command, SIGSTOP);
    session.wait_until_stopped(command);
    ::kill(init, SIGINT);
    ::kill(init, SIGCONT);
    CHECK(session.status() == 128 + SIGINT);
  });
}

TEST_CASE("signals to a job stopped by Ctrl-Z end it at fg") {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    INFO(number);
    in_each(ways_with_shell(), [number](const Way& way) {
      Session session(way, {"cat"});
      session.check_echo("before");
      stop_by_key(session, "cat");
      ::kill(session.find_init(), number);
      session.type("fg");
      CHECK(session.status() == 128 + number);
    });
  }
}
