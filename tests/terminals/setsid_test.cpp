// --setsid: the command leads a session of its own, and has the terminal where it can.
#include <csignal>

#include "looks.hpp"
#include "session.hpp"

namespace {

bool has_setsid() {
  static const bool has = [] {
    Init init(Words{"--help"});
    const bool is_named = init.all_output().find("--setsid") != std::string::npos;
    if (!is_named) skip("--setsid: " + init_binary() + " --help does not name it");
    return is_named;
  }();
  return has;
}

void in_each_setsid(const std::vector<Way>& ways, const std::function<void(const Way&)>& visit) {
  if (has_setsid()) in_each(ways, visit);
}

Words setsid(const Words& command) { return Words{"--setsid"} + command; }

// Where the init leads the session: below a shell the terminal remains the shell's.
std::vector<Way> ways_as_leader() {
  std::vector<Way> ways = ways_without_shell();
  std::erase_if(ways, [](const Way& way) { return way.shape != Shape::plain; });
  return ways;
}

}  // namespace

TEST_CASE("--setsid: the command leads a session, and has the terminal") {
  in_each_setsid(ways_as_leader(), [](const Way& way) {
    Session session(way, setsid({"cat"}));
    session.check_echo("before");
    const pid_t command = session.find("cat");
    CHECK(proc::look_at(command).session == command);
    CHECK(looks::is_in_foreground(command));
    // The HUP and CONT that giving up the terminal raises would have come by now.
    session.check_echo("after");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("--setsid: the command leads a session below a shell, too") {
  in_each_setsid(ways_with_shell(), [](const Way& way) {
    Session session(way, setsid({"cat"}));
    session.check_echo("before");
    const pid_t command = session.find("cat");
    CHECK(proc::look_at(command).session == command);
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("--setsid: Ctrl-C and Ctrl-\\ end the command: 130, 131") {
  for (const auto& ending : {std::pair{ctrl_c, SIGINT}, std::pair{ctrl_backslash, SIGQUIT}}) {
    INFO(ending.second);
    in_each_setsid(all_ways(), [&ending](const Way& way) {
      // The key is for that shell, too, and it ends by it.
      if (way.leader == Leader::sh) return;
      Session session(way, setsid(act("hold")));
      CHECK(session.read_line() == "ready");
      session.press(ending.first);
      CHECK(session.status() == 128 + ending.second);
      if (!has_shell(way)) return;
      // What the shell has told of may be a "sh -c" that the key ended at once.
      session.wait_until("the init to have ended", [&session] { return !session.is_there(""); });
    });
  }
}

TEST_CASE("--setsid: Ctrl-Z gives the shell its prompt, and fg brings the command back") {
  in_each_setsid(ways_with_shell(), [](const Way& way) {
    Session session(way, setsid(act("hold")));
    CHECK(session.read_line() == "ready");
    for (int i = 0; i < 2; ++i) {
      const pid_t command = session.find("actor");
      stop_by_key(session, "actor");
      bring_back(session, "hold");
      session.wait_until("the command to go on", [command] { return !looks::is_stopped(command); });
    }
    session.press(ctrl_c);
    CHECK(session.status() == 128 + SIGINT);
  });
}

TEST_CASE("--setsid: Ctrl-Z where the kernel spares those above: the command carries on") {
  in_each_setsid(ways_as_leader(), [](const Way& way) {
    Session session(way, setsid({"cat"}));
    session.check_echo("before");
    session.press(ctrl_z);
    session.check_echo("after");
    session.press(ctrl_d);
    CHECK(session.status() == 0);
  });
}

TEST_CASE("--setsid: hangup ends the command, and the init says so: 129") {
  in_each_setsid(ways_as_leader(), [](const Way& way) {
    if (way.leader == Leader::script) return;
    Session session(way, setsid(act("hold")));
    CHECK(session.read_line() == "ready");
    session.hang_up();
    CHECK(session.exit_code() == 128 + SIGHUP);
  });
}

TEST_CASE("--setsid: what a script reads afterwards is its own") {
  in_each_setsid(ways_with_shell(), [](const Way& way) {
    Session session(way);
    session.type("sh -c " + quoted({typed(way, setsid({"true"})) + "; read x; echo got $x"}));
    session.type("the line");
    CHECK(session.read_line() == "got the line");
    CHECK(session.status() == 0);
  });
}
