// The limit of what an init can be that lets the kernel reap: SIGCHLD ignored, the command's status from its pidfd.
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>

#include "floor.hpp"

namespace {

// linux/pidfd.h of Linux 6.15 and later; the struct as it was first.
struct PidfdInfo {
  std::uint64_t mask;
  std::uint64_t cgroup;
  std::uint32_t ids[11];
  std::int32_t exit_code;
};
constexpr unsigned long get_info = _IOWR(0xFF, 11, PidfdInfo);
constexpr std::uint64_t info_exit = 1U << 3U;

// The kernel's own, without the fields that a libc adds for its restorer.
struct KernelAction {
  long handler;
  unsigned long flags;
  long restorer;
  SignalSet mask;
};

void ignore_children() {
  const KernelAction action{1 /* SIG_IGN */, 0, 0, 0};
  call(SYS_rt_sigaction, SIGCHLD, &action, 0L, sizeof(SignalSet));
}

// Its end comes a moment before what it left behind can be asked for.
[[noreturn]] void leave_as(int pidfd) {
  for (;;) {
    PidfdInfo info{};
    info.mask = info_exit;
    call(SYS_ioctl, pidfd, get_info, &info);
    if ((info.mask & info_exit) != 0) leave_with(info.exit_code);
    pollfd end{pidfd, 0, 0};
    call(SYS_poll, &end, 1L, -1L);
  }
}

void forward_all(long child, int signals) {
  signalfd_siginfo batch[16];
  const long size = call(SYS_read, signals, batch, sizeof batch);
  for (long i = 0; i < size / word(sizeof *batch); ++i) {
    siginfo_t info{};
    info.si_signo = static_cast<int>(batch[i].ssi_signo);
    info.si_code = batch[i].ssi_code;
    info.si_value.sival_ptr = __builtin_bit_cast(void*, batch[i].ssi_ptr);
    forward(child, info);
  }
}

}  // namespace

void bare_main(char** stack) {
  Command command = read_command(stack);
  int pidfd = -1;
  const long child = start(command, CLONE_PIDFD, &pidfd);
  ignore_children();
  int status = 0;
  if (call(SYS_wait4, child, &status, 1L /* WNOHANG */, 0L) == child) leave_with(status);
  const int signals = static_cast<int>(call(SYS_signalfd4, -1, &all_signals, sizeof(SignalSet), SFD_CLOEXEC));
  pollfd sources[]{{signals, POLLIN, 0}, {pidfd, 0, 0}};
  for (;;) {
    call(SYS_poll, sources, 2L, -1L);
    if (sources[0].revents != 0) forward_all(child, signals);
    if (sources[1].revents != 0) leave_as(pidfd);
  }
}
