// Lines on stdout: many at once, and the first error is kept.
#pragma once

#include <array>
#include <cstdint>

#include "inspect/texts.hpp"
#include "text.hpp"

namespace foster {

class Output {
 public:
  // What place holders stand for: %0 to %5 for the numbers, %a and %b for the names, which may be anything.
  std::array<std::int64_t, 6> numbers{};
  std::array<const char*, 2> names{};

  void add(Say what);
  // For one more line.
  void make_room();
  void end_line();
  void add_line(Say what);
  Text& text() { return text_; }
  // Writes what is left. 0, or the errno.
  int finish();

 private:
  static constexpr std::size_t longest_line = 1024;

  std::array<char, 3 * longest_line> room_;
  Text text_{room_};
  int error_ = 0;
};

}  // namespace foster
