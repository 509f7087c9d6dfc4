#include "filter.hpp"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cstddef>

#include "course.hpp"

namespace {

constexpr bool is_little_endian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
// The first argument's lower half: all flags are there.
constexpr std::uint32_t first_argument = offsetof(seccomp_data, args) + (is_little_endian ? 0 : 4);

sock_filter load(std::uint32_t offset) { return {BPF_LD | BPF_W | BPF_ABS, 0, 0, offset}; }

sock_filter answer(std::uint32_t what) { return {BPF_RET | BPF_K, 0, 0, what}; }

// Passes over `skipped` statements unless it holds.
sock_filter only_if(std::uint16_t test, std::uint32_t value, std::uint8_t skipped) {
  return {static_cast<std::uint16_t>(BPF_JMP | BPF_K | test), 0, skipped, value};
}

}  // namespace

void refuse(const std::vector<Refusal>& refusals, int error) {
  std::vector<sock_filter> program;
  for (const auto& refusal : refusals) {
    program.push_back(load(offsetof(seccomp_data, nr)));
    program.push_back(only_if(BPF_JEQ, static_cast<std::uint32_t>(refusal.call), refusal.flags == 0 ? 1 : 3));
    if (refusal.flags != 0) {
      program.push_back(load(first_argument));
      program.push_back(only_if(BPF_JSET, refusal.flags, 1));
    }
    program.push_back(answer(SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error)));
  }
  program.push_back(answer(SECCOMP_RET_ALLOW));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "PR_SET_NO_NEW_PRIVS");
  must(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0, "PR_SET_SECCOMP");
}
