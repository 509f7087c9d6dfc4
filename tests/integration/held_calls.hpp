// System calls that stop at their entry until the test lets them go on (seccomp_unotify(2)): this is how a window of a
// few microseconds becomes as wide as a test needs it, without a tracer, under which signals would go other ways.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <vector>

#include "pipe.hpp"

struct HeldCall {
  std::uint64_t id = 0;
  pid_t pid = 0;  // the caller, as the test sees it
  long number = 0;
  std::array<std::uint64_t, 6> arguments{};
};

// In the process that is to be held, and for all that it starts: from now on each of these calls waits. Returns the
// descriptor for HeldCalls, or -1 and errno.
int hold_calls(const std::vector<long>& numbers);

class HeldCalls {
 public:
  HeldCalls() = default;
  explicit HeldCalls(Descriptor listener) : listener_(std::move(listener)) {}
  [[nodiscard]] int fd() const { return listener_.get(); }
  // The next one; fd() must be readable. Its id is 0 if the caller was killed meanwhile.
  [[nodiscard]] HeldCall receive() const;
  void let_go(const HeldCall& call) const;

 private:
  Descriptor listener_;
};
