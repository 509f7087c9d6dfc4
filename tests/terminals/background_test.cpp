// Started in the background, or sent there: the shell keeps its terminal, and nothing spins.
#include <csignal>
#include <cstdlib>

#include "looks.hpp"
#include "session.hpp"

namespace {

constexpr int looks_to_wait_for = 6;

std::string verbose() {
  const char* const options = std::getenv("TERMINALS_VERBOSE");
  return options == nullptr ? "-vv" : options;
}

// What every shell prints for a new job in the background ends with the prompt.
void start_in_background(Session& session, const Way& way, const Words& command) {
  session.ask(typed(way, command) + " &");
}

// A look at the terminal is a sleep of the init; one that never looks sits in a wait without an end.
void wait_for_looks(Session& session, pid_t init) {
  const auto before = looks::sleeps(init);
  session.wait_until("the init to have looked at the terminal", [&] {
    const auto call = proc::blocked_call(init);
    const bool waits_for_ever = call.number >= 0 && call.arguments[2] == 0;
    return looks::sleeps(init) >= before + looks_to_wait_for || waits_for_ever;
  });
}

// A stop and a continue for each look would be allowed, and a few for the start.
void check_does_not_spin(Session& session, pid_t init, pid_t command) {
  constexpr long most_ticks = 10;
  const auto stops = looks::sleeps(command);
  const auto time = looks::processor_time(command), init_time = looks::processor_time(init);
  const auto init_sleeps = looks::sleeps(init);
  wait_for_looks(session, init);
  CHECK(looks::sleeps(command) - stops <= 2 * (looks::sleeps(init) - init_sleeps) + 2);
  CHECK(looks::processor_time(command) - time < most_ticks);
  CHECK(looks::processor_time(init) - init_time < most_ticks);
}

// A script that goes on with `then` when another group, an actor's, has taken the foreground. A shell that is never
// stopped reaps the actor: a group is there as long as its zombies.
std::string without_foreground(const std::string& then) {
  const std::string hold = quoted(act("own-group") + act("take-foreground") + act("hold"));
  return quoted(act("own-group") + Words{"/bin/sh", "-c", hold + "; :"}) + " </dev/tty 2>/dev/null & " +
         "until read -r pid name state parent group session terminal foreground rest </proc/self/stat && "
         "test $group != $foreground; do :; done; " +
         then;
}

}  // namespace

TEST_CASE("a start in the background leaves the shell its terminal, and fg brings the command") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    start_in_background(session, way, {"cat"});
    check_stopped(session, "cat", "tty input");
    bring_back(session, "cat");
    session.check_echo("after");
    stop_by_key(session, "cat");
    bring_back(session, "cat");
    session.check_echo("again");
    session.press(ctrl_c);
    CHECK(session.status() == 128 + SIGINT);
  });
}

// It never wanted the terminal, so that nothing told the init of the fg.
TEST_CASE("a start in the background, fg, and Ctrl-Z: the shell gets its prompt") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    start_in_background(session, way, {"sleep", "1000"});
    session.find("sleep");
    for (int i = 0; i < 2; ++i) {
      bring_back(session, "sleep");
      session.wait_until_in_charge();
      stop_by_key(session, "sleep");
    }
    bring_back(session, "sleep");
    session.wait_until_in_charge();
    session.press(ctrl_c);
    CHECK(session.status() == 128 + SIGINT);
  });
}

TEST_CASE("a command in the background that does not read the terminal ends by itself") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    // On one line: dash forgets a job that it has told of.
    session.type(typed(way, act("exit", "3")) + " & wait $!");
    CHECK(session.status() == 3);
  });
}

// There the kernel discards the stop that the init would share with its command.
TEST_CASE("a cat whose foreground was lost does not spin, and reads when it is free again") {
  in_each(ways_without_shell(), [](const Way& way) {
    Session session(way, {"/bin/sh", "-c", without_foreground("exec cat")});
    CHECK(session.read_line() == "ready");
    const pid_t command = session.find("cat"), holder = session.find("actor");
    session.wait_until_stopped(command);
    check_does_not_spin(session, session.find_init(), command);
    ::kill(holder, SIGKILL);
    session.check_echo("after all");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("the foreground of a group that is dead goes to the command that wants to read") {
  in_each(all_ways(), [](const Way& way) {
    // The taker leads a group of its own, and dies with it.
    const std::string take = quoted(act("own-group") + act("take-foreground") + Words{"true"});
    Session session(way, {"/bin/sh", "-c", take + "; exec cat"});
    session.check_echo("after all");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("TOSTOP: the init in the background is not stopped by its own messages") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.change_settings("tostop");
    const std::string line = "'" + init_binary() + "' " + joined(init_options()) + " " + verbose() + " ";
    session.ask(line + quoted(act("exit", "3")) + " & wait $!");
    CHECK(std::stoi(session.ask("echo $?")) == 3);
  });
}

TEST_CASE("TOSTOP: a command that writes in the background waits for its fg") {
  in_each(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.change_settings("tostop");
    start_in_background(session, way, {"sh", "-c", "echo written; exec cat"});
    check_stopped(session, "sh", "tty output");
    session.type("fg");
    session.wait_for("written\n");
    session.check_echo("after");
    session.press(ctrl_d);
    session.wait_for_prompt();
    session.check_shell_has_terminal();
  });
}
