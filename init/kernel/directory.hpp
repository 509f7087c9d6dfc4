// The numbers among the names in a directory: descriptors in /proc/self/fd, processes in /proc.
#pragma once

#include <array>
#include <cstddef>

namespace foster {

class Numbers {
 public:
  explicit Numbers(int directory) : directory_(directory) {}

  // The next one; -1: there is none left, or no more can be read.
  int next();

  // Behind the last: why the list could not be read to its end; 0: it could.
  [[nodiscard]] int error() const { return error_; }

 private:
  int directory_;
  int error_ = 0;
  std::size_t at_ = 0;
  std::size_t read_ = 0;
  alignas(std::max_align_t) std::array<std::byte, 1024> room_;
};

}  // namespace foster
