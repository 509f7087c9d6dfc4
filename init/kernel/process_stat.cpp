#include "kernel/process_stat.hpp"

#include <cerrno>

#include "kernel/small_file.hpp"

namespace foster {

// The name may hold anything, brackets as well: it ends with the last one.
bool parse_stat(const char* text, ProcessStat& stat) {
  const char* name = nullptr;
  const char* end = nullptr;
  for (; *text != '\0'; ++text) {
    if (*text == '(' && name == nullptr) name = text + 1;
    if (*text == ')') end = text;
  }
  if (name == nullptr || end < name || end + 2 >= text) return false;
  for (char& c : stat.name) c = name < end ? *name++ : '\0';
  stat.name.back() = '\0';
  text = end + 2;
  stat.state = *text;
  for (std::int64_t& field : std::span(stat.fields).subspan<3>()) {
    field = number_at(text);
    while (*text != '\0' && *text++ != ' ') {
    }
  }
  return *text != '\0';
}

int read_stat(pid_t pid, ProcessStat& stat) {
  std::array<char, 512> room;
  const auto bytes = read_process_file(pid, "/stat", room);
  stat.pid = pid;
  if (!bytes) return bytes.error();
  return parse_stat(room.data(), stat) ? 0 : ESRCH;
}

}  // namespace foster
