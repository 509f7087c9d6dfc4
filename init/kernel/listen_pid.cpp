#include "kernel/listen_pid.hpp"

#include <climits>

#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

constexpr char pid_name[] = "LISTEN_PID=";
constexpr char id_name[] = "LISTEN_PIDFDID=";

char** find_variable(char** environment, const char* name) {
  return environment + (find_entry(environment, name) - environment);
}

}  // namespace

void ListenPid::name_child(char** environment) {
  char** const pid = find_variable(environment, pid_name);
  if (*pid == nullptr || parse_number(behind(*pid, pid_name), INT_MAX) != sys::parent_pid()) return;
  Text(pid_).add(pid_name).number(sys::own_pid());
  *pid = pid_.data();
  // LISTEN_PIDFDID says the same in a number that is never used again, the inode of a pidfd (systemd 259,
  // sd_pidfd_get_inode_id(3)). Where it is not to be had the variable goes: without it, the pid alone counts.
  char** id = find_variable(environment, id_name);
  if (*id == nullptr) return;
  const auto own = sys::unique_id(sys::own_pid());
  if (own) {
    Text(id_).add(id_name).number(static_cast<std::int64_t>(own.value()));
    *id = id_.data();
  } else {
    do {
      *id = id[1];
    } while (*id++ != nullptr);
  }
}

}  // namespace foster
