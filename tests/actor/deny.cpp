// "clone:PIDFD=EINVAL,close_range=ENOSYS": a system call, what must be in its arguments if that is not all the same,
// and the errno.
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <sstream>
#include <vector>

#include "actor.hpp"

namespace actor {

namespace {

struct Named {
  std::string_view name;
  std::uint32_t value;
};

constexpr std::array<Named, 23> calls{{
    {"clone", SYS_clone},
    {"clone3", SYS_clone3},
#ifdef SYS_fork
    {"fork", SYS_fork},
    {"vfork", SYS_vfork},
#endif
    {"close_range", SYS_close_range},
    {"fsync", SYS_fsync},
    {"ioctl", SYS_ioctl},
    {"kill", SYS_kill},
    {"openat", SYS_openat},
    {"pidfd_open", SYS_pidfd_open},
    {"pidfd_send_signal", SYS_pidfd_send_signal},
    {"pipe2", SYS_pipe2},
    {"ppoll", SYS_ppoll},
    {"prctl", SYS_prctl},
    {"pwritev2", SYS_pwritev2},
#ifdef SYS_renameat
    {"renameat", SYS_renameat},
#else
    {"renameat", SYS_renameat2},
#endif
    {"rt_sigqueueinfo", SYS_rt_sigqueueinfo},
    {"rt_sigtimedwait", SYS_rt_sigtimedwait},
    {"setpgid", SYS_setpgid},
    {"setsid", SYS_setsid},
    {"signalfd4", SYS_signalfd4},
    {"wait4", SYS_wait4},
    {"waitid", SYS_waitid},
}};

// Those bits of an argument have this value.
struct Condition {
  std::string_view name;
  std::uint8_t argument;
  std::uint32_t bits;
  std::uint32_t value;
};

constexpr std::uint32_t group = 1 << 2;             // PIDFD_SIGNAL_PROCESS_GROUP
constexpr std::uint32_t get_info = 0xFF << 8 | 11;  // PIDFD_GET_INFO, whatever the struct's size

constexpr std::array<Condition, 5> conditions{{{"PIDFD", 0, CLONE_PIDFD, CLONE_PIDFD},
                                               {"VFORK", 0, CLONE_VFORK, CLONE_VFORK},
                                               {"VM", 0, CLONE_VM, CLONE_VM},
                                               {"GET_INFO", 1, 0xFFFF, get_info},
                                               {"GROUP", 3, group, group}}};

constexpr std::array<Named, 7> errors{{{"EINVAL", EINVAL},
                                       {"EPERM", EPERM},
                                       {"ENOSYS", ENOSYS},
                                       {"EMFILE", EMFILE},
                                       {"ENOTTY", ENOTTY},
                                       {"EAGAIN", EAGAIN},
                                       {"ENOMEM", ENOMEM}}};

template <class Table>
const auto& row_of(const Table& table, const std::string& name) {
  for (const auto& row : table) {
    if (!row.name.empty() && row.name == name) return row;
  }
  errno = EINVAL;
  fail("unknown name '" + name + "'");
}

using Program = std::vector<sock_filter>;

void add(Program& program, int code, std::uint32_t k, std::uint8_t if_true = 0, std::uint8_t if_false = 0) {
  program.push_back({static_cast<std::uint16_t>(code), if_true, if_false, k});
}

std::uint32_t lower_half(std::uint8_t argument) {
  constexpr bool is_little_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + 8U * argument + (is_little_endian ? 0 : 4);
}

void add_rule(Program& program, const std::string& rule) {
  const auto equals = rule.find('=');
  if (equals == std::string::npos) fail("a rule is CALL=ERROR, not " + rule);
  const auto colon = rule.find(':');
  const bool has_condition = colon != std::string::npos;
  const std::uint32_t call = row_of(calls, rule.substr(0, std::min(colon, equals))).value;
  const std::uint32_t error = row_of(errors, rule.substr(equals + 1)).value;
  add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, call, 0, has_condition ? 4 : 1);
  if (has_condition) {
    const auto& condition = row_of(conditions, rule.substr(colon + 1, equals - colon - 1));
    add(program, BPF_LD | BPF_W | BPF_ABS, lower_half(condition.argument));
    add(program, BPF_ALU | BPF_AND | BPF_K, condition.bits);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, condition.value, 0, 1);
  }
  add(program, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error);
}

}  // namespace

int deny(Words words) {
  if (words[0] == nullptr) fail("no rule");
  Program program;
  std::istringstream rules(words[0]);
  for (std::string rule; std::getline(rules, rule, ',');) add_rule(program, rule);
  add(program, BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) fail("PR_SET_NO_NEW_PRIVS");
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0) fail("PR_SET_SECCOMP");
  execute(words + 1);
}

}  // namespace actor
