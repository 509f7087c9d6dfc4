#include <algorithm>
#include <csignal>

#include "scenario_parts.hpp"

namespace fake {

namespace {

std::string without_pidfd(int refused_clones) { return refused_clones > 0 ? "--reap=kernel" : ""; }

// The story that every init is measured by: an orphan dies, then TERM arrives, then the command exits with 42; if TERM
// did not reach it, it does so by itself.
Scenario story(const std::string& name, const std::vector<std::string>& options, int refused_clones) {
  return {.name = name,
          .options = options,
          .does = {.exits_on = SIGTERM, .exit_code = 42},
          .happenings = {orphans(1), signal(SIGTERM), exits(42)},
          .exit_code = 42,
          .refused_clones = refused_clones,
          .needs_init = without_pidfd(refused_clones)};
}

Scenario cannot_run(const std::string& name, const std::string& command, int exit_code, int refused_clones) {
  return {.name = name,
          .command = command,
          .exit_code = exit_code,
          .refused_clones = refused_clones,
          .needs_init = without_pidfd(refused_clones)};
}

void add_signals(std::vector<Scenario>& all) {
  const Command taking_note{.catches = {SIGUSR1, SIGUSR2, SIGTERM, SIGHUP, SIGWINCH, first_realtime}};
  all.push_back({.name = "queued values",
                 .options = {"-c"},
                 .does = taking_note,
                 .happenings = {queued(first_realtime, 1), queued(first_realtime, 2), queued(SIGUSR1, 3), exits(3)},
                 .exit_code = 3});
  all.push_back(
      {.name = "burst of signals",
       .does = taking_note,
       .happenings = {burst({SIGHUP, SIGUSR1, SIGUSR2, SIGUSR2, SIGTERM, SIGWINCH, first_realtime, first_realtime}),
                      exits(0)}});
  all.push_back({.name = "queued to the group",
                 .does = taking_note,
                 .happenings = {queued(first_realtime, 1), queued(first_realtime, 2), exits(3)},
                 .exit_code = 3});
  all.push_back({.name = "more signals than are read at once",
                 .does = taking_note,
                 .happenings = {burst(std::vector<int>(40, first_realtime)), exits(0)}});
  all.push_back({.name = "main leaves its group",
                 .does = {.catches = {SIGUSR1}, .exits_on = SIGTERM, .exit_code = 4, .leaves_group = true},
                 .happenings = {signal(SIGUSR1), signal(SIGTERM), exits(4)},
                 .exit_code = 4});
  all.push_back({.name = "main of another user",
                 .does = {.other_user = true},
                 .happenings = {signal(SIGTERM), signal(SIGTERM), exits(6)},
                 .exit_code = 6});
  all.push_back({.name = "SIGCHLD ignored, all blocked",
                 .does = {.exits_on = SIGTERM, .exit_code = 42},
                 .happenings = {orphans(2), exits(7)},
                 .exit_code = 7,
                 .inherited_zombie = true,
                 .child_signal_ignored = true,
                 .all_blocked = true,
                 .inherited_descriptor = 7});
  for (const int refused : {0, 2}) {
    Scenario closed = story(refused == 0 ? "stderr closed" : "stderr closed, by fork", {}, refused);
    closed.stderr_closed = true;
    all.push_back(closed);
  }
}

void add_ends(std::vector<Scenario>& all) {
  all.push_back({.name = "plain exit", .happenings = {exits(3)}, .exit_code = 3});
  all.push_back({.name = "main killed", .happenings = {killed(SIGKILL)}, .exit_code = 137});
  all.push_back({.name = "300 orphans", .happenings = {orphans(300), orphans(1), exits(5)}, .exit_code = 5});
  all.push_back({.name = "orphans reported",
                 .options = {"-w"},
                 .happenings = {orphans(3), orphans(1), exits(9)},
                 .exit_code = 9,
                 .needs_init = "--report-orphans"});
  Scenario old = story("story, on an older kernel", {}, 0);
  old.old_kernel = true;
  old.needs_init = "cannot learn an exit status from a pidfd";
  all.push_back(old);
  all.push_back({.name = "told in detail",
                 .options = {"-vvv"},
                 .does = {.exits_on = SIGTERM, .exit_code = 42},
                 .happenings = {orphans(1), signal(SIGTERM), exits(42)},
                 .exit_code = 42});
  all.push_back({.name = "not PID 1",
                 .does = {.exits_on = SIGTERM, .exit_code = 42},
                 .happenings = {orphans(2), signal(SIGTERM), exits(42)},
                 .exit_code = 42,
                 .pid1 = false});
  all.push_back({.name = "parent dies",
                 .options = {"-s", "-p", "TERM"},
                 .does = {.exits_on = SIGTERM, .exit_code = 42},
                 .happenings = {{.what = What::parent_dies}, exits(42)},
                 .exit_code = 42,
                 .pid1 = false});
}

void add_failing_execs(std::vector<Scenario>& all) {
  for (int refused = 0; refused <= 2; refused += 2) {
    const std::string way = refused == 0 ? "" : ", by fork";
    all.push_back(cannot_run("missing" + way, "missing", 127, refused));
    all.push_back(cannot_run("forbidden" + way, "forbidden", 126, refused));
    all.push_back(cannot_run("not for this machine" + way, "elf", 126, refused));
    all.push_back(cannot_run("interpreter missing" + way, "orphaned", 127, refused));
    Scenario no_shell = cannot_run("no shell" + way, "plain", 126, refused);
    no_shell.has_shell = false;
    all.push_back(no_shell);
    Scenario plain = story("no shebang" + way, {}, refused);
    plain.command = "plain";
    all.push_back(plain);
  }
}

std::vector<Scenario> make_scenarios() {
  std::vector<Scenario> all;
  add_ends(all);
  all.push_back(story("story", {}, 0));
  all.push_back(story("story, without a pidfd", {}, 1));
  all.push_back(story("story, by fork", {}, 2));
  Scenario steady = story("steady story", {}, 0);
  steady.does = {.catches = {SIGTERM}};
  all.push_back(steady);
  // Where the pidfd would stand.
  Scenario taken = story("story, descriptor 3 taken", {}, 0);
  taken.inherited_descriptor = 3;
  all.push_back(taken);
  all.push_back(story("story, -c", {"-c"}, 0));
  all.push_back(story("story, -c, by fork", {"-c"}, 2));
  add_signals(all);
  add_failing_execs(all);
  add_waits(all);
  add_explained_ends(all);
  add_sessions(all);
  add_pauses(all);
  return all;
}

std::vector<Pair> pairs(bool possible) {
  std::vector<Pair> all;
  for (const auto& loop : loops()) {
    for (const auto& scenario : scenarios()) {
      if (possible == (!loop.is_kernels || scenario.needs_init.empty())) all.push_back({scenario, loop});
    }
  }
  return all;
}

}  // namespace

const std::vector<Loop>& loops() {
  static const std::vector<Loop> all{{.name = "init reaps", .options = {"--reap=init"}},
                                     {.name = "the kernel reaps", .options = {"--reap=kernel"}, .is_kernels = true},
                                     {.name = "whichever can", .options = {}}};
  return all;
}

const std::vector<Pair>& possible_pairs() {
  static const std::vector<Pair> all = pairs(true);
  return all;
}

const std::vector<Pair>& refused_pairs() {
  static const std::vector<Pair> all = pairs(false);
  return all;
}

bool Scenario::waits() const {
  return std::ranges::any_of(options, [](const std::string& option) { return option.starts_with("--wait"); });
}

const Scenario& story() { return *std::ranges::find(scenarios(), "story", &Scenario::name); }

const Scenario& steady_story() { return *std::ranges::find(scenarios(), "steady story", &Scenario::name); }

const Scenario& waiting_story() {
  return *std::ranges::find(scenarios(), "--wait, a daemon ends by itself", &Scenario::name);
}

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = make_scenarios();
  return all;
}

}  // namespace fake
