// Signals by name and number, and sets of them. Linux on every architecture that foster is built for has 64.
#pragma once

#include <array>
#include <csignal>
#include <cstdint>
#include <string_view>

#include "text.hpp"

namespace foster {

inline constexpr int last_signal = 64;
// What RTMIN means to Docker, systemd and glibc. musl's own SIGRTMIN is 35: it keeps 34 for itself.
inline constexpr int first_realtime_signal = 34;

// The kernel's view of a signal set: signal n is bit n - 1 (signal(7)).
class SignalSet {
 public:
  constexpr SignalSet() = default;
  constexpr explicit SignalSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr SignalSet all() { return SignalSet(~std::uint64_t{0}); }

  constexpr SignalSet& add(int number) {
    bits_ |= bit(number);
    return *this;
  }
  [[nodiscard]] constexpr bool contains(int number) const {
    return (bits_ >> static_cast<unsigned>(number - 1) & 1U) != 0;
  }
  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

 private:
  static constexpr std::uint64_t bit(int number) { return std::uint64_t{1} << static_cast<unsigned>(number - 1); }
  std::uint64_t bits_ = 0;
};

// Which signal each one is handed on as.
class Rewrites {
 public:
  // To 0: it is dropped.
  constexpr void set(int from, int to) { to_[index(from)] = static_cast<std::uint8_t>(to == 0 ? dropped : to); }
  [[nodiscard]] constexpr bool has(int from) const { return to_[index(from)] != unchanged; }
  // 0 for one that is dropped.
  [[nodiscard, gnu::noinline]] constexpr int of(int number) const {
    const int to = to_[index(number)];
    return to == unchanged ? number : to & ~dropped;
  }

 private:
  static constexpr int unchanged = 0;
  static constexpr int dropped = 128;  // and no more
  static constexpr std::size_t index(int number) { return static_cast<std::size_t>(number - 1); }
  std::array<std::uint8_t, last_signal> to_{};
};

// "TERM", "SIGTERM", "term", "15", "RTMIN+3", "RTMAX-1": its number, 1 to 64; 0 for any other text.
int parse_signal(std::string_view word);

// Appends "SIGTERM", "SIGRTMIN+3" for a number from 1 to 64, or "signal 32" for the two that libc keeps to itself and
// have no name.
Text& add_signal(Text& text, int number);

}  // namespace foster
