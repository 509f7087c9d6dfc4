#include "kernel/termination_log.hpp"

#include "kernel/sys.hpp"

namespace foster {

void write_termination_log(const char* path, std::string_view line) {
  const auto fd = sys::open_to_write_now(path);
  if (!fd) return;
  const auto size = sys::end_of(fd.value());
  // A pipe or a terminal has no end to find.
  if (size && size.value() == 0) (void)sys::write(fd.value(), line);
  (void)sys::close(fd.value());
}

}  // namespace foster
