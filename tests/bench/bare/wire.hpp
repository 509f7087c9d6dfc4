// What the command says on its stdout, for the benchmark to read.
#pragma once

#include <cstdint>

// Once, when it is ready (but for "stamp").
constexpr char ready_byte = 'r';

// "stamp": when its first instruction ran. "orphans": how many forks were refused, after each round.
using Number = std::uint64_t;

// "listen": one signal.
struct Heard {
  std::uint64_t at_ns;  // CLOCK_MONOTONIC
  std::uint64_t value;
  std::int32_t number;
  std::int32_t code;  // si_code
};
