#include "loops.hpp"

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <stdexcept>

namespace loops {

namespace {

// The kernel's own, which older headers do not have.
struct Info {
  std::uint64_t mask = 0;
  std::array<std::uint64_t, 10> rest{};
};
constexpr std::uint64_t core_dump = 1 << 4;        // PIDFD_INFO_COREDUMP, as young as what foster needs: Linux 6.16
constexpr unsigned signal_process_group = 1 << 2;  // PIDFD_SIGNAL_PROCESS_GROUP

bool is_given(const std::string& option) {
  return std::find(init_options().begin(), init_options().end(), option) != init_options().end();
}

}  // namespace

bool kernel_can_reap() {
  const Descriptor self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  if (!self.is_open()) return false;
  Info info{.mask = core_dump};
  if (::ioctl(self.get(), _IOWR(0xFF, 11, Info), &info) < 0 || (info.mask & core_dump) == 0) return false;
  // Nobody in a group of that number is an answer, too.
  return ::syscall(SYS_pidfd_send_signal, self.get(), 0, nullptr, signal_process_group) == 0 || errno == ESRCH;
}

bool kernel_is_to_reap() { return !is_given("--reap=init") && kernel_can_reap(); }

bool kernel_reaps(pid_t init) { return (proc::signal_set(init, "SigIgn") >> (SIGCHLD - 1) & 1) != 0; }

void check_choice() {
  if (!is_given("--reap=init") && !is_given("--reap=auto")) return;
  Init init(act("hold"));
  init.wait_until_at_rest();
  if (kernel_reaps(init.pid()) != kernel_is_to_reap()) {
    throw std::runtime_error(std::string(kernel_is_to_reap() ? "init" : "the kernel") + " reaps with " +
                             joined(init_options()));
  }
  if (is_given("--reap=auto") && !kernel_can_reap())
    skip("the loop in which the kernel reaps: this kernel cannot (Linux 6.16 or later can)");
}

}  // namespace loops
