// One-line messages on stderr that can never block, whatever stderr is: a full pipe, a stopped terminal, nothing.
#pragma once

#include <array>
#include <cstdint>

#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

class Report {
 public:
  Report() = default;
  Report(const Report&) = delete;  // text_ points into it
  Report& operator=(const Report&) = delete;

  void set_threshold(Level threshold) { threshold_ = threshold; }
  [[nodiscard]] bool wants(Level level) const { return level <= threshold_; }

  // An empty line to add words to; send() writes it.
  Text& line();

  // Writes "foster: <words>\n" in one go. A line that cannot be written now is dropped and counted, and the next one
  // that gets through says how many there were.
  void send();

  // line(), "cannot <what>: <the errno in words>", send().
  void failure(const char* what, int error);

 private:
  // With its beginning and its end, at most PIPE_BUF: a line in a pipe is whole or not there (pipe(7)).
  static constexpr std::size_t line_bytes = 1024;

  Level threshold_ = Level::warning;
  std::uint32_t dropped_ = 0;
  std::array<char, line_bytes> room_;
  Text text_{std::span(room_).first(line_bytes - 1)};
};

}  // namespace foster
