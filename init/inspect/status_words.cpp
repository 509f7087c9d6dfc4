#include "inspect/status_words.hpp"

#include <cstdint>

#include "kernel/small_file.hpp"
#include "policy/signals.hpp"

namespace foster {

namespace {

constexpr int known_capabilities = 41;  // up to Linux 5.9; there are no newer ones as of 6.18

// The first of `names`, which is taken off them; only on request it is appended. One that has come since is its number.
void take_capability(Text& text, const char*& names, bool wanted, int number) {
  for (; *names > ' '; ++names) {
    if (wanted) text.add(*names);
  }
  if (*names == ' ') {
    ++names;
  } else if (wanted) {
    text.number(number);
  }
}

// Those that are not in it, where most are.
void add_names(Text& text, std::uint64_t set, const char* capabilities, bool of_signals) {
  const std::uint64_t all = of_signals ? ~std::uint64_t{0} : (std::uint64_t{1} << known_capabilities) - 1;
  const char* first = set == 0 ? " none" : "";
  if (set > all / 2 && set <= all) {
    set ^= all;
    first = set == 0 ? " all" : " all but";
  }
  text.add(first);
  for (int number = 0; set != 0; ++number, set >>= 1U) {
    const bool is_in = (set & 1U) != 0;
    if (is_in) text.add(' ');
    if (!of_signals) {
      take_capability(text, capabilities, is_in, number);
    } else if (is_in) {
      add_signal(text, number + 1);
    }
  }
}

}  // namespace

void add_words(Text& text, const char* rows, const char* line) {
  const char* row = rows;
  const char* value = line;
  while (*row != '=') {
    if (*row == *value) {
      ++row;
      ++value;
    } else {
      while (*row++ != '\n') {
      }
      value = line;
    }
  }
  while (*++row != '\n') text.add(*row);
  if (row[-1] == ':') add_names(text, static_cast<std::uint64_t>(number_at(value, 16)), rows, *line == 'S');
}

}  // namespace foster
