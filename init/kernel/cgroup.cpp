#include "kernel/cgroup.hpp"

#include "kernel/small_file.hpp"
#include "text.hpp"

namespace foster {

namespace {

// Ends the text at the first `end`; what stands behind is the rest.
const char* cut(char*& rest, char end) {
  const char* const part = rest;
  while (*rest != '\0' && *rest != end) ++rest;
  if (*rest != '\0') *rest++ = '\0';
  return part;
}

}  // namespace

// Of lines such as "4:memory:/pod/7" of cgroup v1, "0::/pod/7" of v2. The path is that of the host where the mount
// shows the container's own group alone, so its root comes next.
bool read_cgroup_file(PathRoom& room, const char* file) {
  std::array<char, 2048> own;
  (void)read_file("/proc/self/cgroup", own);
  for (char* rest = own.data(); *rest != '\0';) {
    (void)cut(rest, ':');
    const char* const controller = cut(rest, ':');
    const char* const group = cut(rest, '\n');
    // The file's name begins with its controller's; v2 names none.
    if (behind(file, controller) == nullptr) continue;
    for (const char* below = group;; below = "") {
      Text path(room);
      path.add("/sys/fs/cgroup");
      if (*controller != '\0') path.add('/').add(controller);
      path.add(below).add('/').add(file).add('\0');
      if (read_file(room.data(), room)) return true;
      if (*below == '\0') break;
    }
  }
  return false;
}

}  // namespace foster
