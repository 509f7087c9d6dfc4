#include "kernel/listen_pid.hpp"

#include <climits>
#include <cstring>

#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

char** find_variable(char** environment, const char* name) {
  return environment + (find_entry(environment, name) - environment);
}

void set(char*& entry, std::span<char> room, const char* name, std::int64_t number) {
  Text(room).add(name).number(number);
  entry = room.data();
}

}  // namespace

void ListenPid::name_child(char** environment) {
  static constexpr char pid_name[] = "LISTEN_PID=";
  static constexpr char id_name[] = "LISTEN_PIDFDID=";
  char** const pid = find_variable(environment, pid_name);
  if (*pid == nullptr) return;
  const char* const number = *pid + sizeof pid_name - 1;
  if (parse_number({number, std::strlen(number)}, INT_MAX) != sys::parent_pid()) return;
  set(*pid, pid_, pid_name, sys::own_pid());
  // LISTEN_PIDFDID says the same in a number that is never used again, the inode of a pidfd (systemd 259,
  // sd_pidfd_get_inode_id(3)). Where it is not to be had the variable goes: without it, the pid alone counts.
  char** id = find_variable(environment, id_name);
  if (*id == nullptr) return;
  const auto own = sys::unique_id(sys::own_pid());
  if (own) {
    set(*id, id_, id_name, static_cast<std::int64_t>(own.value()));
  } else {
    do {
      *id = id[1];
    } while (*id++ != nullptr);
  }
}

}  // namespace foster
