#include "names.hpp"

#include <sys/syscall.h>

#include <array>
#include <cstring>

namespace {

struct Row {
  const char* name;
  long number;
};

// What the inits call. One that is missing here shows itself: the list of errnos has no row for its number.
constexpr auto table = std::to_array<Row>({{"chdir", SYS_chdir},
                                           {"clock_gettime", SYS_clock_gettime},
                                           {"clock_nanosleep", SYS_clock_nanosleep},
                                           {"clone", SYS_clone},
                                           {"close", SYS_close},
                                           {"close_range", SYS_close_range},
                                           {"dup3", SYS_dup3},
                                           {"execve", SYS_execve},
                                           {"faccessat", SYS_faccessat},
                                           {"fcntl", SYS_fcntl},
                                           {"getdents64", SYS_getdents64},
                                           {"getpgid", SYS_getpgid},
                                           {"getpgrp", SYS_getpgrp},
                                           {"getpid", SYS_getpid},
                                           {"getppid", SYS_getppid},
                                           {"ioctl", SYS_ioctl},
                                           {"kill", SYS_kill},
                                           {"lseek", SYS_lseek},
                                           {"openat", SYS_openat},
                                           {"pidfd_open", SYS_pidfd_open},
                                           {"pidfd_send_signal", SYS_pidfd_send_signal},
                                           {"pipe2", SYS_pipe2},
                                           {"poll", SYS_poll},
                                           {"ppoll", SYS_ppoll},
                                           {"prctl", SYS_prctl},
                                           {"prlimit64", SYS_prlimit64},
                                           {"pwritev2", SYS_pwritev2},
                                           {"read", SYS_read},
                                           {"rt_sigaction", SYS_rt_sigaction},
                                           {"rt_sigprocmask", SYS_rt_sigprocmask},
                                           {"rt_sigqueueinfo", SYS_rt_sigqueueinfo},
                                           {"rt_sigtimedwait", SYS_rt_sigtimedwait},
                                           {"sendto", SYS_sendto},
                                           {"set_robust_list", SYS_set_robust_list},
                                           {"setpgid", SYS_setpgid},
                                           {"setsid", SYS_setsid},
                                           {"signalfd4", SYS_signalfd4},
                                           {"wait4", SYS_wait4},
                                           {"waitid", SYS_waitid},
                                           {"write", SYS_write}});

constexpr int highest_error = 133;

}  // namespace

std::string call_name(long number) {
  for (const Row& row : table) {
    if (row.number == number) return row.name;
  }
  return "call-" + std::to_string(number);
}

long call_number(std::string_view name) {
  for (const Row& row : table) {
    if (row.name == name) return row.number;
  }
  return -1;
}

std::string error_name(int error) {
  const char* const name = ::strerrorname_np(error);
  return name == nullptr ? std::to_string(error) : name;
}

int error_number(std::string_view name) {
  for (int error = 1; error <= highest_error; ++error) {
    if (error_name(error) == name) return error;
  }
  return -1;
}
