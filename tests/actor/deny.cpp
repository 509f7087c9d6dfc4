// "clone:PIDFD=EINVAL,close_range=ENOSYS": a system call, for clone the flag that must be set, and the errno.
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

constexpr std::array<Named, 20> calls{{
    {"clone", SYS_clone},
    {"clone3", SYS_clone3},
#ifdef SYS_fork
    {"fork", SYS_fork},
    {"vfork", SYS_vfork},
#endif
    {"close_range", SYS_close_range},
    {"ioctl", SYS_ioctl},
    {"kill", SYS_kill},
    {"openat", SYS_openat},
    {"pidfd_open", SYS_pidfd_open},
    {"pidfd_send_signal", SYS_pidfd_send_signal},
    {"pipe2", SYS_pipe2},
    {"prctl", SYS_prctl},
    {"pwritev2", SYS_pwritev2},
    {"rt_sigqueueinfo", SYS_rt_sigqueueinfo},
    {"rt_sigtimedwait", SYS_rt_sigtimedwait},
    {"setpgid", SYS_setpgid},
    {"setsid", SYS_setsid},
    {"signalfd4", SYS_signalfd4},
    {"wait4", SYS_wait4},
    {"waitid", SYS_waitid},
}};

constexpr std::array<Named, 3> flags{{{"PIDFD", CLONE_PIDFD}, {"VFORK", CLONE_VFORK}, {"VM", CLONE_VM}}};

constexpr std::array<Named, 6> errors{{{"EINVAL", EINVAL},
                                       {"EPERM", EPERM},
                                       {"ENOSYS", ENOSYS},
                                       {"EMFILE", EMFILE},
                                       {"EAGAIN", EAGAIN},
                                       {"ENOMEM", ENOMEM}}};

template <std::size_t size>
std::uint32_t value_of(const std::array<Named, size>& table, const std::string& name) {
  for (const auto& entry : table) {
    if (!entry.name.empty() && entry.name == name) return entry.value;
  }
  errno = EINVAL;
  fail("unknown name '" + name + "'");
}

using Program = std::vector<sock_filter>;

void add(Program& program, int code, std::uint32_t k, std::uint8_t if_true = 0, std::uint8_t if_false = 0) {
  program.push_back({static_cast<std::uint16_t>(code), if_true, if_false, k});
}

void add_rule(Program& program, const std::string& rule) {
  const auto equals = rule.find('=');
  if (equals == std::string::npos) fail("a rule is CALL=ERROR, not " + rule);
  const auto colon = rule.find(':');
  const bool has_flag = colon != std::string::npos;
  const std::uint32_t call = value_of(calls, rule.substr(0, std::min(colon, equals)));
  const std::uint32_t error = value_of(errors, rule.substr(equals + 1));
  add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, call, 0, has_flag ? 3 : 1);
  if (has_flag) {
    const std::uint32_t flag = value_of(flags, rule.substr(colon + 1, equals - colon - 1));
    add(program, BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args));
    add(program, BPF_JMP | BPF_JSET | BPF_K, flag, 0, 1);
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
