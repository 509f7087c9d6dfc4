#include "inspect/processes.hpp"

#include <cerrno>

#include "kernel/directory.hpp"
#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

constexpr std::size_t step = 1024;  // what is not used costs nothing
constexpr int pause_ms = 300;       // enough for a parent that reaps at all

}  // namespace

int Processes::add(pid_t pid) {
  if (count_ == room_) {
    const std::size_t more = room_ + step;
    void* memory = first_;
    const auto resized = sys::resize_memory(memory, room_ * sizeof(Process), more * sizeof(Process));
    if (!resized) return resized.error();
    first_ = static_cast<Process*>(memory);
    room_ = more;
  }
  if (read_process(pid, first_[count_])) ++count_;
  return 0;
}

// Not inlined: the list needs room.
[[gnu::noinline]] int Processes::read() {
  const auto list = sys::open_to_read("/proc");
  if (!list) return list.error();
  Numbers numbers(list.value());
  for (pid_t pid = numbers.next(); pid >= 0; pid = numbers.next()) {
    if (const int error = add(pid)) return error;
  }
  // A folder without processes is no /proc.
  return numbers.error() == 0 && count_ == 0 ? ENOENT : numbers.error();
}

Process* Processes::look_up(pid_t pid) const {
  std::size_t first = 0;
  for (std::size_t end = count_; first < end;) {
    const std::size_t middle = (first + end) / 2;
    if (first_[middle].stat.pid == pid) return &first_[middle];
    if (first_[middle].stat.pid < pid) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  return nullptr;
}

int Processes::count_zombies() const {
  int count = 0;
  for (const Process& process : all()) {
    if (process.stat.state == Process::zombie) ++count;
  }
  return count;
}

// A number may have been given to another process while the list was read: no parent is younger than its child.
void Processes::link() {
  for (std::size_t i = count_; i-- > 0;) {
    Process& process = first_[i];
    Process* const parent = look_up(process.stat.parent());
    if (parent == nullptr || parent == &process) continue;
    if (parent->stat.fields[ProcessStat::start] > process.stat.fields[ProcessStat::start]) continue;
    process.above = parent;
    process.next = parent->below;
    parent->below = &process;
  }
}

void Processes::look_again() const {
  sys::sleep_ms(pause_ms);
  constexpr std::string_view states = "ZTtD";
  for (Process& process : all()) {
    if (find(states, process.stat.state) == states.size()) continue;
    const bool was_zombie = process.stat.state == Process::zombie;
    const std::int64_t start = process.stat.fields[ProcessStat::start];
    const int error = read_stat(process.stat.pid, process.stat);
    const bool is_there = error == 0 && process.stat.fields[ProcessStat::start] == start;
    if (was_zombie && !is_there) process.stat.state = Process::gone;
  }
}

}  // namespace foster
