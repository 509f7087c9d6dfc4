// What a command finds inside: its terminal, its size, and job control of its own.
#include <csignal>

#include "looks.hpp"
#include "session.hpp"

namespace {

// Runs, and has the terminal.
void wait_until_in_foreground(Session& session, const std::string& name) {
  session.wait_until(name + " to be in the foreground", [&] {
    const pid_t pid = session.find(name);
    return looks::is_in_foreground(pid) && !looks::is_stopped(pid);
  });
}

void check_job_control(Session& session) {
  session.wait_for_prompt();
  session.type("sleep 1000");
  wait_until_in_foreground(session, "sleep");
  session.press(ctrl_z);
  session.wait_for_prompt();
  CHECK(looks::is_stopped(session.find("sleep")));
  CHECK(session.ask("jobs").find("Stopped") != std::string::npos);
  session.type("fg");
  wait_until_in_foreground(session, "sleep");
  session.press(ctrl_c);
  session.wait_for_prompt();
  CHECK(session.ask("echo $?") == "130\n");
  CHECK(session.ask("cat &").find("prompt") == std::string::npos);
  session.wait_until_stopped(session.find("cat"));
  session.type("fg");
  session.wait_for("cat\n");
  session.check_echo("read inside");
  session.press(ctrl_d);
  session.wait_for_prompt();
  session.type("exit 7");
}

}  // namespace

TEST_CASE("job control inside works") {
  for (const Words& shell : {Words{"bash", "--norc", "--noediting", "-i"}, Words{"dash", "-i"}}) {
    INFO(shell.front());
    in_each(all_ways(), [&shell](const Way& way) {
      Session session(way, shell);
      check_job_control(session);
      CHECK(session.status() == 7);
    });
  }
}

TEST_CASE("tty inside names the terminal") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"tty"});
    const std::string name = session.read_line();
    // script(1) makes a terminal of its own.
    const bool same = way.leader != Leader::script && way.leader != Leader::bash_in_script;
    CHECK(name.rfind("/dev/pts/", 0) == 0);
    CHECK((name == session.terminal_name()) == same);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("a new window size reaches the command, once, with SIGWINCH") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, act("catch", "main"));
    CHECK(session.read_line() == "main ready");
    session.resize(31, 97);
    CHECK(session.read_line() == "main signal " + std::to_string(SIGWINCH) + " code 128 value 0");
    session.press(ctrl_c);
    CHECK(session.read_line() == "main signal " + std::to_string(SIGINT) + " code 128 value 0");
    ::kill(session.find("actor"), SIGKILL);
    CHECK(session.status() == 128 + SIGKILL);
  });
}

TEST_CASE("stty size inside tells the new size") {
  in_each(all_ways(), [](const Way& way) {
    Session session(way, {"sh", "-c", "until test \"$(stty size)\" = '31 97'; do :; done; echo seen"});
    session.resize(31, 97);
    session.wait_for("seen\n");
    CHECK(session.status() == 0);
  });
}
