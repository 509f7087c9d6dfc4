#include "inspect/explain.hpp"

#include <cerrno>
#include <csignal>

#include "inspect/status_words.hpp"
#include "inspect/zombies.hpp"
#include "kernel/directory.hpp"
#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"
#include "packed.hpp"
#include "policy/signals.hpp"

namespace foster {

namespace {

constexpr std::size_t words_column = 28;

// All zeros at first.
struct Explanation {
  void add_files();
  void add_parents(const Process& process) const;
  void add_signals() const;
  void add_limits(std::int64_t threads);

  void add_lines(const char* name, char* lines);
  [[nodiscard]] bool has(const char* set, int signal) const;
  void add_limit(const char* name, std::int64_t used) const;
  [[nodiscard]] std::int64_t count_open_files() const;

  Output* out;
  pid_t pid;
  bool is_init;  // of its own PID namespace
  std::array<char, 4096> rows;
  std::array<char, std::size_t{1} << 20U> status;  // more than that of a process in all the groups there can be: 65,536
  std::array<char, std::size_t{1} << 16U> file;
};

bool Explanation::has(const char* set, int signal) const {
  return SignalSet(static_cast<std::uint64_t>(number_in(status.data(), set, 16))).contains(signal);
}

void Explanation::add_files() {
  for (const char* name = "/oom_score\0/oom_score_adj\0/cgroup\0"; *name != '\0'; name = behind_field(name)) {
    (void)read_process_file(pid, name, file);
    add_lines(name + 1, file.data());
  }
}

void Explanation::add_lines(const char* name, char* lines) {
  Text& text = out->text();
  while (*lines != '\0') {
    const std::size_t begin = text.view().size();
    const char* const line = name != nullptr ? name : lines;
    if (name != nullptr) text.add(name).add(": ");
    for (; *lines != '\n' && *lines != '\0'; ++lines) {
      if (*lines == '\t') *lines = ' ';
      text.escaped({lines, 1});
      out->make_room();
    }
    do text.add(' ');
    while (text.view().size() - begin < words_column);
    if (behind(line, "NSpid:") != nullptr && lines[-1] == '1' && lines[-2] == ' ') is_init = true;
    add_words(text, rows.data(), line);
    out->end_line();
    if (*lines == '\n') ++lines;
  }
}

void Explanation::add_parents(const Process& process) const {
  out->add(Say::parents);
  for (const Process* parent = process.above; parent != nullptr; parent = parent->above) {
    out->numbers[0] = parent->stat.pid;
    out->names[0] = parent->stat.name.data();
    out->add(Say::one_parent);
  }
  out->end_line();
}

void Explanation::add_signals() const {
  int fate = static_cast<int>(Say::handles_term);
  const char* set = "SigCgt:\0SigBlk:\0SigIgn:\0";
  for (; *set != '\0' && !has(set, SIGTERM); set = behind_field(set)) ++fate;
  if (*set == '\0' && (is_init || pid == 1)) ++fate;
  out->add_line(static_cast<Say>(fate));
  if (has("SigIgn:", SIGCHLD)) out->add_line(Say::ignores_chld);
}

// Nothing if it is far away. What is not known, -1, is more than any limit.
void Explanation::add_limit(const char* name, std::int64_t used) const {
  const auto limit = static_cast<std::uint64_t>(number_in(file.data(), name));
  if (limit == 0 || static_cast<std::uint64_t>(used) < limit - limit / 5) return;
  out->numbers[0] = used;
  out->numbers[1] = static_cast<std::int64_t>(limit);
  out->names[0] = name;
  out->add_line(used < 0 ? Say::uncounted_files : Say::near_limit);
}

// -1: they cannot be read.
std::int64_t Explanation::count_open_files() const {
  const auto folder = open_process_file(pid, "/fd");
  if (!folder) return -1;
  Numbers numbers(folder.value());
  std::int64_t found = 0;
  while (numbers.next() >= 0) ++found;
  return numbers.error() == 0 ? found : -1;
}

void Explanation::add_limits(std::int64_t threads) {
  const auto files = count_open_files();
  (void)read_process_file(pid, "/limits", file);
  add_limit("Max processes", threads);
  add_limit("Max open files", files);
}

}  // namespace

[[gnu::noinline]] int explain(Output& out, Processes& processes, pid_t pid) {
  void* room = nullptr;
  if (const auto mapped = sys::resize_memory(room, 0, sizeof(Explanation)); !mapped) return mapped.error();
  Explanation& explanation = *static_cast<Explanation*>(room);
  explanation.out = &out;
  explanation.pid = pid;
  processes.link();
  const Process* const process = processes.look_up(pid);
  if (process == nullptr || !read_process_file(pid, "/status", explanation.status)) {
    const int error = sys::send_signal(pid, 0).error();
    return error != 0 ? error : ESRCH;
  }
  Text rows(explanation.rows);
  add_text(rows, Say::status_rows);
  explanation.add_lines(nullptr, explanation.status.data());
  explanation.add_files();
  explanation.add_parents(*process);
  if (process->stat.state == Process::leader_dead) out.add_line(Say::leader_ended);
  if (process->stat.state == Process::zombie) {
    out.add_line(Say::released);
    add_zombie(out, processes, *process);
    return 0;
  }
  explanation.add_signals();
  std::int64_t threads = 0;
  for (const Process& other : processes.all()) {
    if (other.user == process->user) threads += other.stat.fields[ProcessStat::threads];
  }
  explanation.add_limits(threads);
  return 0;
}

}  // namespace foster
