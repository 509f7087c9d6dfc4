#include "held_calls.hpp"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace {

sock_filter statement(std::uint16_t code, std::uint32_t k) { return {code, 0, 0, k}; }

}  // namespace

int hold_calls(const std::vector<long>& numbers) {
  std::vector<sock_filter> program{statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const long number : numbers) {
    program.push_back({BPF_JMP | BPF_JEQ | BPF_K, 0, 1, static_cast<std::uint32_t>(number)});
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  // Without the privilege to filter programs that gain privileges: give that up.
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter));
}

HeldCall HeldCalls::receive() const {
  seccomp_notif request{};
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &request) < 0) return {};
  HeldCall call{.id = request.id, .pid = static_cast<pid_t>(request.pid), .number = request.data.nr, .arguments = {}};
  std::copy(std::begin(request.data.args), std::end(request.data.args), call.arguments.begin());
  return call;
}

void HeldCalls::let_go(const HeldCall& call) const {
  seccomp_notif_resp answer{};
  answer.id = call.id;
  answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  // It fails only if the caller was killed meanwhile, and then there is nothing to let go.
  ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}
