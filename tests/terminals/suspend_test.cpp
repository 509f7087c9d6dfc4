// Ctrl-Z, fg and bg.
#include <csignal>

#include "looks.hpp"
#include "session.hpp"

TEST_CASE("Ctrl-Z gives the shell its prompt, and fg brings the command back") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    for (const char* const line : {"first", "second", "third"}) {
      session.check_echo(line);
      stop_by_key(session, "cat");
      CHECK(session.ask("echo the shell reads") == "the shell reads\n");
      bring_back(session, "cat");
    }
    session.check_echo("last");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("bg, then fg") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    stop_by_key(session, "cat");
    const pid_t command = session.find("cat");
    const auto sleeps = looks::sleeps(command);
    session.ask("bg");
    // It goes on, and wants to read what it cannot have.
    session.wait_until("cat to stop again", [&] { return looks::sleeps(command) > sleeps; });
    check_stopped(session, "cat", "tty input");
    bring_back(session, "cat");
    session.check_echo("after");
    session.press(ctrl_c);
    CHECK(session.status() == 128 + SIGINT);
  });
}

TEST_CASE("bg, and at once fg") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("before");
    stop_by_key(session, "cat");
    const pid_t command = session.find("cat");
    session.type("bg; fg");
    for (const char* const told : {"bg", "fg"}) {
      INFO(told);
      CHECK(session.read_line().find("cat") != std::string::npos);
    }
    // Its wish to read may have come before the fg, and its stop after it, as without an init: then it takes another
    // fg.
    session.wait_until("the job to have the terminal, or to be stopped again", [&] {
      return session.is_prompted() || (looks::is_in_foreground(command) && !looks::is_stopped(command));
    });
    if (session.is_prompted()) {
      session.wait_for_prompt();
      check_stopped(session, "cat", "tty input");
      bring_back(session, "cat");
    }
    session.check_echo("after");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("a command that stops itself gives the shell its prompt, and fg brings it back") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"sh", "-c", "kill -TSTP $$; echo back; exit 4"});
    session.wait_for_prompt();
    session.check_shell_has_terminal();
    session.type("fg");
    session.wait_for("back\n");
    CHECK(session.status() == 4);
  });
}

TEST_CASE("two jobs stopped by Ctrl-Z come back each by its fg") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    session.check_echo("one");
    stop_by_key(session, "cat");
    session.type(typed(way, {"tee"}));
    session.check_echo("two");
    session.press(ctrl_z);
    session.wait_for_prompt();
    for (const char* const job : {"%1", "%2"}) {
      session.type(std::string("fg ") + job);
      session.type(job);
      session.wait_for(std::string(job) + "\n");
      session.press(ctrl_d);
      CHECK(session.status() == 0);
    }
  });
}

TEST_CASE("Ctrl-Z where the kernel spares those above: the command carries on") {
  in_each(ways_without_shell(), [](const Way& way) {
    Session session(way, {"cat"});
    for (const char* const line : {"first", "second", "third"}) {
      session.check_echo(line);
      session.press(ctrl_z);
    }
    session.check_echo("last");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}
