#include "inspect/ps.hpp"

#include <unistd.h>

#include "inspect/explain.hpp"
#include "inspect/output.hpp"
#include "inspect/processes.hpp"
#include "inspect/table.hpp"
#include "inspect/zombies.hpp"
#include "kernel/small_file.hpp"
#include "policy/exit_status.hpp"

namespace foster {

namespace {

// A liveness probe asks again and again: where nothing is wrong it says nothing.
int probe(Output& out, Processes& processes, int most) {
  int zombies = processes.count_zombies();
  if (zombies > most) {
    processes.look_again();
    zombies = processes.count_zombies();
  }
  if (zombies <= most) return 0;
  out.numbers[0] = zombies;
  out.numbers[1] = most;
  out.add_line(Say::too_many);
  return too_many_zombies;
}

// What the numbers are worth: /proc may be mounted for other processes than those around us, or hide some of them.
void add_doubts(Output& out, const Processes& processes) {
  std::array<char, 16> self;
  (void)read_file("/proc/self/stat", self);
  if (number_at(self.data()) != sys::own_pid()) {
    out.add_line(Say::other_namespace);
  }
  const Process* const init = processes.look_up(1);
  if (init == nullptr || init->stat.state == Process::unreadable) {
    out.add_line(Say::hidden);
  }
}

void add_all(Output& out, Processes& processes, PathRoom& path) {
  add_summary(out, processes, path);
  add_doubts(out, processes);
  if (sys::is_terminal(STDOUT_FILENO)) processes.link();
  add_table(out, processes);
  add_zombies(out, processes);
}

}  // namespace

[[gnu::noinline, gnu::cold]] int ps(const Options& options, Room& room, Report& report) {
  Processes processes;
  Output out;
  int status = 0;
  Phrase what = Phrase::read_proc;
  int error = processes.read();
  if (error == 0 && options.shown_process > 0) {
    what = Phrase::read_process;
    error = explain(out, processes, options.shown_process);
  } else if (error == 0 && options.most_zombies >= 0) {
    status = probe(out, processes, options.most_zombies);
  } else if (error == 0) {
    add_all(out, processes, room.path);
  }
  if (error == 0) {
    what = Phrase::write_answer;
    error = out.finish();
  }
  if (error == 0) return status;
  report.failure(what, error);
  return exit_start_failed;
}

}  // namespace foster
