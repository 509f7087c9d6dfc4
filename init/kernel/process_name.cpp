#include "kernel/process_name.hpp"

#include <algorithm>

#include "kernel/small_file.hpp"

namespace foster {

void read_name(pid_t pid, ProcessName& name) {
  std::ranges::fill(name, '\0');
  const auto bytes = read_process_file(pid, "/comm", name);
  // The kernel ends it with a newline.
  if (bytes && bytes.value() > 0) name[bytes.value() - 1] = '\0';
}

}  // namespace foster
