// One-line messages on stderr that can never block, whatever stderr is: a full pipe, a stopped terminal, nothing.
#pragma once

#include <cstdint>
#include <span>

#include "messages.hpp"
#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

class Report {
 public:
  // A line, its beginning and its end must fit into `room`.
  explicit Report(std::span<char> room) : room_(room), text_(room.first(room.size() - 1)) {}

  void set_threshold(Level threshold) { threshold_ = threshold; }
  [[nodiscard]] bool wants(Level level) const { return level <= threshold_; }

  // An empty line to add words to; send() writes it.
  Text& line();

  // Writes "foster: <words>\n" in one go. A line that cannot be written now is dropped and counted, and the next one
  // that gets through says how many there were.
  void send();

  // line(), the words, send().
  void say(Phrase words);

  // The same with "cannot <what>: <the errno in words>".
  void failure(Phrase what, int error);

 private:
  Level threshold_ = Level::warning;
  std::uint32_t dropped_ = 0;
  std::span<char> room_;
  Text text_;
};

}  // namespace foster
