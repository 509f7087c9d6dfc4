#include "kernel/small_file.hpp"

#include <array>

#include "text.hpp"

namespace foster {

namespace {

sys::Result<std::size_t> read_opened(sys::Result<int> file, std::span<char> room) {
  room.front() = '\0';
  if (!file) return file.of<std::size_t>();
  const auto bytes = sys::read(file.value(), std::as_writable_bytes(room.first(room.size() - 1)));
  (void)sys::close(file.value());
  if (bytes) room[bytes.value()] = '\0';
  return bytes;
}

}  // namespace

sys::Result<std::size_t> read_file(const char* path, std::span<char> room) {
  return read_opened(sys::open_to_read(path), room);
}

sys::Result<int> open_process_file(pid_t pid, const char* name) {
  std::array<char, 32> path;
  Text(path).add("/proc/").number(pid).add(name).add('\0');
  return sys::open_to_read(path.data());
}

sys::Result<std::size_t> read_process_file(pid_t pid, const char* name, std::span<char> room) {
  return read_opened(open_process_file(pid, name), room);
}

std::int64_t number_in(const char* lines, const char* name, unsigned base) {
  for (; *lines != '\0'; ++lines) {
    const char* const value = behind(lines, name);
    if (value != nullptr) return number_at(value, base);
    while (*lines != '\n' && lines[1] != '\0') ++lines;
  }
  return 0;
}

std::int64_t number_at(const char* text, unsigned base) {
  std::uint64_t value = 0;
  bool begun = false;
  for (; *text != '\0'; ++text) {
    const auto digit = static_cast<unsigned>(*text < 'a' ? *text - '0' : *text - 'a' + 10);
    if (digit < base) {
      value = value * base + digit;
      begun = true;
    } else if (begun || *text > ' ') {
      break;
    }
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace foster
