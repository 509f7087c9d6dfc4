#include "kernel/oom.hpp"

#include <climits>

#include "kernel/small_file.hpp"
#include "text.hpp"

namespace foster {

namespace {

// The number behind "oom_kill" in lines of a word and a number each; -1 if it is not there.
int count_in(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    if (take_until(line, ' ') == "oom_kill") return parse_number(line, INT_MAX);
  }
  return -1;
}

int count_in_file(PathRoom& room, const char* mount, std::string_view group, const char* file) {
  Text(room).add(mount).add(group).add(file).add('\0');
  // It is opened before it is read to where its path was.
  return count_in(read_start(room.data(), room));
}

// "4:memory:/pod/7" of cgroup v1, "0::/pod/7" of v2. The path is that of the host where the mount shows the container's
// own group alone, so its root comes next.
int count_for_line(PathRoom& room, std::string_view line) {
  take_until(line, ':');
  const auto controllers = take_until(line, ':');
  const bool is_first = controllers == "memory";
  if (!is_first && !controllers.empty()) return -1;
  const char* const mount = is_first ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
  const char* const file = is_first ? "/memory.oom_control" : "/memory.events";
  const int count = count_in_file(room, mount, line, file);
  return count >= 0 ? count : count_in_file(room, mount, "", file);
}

}  // namespace

int count_oom_kills(PathRoom& room) {
  std::array<char, 2048> text;
  std::string_view groups = read_start("/proc/self/cgroup", text);
  while (!groups.empty()) {
    const int count = count_for_line(room, take_until(groups, '\n'));
    if (count >= 0) return count;
  }
  return 0;
}

}  // namespace foster
