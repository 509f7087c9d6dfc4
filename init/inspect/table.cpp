#include "inspect/table.hpp"

#include <algorithm>

#include "kernel/cgroup.hpp"
#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"

namespace foster {

namespace {

// Each column begins where its name does, behind a blank.
constexpr char heads[] = " PID    PPID   PGID   SID    UID    STATE     THREADS STARTED RSS-KIB CPU  COMMAND";
enum class Column : std::uint8_t { pid, parent, group, session, user, state, threads, started, memory, cpu, command };

constexpr int deepest_indentation = 40;

struct Unit {
  char letter;
  std::int8_t next;  // how many of them make one of the next
};
constexpr Unit units_of_time[] = {{'s', 60}, {'m', 60}, {'h', 24}, {'d', 127}};

// "59s", "2m", "3h", "4d": in the largest unit that it fills.
void add_duration(Text& text, std::int64_t seconds) {
  const Unit* unit = units_of_time;
  for (; seconds >= unit->next && unit->letter != 'd'; ++unit) seconds /= unit->next;
  text.number(seconds).add(unit->letter);
}

void add_command(Text& text, const Process& process) {
  if (process.command_bytes > 0) {
    text.escaped({process.command.data(), process.command_bytes});
    return;
  }
  text.add('[').escaped(process.stat.name.data()).add(']');
  if (process.stat.state == Process::zombie) text.add(" <defunct>");
}

void add_cell(Text& text, const Process& process, Column column) {
  const auto& fields = process.stat.fields;
  switch (column) {
    case Column::user:
      text.number(process.user);
      break;
    case Column::state:
      add_text(text, Say::states, find(state_letters, process.stat.state));
      break;
    case Column::started:
      add_duration(text, (sys::now_ms() - fields[ProcessStat::start] * tick_ms) / 1000);
      break;
    case Column::memory:
      text.number(process.memory_kib);
      break;
    case Column::cpu:
      add_duration(text, (fields[ProcessStat::user_time] + fields[ProcessStat::system_time]) * tick_ms / 1000);
      break;
    case Column::command:
      add_command(text, process);
      break;
    case Column::threads:
      text.number(fields[ProcessStat::threads]);
      break;
    case Column::pid:
      text.number(process.stat.pid);
      break;
    default:  // they follow one another in both
      text.number(fields[ProcessStat::parent_pid - 1 + static_cast<std::size_t>(column)]);
  }
}

// At least one blank, and up to the place where the column begins.
void pad(Text& text, std::size_t row, std::size_t place) {
  do {
    text.add(' ');
  } while (text.view().size() - row < place);
}

void add_row(Output& out, const Process& process, int depth) {
  Text& text = out.text();
  const std::size_t row = text.view().size();
  auto column = Column::pid;
  for (std::size_t place = 1; heads[place] != '\0'; ++place) {
    if (heads[place] == ' ' || heads[place - 1] != ' ') continue;
    pad(text, row, place + (column == Column::command ? 2 * static_cast<std::size_t>(depth) : 0));
    if (column != Column::pid && process.stat.state == Process::unreadable) {
      text.add('?');
    } else {
      add_cell(text, process, column);
    }
    column = static_cast<Column>(static_cast<int>(column) + 1);
  }
  out.end_line();
}

// `root`, and what is below it.
void add_rows(Output& out, const Process& root) {
  const Process* process = &root;
  int depth = 0;
  for (;;) {
    add_row(out, *process, std::min(depth, deepest_indentation));
    if (process->below != nullptr) {
      process = process->below;
      ++depth;
      continue;
    }
    for (; process != &root && process->next == nullptr; process = process->above) --depth;
    if (process == &root) return;
    process = process->next;
  }
}

}  // namespace

void add_summary(Output& out, const Processes& processes, PathRoom& path) {
  auto& tasks = out.numbers;
  tasks = {static_cast<std::int64_t>(processes.all().size())};
  // Behind the total the letters that count by themselves; all others sleep.
  for (const Process& process : processes.all()) ++tasks[find(".RTZ?", to_upper(process.stat.state))];
  out.add(Say::tasks);
  if (tasks[4] > 0) out.add(Say::hidden_tasks);
  out.end_line();
  // "64\n", or "max\n", which counts as 0.
  tasks[0] = read_cgroup_file(path, "pids.max") ? number_at(path.data()) : 0;
  if (tasks[0] > 0) out.add_line(Say::limit);
}

void add_table(Output& out, const Processes& processes) {
  out.text().add(heads);
  out.end_line();
  for (const Process& root : processes.all()) {
    if (root.above == nullptr) add_rows(out, root);
  }
}

}  // namespace foster
