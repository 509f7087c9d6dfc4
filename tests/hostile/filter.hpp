// System calls that fail for the init, its command, and all that they start (seccomp(2)).
#pragma once

#include <cstdint>
#include <vector>

struct Refusal {
  long call;
  std::uint32_t flags = 0;  // unless 0: only with one of these in the first argument
};

// In the launcher: from now on each of these fails with `error`.
void refuse(const std::vector<Refusal>& refusals, int error);
