// Terminals, sessions, sockets that are meant for the command, and the pause process of a pod.
#include <csignal>

#include "scenario_parts.hpp"

namespace fake {

namespace {

constexpr const char* needs_terminal = "on a terminal";
constexpr const char* no_terminal_there = "the terminals of the integration tests are real ones";

Scenario on_terminal(const std::string& name, bool pid1, Tty tty, const std::vector<Happening>& happenings) {
  return {.name = name,
          .happenings = happenings,
          .exit_code = 3,
          .pid1 = pid1,
          .needs_init = needs_terminal,
          .tty = tty,
          .why_simulated = no_terminal_there};
}

Happening reads() { return {.what = What::reads}; }
Happening to_front() { return {.what = What::to_front}; }
Happening to_back() { return {.what = What::to_back}; }

void add_terminals(std::vector<Scenario>& all) {
  Scenario first = on_terminal("Ctrl-Z, PID 1 carries on", true, Tty::in_front, {typed(SIGTSTP), exits(3)});
  first.does.receives = {{SIGTSTP, 2000}, {SIGCONT, 2000}};
  all.push_back(first);
  Scenario job = on_terminal("Ctrl-Z and fg", false, Tty::in_front, {typed(SIGTSTP), to_front(), exits(3)});
  job.does.receives = {{SIGTSTP, 2000}, {SIGCONT, 4000}};
  all.push_back(job);
  Scenario back = on_terminal("Ctrl-Z, bg, a read, fg", false, Tty::in_front,
                              {typed(SIGTSTP), to_back(), reads(), to_front(), exits(3)});
  back.does.reads_terminal = true;
  all.push_back(back);
  Scenario started_back =
      on_terminal("started in the background, a read, fg", false, Tty::in_back, {reads(), to_front(), exits(3)});
  started_back.does.reads_terminal = true;
  all.push_back(started_back);
  // It is not ours to give, and the command would only stop again: no spinning.
  Scenario lost = on_terminal("a read without the foreground, PID 1", true, Tty::in_front,
                              {{.what = What::takes_front}, reads(), other_exits(0), exits(3)});
  lost.does = {.reads_terminal = true, .receives = {{SIGTTIN, 4000}, {SIGCONT, 6270}}};
  lost.others = {{.in_session = true}};
  lost.limits = 8;  // 10 ms after the stop, and each time after twice as long, up to a second
  all.push_back(lost);
  Scenario interrupted = on_terminal("Ctrl-C", true, Tty::in_front, {typed(SIGINT), exits(3)});
  interrupted.exit_code = 130;
  all.push_back(interrupted);
  Scenario session = on_terminal("--setsid, on a terminal", true, Tty::in_front, {signal(SIGTERM), exits(3)});
  session.options = {"-S"};
  session.does.catches = {SIGTERM};
  all.push_back(session);
}

}  // namespace

void add_sessions(std::vector<Scenario>& all) {
  add_terminals(all);
  all.push_back({.name = "--setsid",
                 .options = {"-S"},
                 .does = {.exits_on = SIGTERM, .exit_code = 42},
                 .happenings = {orphans(1), signal(SIGTERM), exits(42)},
                 .exit_code = 42});
  for (const int refused : {0, 2}) {
    all.push_back({.name = refused == 0 ? "LISTEN_PID" : "LISTEN_PID, by fork",
                   .happenings = {exits(3)},
                   .exit_code = 3,
                   .refused_clones = refused,
                   .needs_init = refused == 0 ? "" : "--reap=kernel",
                   .environment = {"LISTEN_PID=1", "LISTEN_FDS=1", "LISTEN_PIDFDID=77"}});
  }
  all.push_back({.name = "LISTEN_PID of another one",
                 .happenings = {exits(3)},
                 .exit_code = 3,
                 .environment = {"LISTEN_PID=77", "LISTEN_PIDFDID=77"}});
}

void add_pauses(std::vector<Scenario>& all) {
  for (const int number : {SIGTERM, SIGINT}) {
    all.push_back({.name = number == SIGTERM ? "--pause, TERM" : "--pause, INT",
                   .options = {"-P"},
                   .command = "",
                   .happenings = {signal(SIGHUP), burst({SIGQUIT, SIGUSR1, first_realtime}), signal(number)},
                   .exit_code = 0});
  }
  all.push_back({.name = "--pause, orphans",
                 .options = {"-P"},
                 .command = "",
                 .happenings = {orphans(3), orphans(1), signal(SIGTERM)},
                 .exit_code = 0,
                 .inherited_zombie = true,
                 .inherited_descriptor = 7,
                 .why_simulated = "nobody is there to make orphans"});
  all.push_back({.name = "--pause, not PID 1",
                 .options = {"-P"},
                 .command = "",
                 .happenings = {signal(SIGTERM)},
                 .exit_code = 0,
                 .pid1 = false,
                 .says = {"not PID 1"}});
}

}  // namespace fake
