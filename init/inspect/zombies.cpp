#include "inspect/zombies.hpp"

#include <csignal>

#include "policy/signals.hpp"

namespace foster {

namespace {

// Set on a process that has never become another program since it was forked (PF_FORKNOEXEC, include/linux/sched.h).
constexpr std::int64_t never_executed = 0x40;

// It shares the code of its parent, and its name; another name now is the parent's doing.
bool has_another_program(const Process& parent, const Process& zombie) {
  return (zombie.stat.fields[ProcessStat::flags] & never_executed) != 0 && parent.stat.name != zombie.stat.name;
}

Say cause_in(const Process& parent, const Process& zombie) {
  // In the order of the causes.
  constexpr std::string_view states = "TtD";
  const std::size_t place = find(states, parent.stat.state);
  if (place < states.size()) return static_cast<Say>(static_cast<std::size_t>(Say::stopped) + place);
  return has_another_program(parent, zombie) ? Say::executed : Say::careless;
}

// Not inlined: what follows would be there once for each of them.
[[gnu::noinline]] Say cause_of(const Process& zombie, const Process* parent) {
  if (zombie.stat.state == Process::gone) return Say::reaped;
  if (zombie.tracer != 0) return Say::traced;
  if (zombie.stat.parent() == 0) return Say::outside;
  return parent == nullptr || parent->stat.state == Process::unreadable ? Say::unseen : cause_in(*parent, zombie);
}

void add_cause(Output& out, Say cause) {
  out.add(Say::zombie);
  if (cause >= Say::stopped) out.add(Say::parent);
  out.add(cause);
}

bool is_first_child(const Processes& processes, const Process& child) {
  for (const Process& other : processes.all()) {
    if (other.stat.parent() == child.stat.parent()) return &other == &child;
  }
  return false;
}

void add_cure(Output& out, const Processes& processes, const Process& parent) {
  if (SignalSet(static_cast<std::uint64_t>(parent.handled)).contains(SIGCHLD)) out.add(Say::remind);
  if (parent.stat.pid == 1) {
    out.add(Say::no_init);
    return;
  }
  out.add(Say::end_parent);
  if (parent.stat.parent() == 1 && is_first_child(processes, parent)) out.add(Say::end_container);
}

}  // namespace

void add_zombie(Output& out, const Processes& processes, const Process& zombie) {
  const Process* const parent = processes.look_up(zombie.stat.parent());
  out.numbers[0] = zombie.stat.pid;
  out.numbers[1] = zombie.stat.parent();
  out.numbers[2] = zombie.tracer;
  out.names[0] = zombie.stat.name.data();
  if (parent != nullptr) out.names[1] = parent->stat.name.data();
  const Say cause = cause_of(zombie, parent);
  add_cause(out, cause);
  if (cause >= Say::executed) add_cure(out, processes, *parent);
  out.end_line();
}

void add_zombies(Output& out, Processes& processes) {
  if (processes.count_zombies() == 0) return;
  out.add_line(Say::no_kill);
  (void)out.finish();
  processes.look_again();
  for (const Process& process : processes.all()) {
    if (process.stat.state == Process::zombie || process.stat.state == Process::gone)
      add_zombie(out, processes, process);
  }
}

}  // namespace foster
