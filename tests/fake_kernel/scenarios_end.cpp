// How a container ends: who is waited for, who is told to end, when, and what is said of it.
#include <csignal>

#include "scenario_parts.hpp"

namespace fake {

namespace {

// A happening comes every two seconds.
constexpr std::int64_t first_ms = 2000;
constexpr std::int64_t second_ms = 4000;
// The time between TERM and KILL where none is given.
constexpr std::int64_t usual_kill_ms = 10'000;

const char* place_of(bool pid1) { return pid1 ? "" : ", as a subreaper"; }

// The last of `happenings` is for those runs in which a fault keeps the end from coming any other way.
void add_end(std::vector<Scenario>& all, const Scenario& scenario) {
  for (const bool pid1 : {true, false}) {
    Scenario end = scenario;
    end.name += place_of(pid1);
    end.pid1 = pid1;
    all.push_back(end);
  }
}

void add_ends_in_time(std::vector<Scenario>& all) {
  add_end(all, {.name = "--wait=0, TERM takes a while",
                .options = {"--wait=0"},
                .happenings = {exits(5), other_exits(0)},
                .exit_code = 5,
                .others = {{.takes_ms = 300, .receives = {{SIGTERM, first_ms}}}}});
  add_end(all, {.name = "--wait, a daemon ends by itself",
                .options = {"--wait"},
                .happenings = {exits(5), other_exits(0)},
                .exit_code = 5,
                .others = {{}}});
  add_end(all, {.name = "--wait=500ms",
                .options = {"--wait=500ms"},
                .happenings = {exits(5), limit(), other_exits(0)},
                .exit_code = 5,
                .others = {{.receives = {{SIGTERM, first_ms + 500}}}},
                .limits = 1});
  add_end(all, {.name = "--wait, a stop signal",
                .options = {"--wait"},
                .happenings = {exits(5), signal(SIGTERM), other_exits(0)},
                .exit_code = 5,
                .others = {{.takes_ms = 100, .receives = {{SIGTERM, second_ms}}}}});
  add_end(all, {.name = "--wait, main ends by the stop signal",
                .options = {"--wait"},
                .does = {.exits_on = SIGTERM, .exit_code = 7},
                .happenings = {signal(SIGTERM), exits(7), other_exits(0)},
                .exit_code = 7,
                .others = {{.takes_ms = 100, .receives = {{SIGTERM, first_ms}}}}});
}

void add_kills(std::vector<Scenario>& all) {
  add_end(all, {.name = "--kill-after, another one ignores TERM",
                .options = {"--wait=0", "-k", "1s"},
                .happenings = {exits(5), limit(), other_exits(0)},
                .exit_code = 5,
                .others = {{.ignores_term = true, .receives = {{SIGTERM, first_ms}, {SIGKILL, first_ms + 1000}}}},
                .limits = 1});
  add_end(all, {.name = "--kill-after, main ignores TERM",
                .options = {"-k", "1s"},
                .does = {.catches = {SIGTERM}, .receives = {{SIGTERM, first_ms}, {SIGKILL, first_ms + 1000}}},
                .happenings = {signal(SIGTERM), limit(), exits(3)},
                .exit_code = 137,
                .limits = 1,
                .says = {"the time for the end is over", "sent by foster: the time for the end was over"}});
  all.push_back({.name = "--kill-after, no stop signal",
                 .options = {"-k", "1s"},
                 .does = {.catches = {SIGHUP}},
                 .happenings = {signal(SIGHUP), exits(3)},
                 .exit_code = 3});
  add_end(all, {.name = "--kill-after for all of it",
                .options = {"--wait", "-k", "1s"},
                .does = {.exits_on = SIGTERM, .exit_code = 7},
                .happenings = {signal(SIGTERM), limit(), exits(7), other_exits(0)},
                .exit_code = 7,
                .others = {{.ignores_term = true, .receives = {{SIGTERM, first_ms}, {SIGKILL, first_ms + 1000}}}},
                .limits = 1});
}

// One that starts another one as it ends.
Scenario heirs(bool pid1) {
  constexpr int takes_ms = 100;
  const Received last = pid1 ? Received{SIGKILL, first_ms + usual_kill_ms} : Received{SIGTERM, first_ms + takes_ms};
  return {.name = std::string("--wait=0, a grandchild comes later") + place_of(pid1),
          .options = {"--wait=0"},
          .happenings = {exits(5)},
          .exit_code = 5,
          .pid1 = pid1,
          .others = {{.takes_ms = takes_ms, .starts = 1, .receives = {{SIGTERM, first_ms}}},
                     {.comes_later = true, .receives = {last}}},
          .limits = pid1 ? 1 : 0,
          .why_simulated = "when the grandchild is there is a matter of time"};
}

void add_who(std::vector<Scenario>& all) {
  for (const bool pid1 : {true, false}) all.push_back(heirs(pid1));
  for (const Proc proc : {Proc::empty_folder, Proc::absent}) {
    const bool is_absent = proc == Proc::absent;
    all.push_back({.name = is_absent ? "--wait=0, as a subreaper without /proc" : "--wait=0, /proc is not mounted",
                   .options = {"--wait=0"},
                   .happenings = {exits(5), limit(), other_exits(1)},
                   .exit_code = 5,
                   .pid1 = false,
                   .others = {{.in_group = true, .takes_ms = 100, .receives = {{SIGTERM, first_ms}}}, {}},
                   .says = {"cannot find the descendants in /proc: SIGTERM"},
                   .proc = proc,
                   .why_simulated = is_absent ? "there is always a folder of that name" : ""});
  }
  all.push_back({.name = "--wait=0, somebody from outside",
                 .options = {"--wait=0"},
                 .happenings = {exits(5)},
                 .exit_code = 5,
                 .others = {{.ignores_term = true, .from_outside = true, .receives = {{SIGTERM, first_ms}}}},
                 .why_simulated = "the harness puts nobody into the container"});
  all.push_back({.name = "--target=all",
                 .options = {"--target=all"},
                 .does = {.catches = {SIGHUP}},
                 .happenings = {signal(SIGHUP), exits(5)},
                 .exit_code = 5,
                 .others = {{.receives = {{SIGHUP, first_ms}, {SIGTERM, second_ms}}}},
                 .why_simulated = "the other one takes no note of SIGHUP there"});
}

void add_arrivals(std::vector<Scenario>& all) {
  all.push_back({.name = "--wait, orphans are reported",
                 .options = {"--wait", "-w"},
                 .happenings = {exits(5), orphans(2), other_exits(0)},
                 .exit_code = 5,
                 .needs_init = "--report-orphans",
                 .others = {{}},
                 .says = {"orphan 3", "orphan 4", "orphan 5"},
                 .why_simulated = "nobody is there any more to make orphans"});
  all.push_back({.name = "--wait, a stop signal that is read along with the one before",
                 .options = {"--wait"},
                 .does = {.exits_on = SIGUSR1, .exit_code = 4},
                 .happenings = {burst({SIGUSR1, SIGTERM}), exits(4), other_exits(0)},
                 .exit_code = 4,
                 .others = {{.receives = {{SIGTERM, first_ms}}}},
                 .why_simulated = "which of the two ends main is a matter of time"});
}

Scenario killed_by_the_way(const std::string& name) {
  return {.name = name, .happenings = {killed(SIGKILL)}, .exit_code = 137};
}

}  // namespace

void add_waits(std::vector<Scenario>& all) {
  add_ends_in_time(all);
  add_kills(all);
  add_who(all);
  add_arrivals(all);
}

void add_explained_ends(std::vector<Scenario>& all) {
  const std::string line = "was killed by SIGKILL, not sent by foster";
  for (const auto& [cgroup, name] : {std::pair{Cgroup::v1, "v1"},
                                     {Cgroup::v1_at_root, "v1, at its root"},
                                     {Cgroup::v2, "v2"},
                                     {Cgroup::nowhere, "none"}}) {
    Scenario scenario = killed_by_the_way(std::string("main killed, cgroup ") + name);
    scenario.cgroup = cgroup;
    scenario.oom_kills = 2;
    scenario.says = {line + (cgroup == Cgroup::nowhere ? "\n" : "; 2 OOM kills in this cgroup\n")};
    all.push_back(scenario);
  }
  for (const auto& [log, text] :
       {std::pair{Log::absent, ""}, {Log::empty, line.c_str()}, {Log::full, "left by the command\n"}}) {
    Scenario scenario = killed_by_the_way("--termination-log " + std::to_string(static_cast<int>(log)));
    scenario.options = {"--termination-log=/t/log"};
    scenario.log = log;
    scenario.log_says = text;
    scenario.says = {line};
    all.push_back(scenario);
  }
  all.push_back({.name = "--exit-zero=forwarded",
                 .options = {"--exit-zero=forwarded"},
                 .happenings = {signal(SIGTERM), exits(0)},
                 .exit_code = 0});
  all.push_back({.name = "--exit-zero=forwarded, our own KILL",
                 .options = {"--exit-zero=forwarded", "-k", "1s"},
                 .does = {.catches = {SIGTERM}},
                 .happenings = {signal(SIGTERM), limit(), exits(3)},
                 .exit_code = 137,
                 .limits = 1});
}

}  // namespace fake
