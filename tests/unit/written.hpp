// What a function that appends to a Text leaves in it.
#pragma once

#include <string>

#include "text.hpp"

constexpr std::size_t usual_room = 4096;

// `write(text)` is given a Text of `room` bytes.
template <class Write>
std::string written(Write write, std::size_t room = usual_room) {
  std::string bytes(room, '?');
  foster::Text text(bytes);
  write(text);
  return std::string(text.view());
}
