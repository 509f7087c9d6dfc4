#include "kernel/oom.hpp"

#include "kernel/cgroup.hpp"
#include "kernel/small_file.hpp"

namespace foster {

int count_oom_kills(PathRoom& room) {
  if (!read_cgroup_file(room, "memory.events") && !read_cgroup_file(room, "memory.oom_control")) return 0;
  return static_cast<int>(number_in(room.data(), "oom_kill "));
}

}  // namespace foster
