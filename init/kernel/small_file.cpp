#include "kernel/small_file.hpp"

#include "kernel/sys.hpp"

namespace foster {

std::string_view read_start(const char* path, std::span<char> room) {
  const auto fd = sys::open_to_read(path);
  if (!fd) return {};
  const auto bytes = sys::read(fd.value(), std::as_writable_bytes(room));
  (void)sys::close(fd.value());
  if (!bytes) return {};
  return {room.data(), bytes.value()};
}

}  // namespace foster
