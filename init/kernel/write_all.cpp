#include "kernel/write_all.hpp"

#include <cerrno>

#include "kernel/sys.hpp"

namespace foster {

int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = sys::write(fd, bytes);
    if (!written && written.error() != EINTR) return written.error();
    if (written) bytes.remove_prefix(written.value());
  }
  return 0;
}

}  // namespace foster
