#include "kernel/small_file.hpp"

#include <array>

#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

std::string_view read_start(const char* path, std::span<char> room) {
  const auto fd = sys::open_to_read(path);
  if (!fd) return {};
  const auto bytes = sys::read(fd.value(), std::as_writable_bytes(room));
  (void)sys::close(fd.value());
  if (!bytes) return {};
  return {room.data(), bytes.value()};
}

std::string_view read_process_file(pid_t pid, const char* name, std::span<char> room) {
  std::array<char, 32> path;
  Text(path).add("/proc/").number(pid).add(name).add('\0');
  return read_start(path.data(), room);
}

}  // namespace foster
