#include "text.hpp"

#include <algorithm>
#include <array>
#include <climits>

namespace foster {

namespace {

constexpr bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

char hex_digit(unsigned value) { return static_cast<char>(value < 10 ? '0' + value : 'a' + (value - 10)); }

}  // namespace

Text& Text::add(char c) {
  if (used_ < room_.size()) {
    room_[used_++] = c;
  } else {
    for (std::size_t i = 1; i <= 3 && i <= used_; ++i) room_[used_ - i] = '.';
  }
  return *this;
}

Text& Text::add(std::string_view part) {
  for (const char c : part) add(c);
  return *this;
}

Text& Text::add(const char* part) { return add(std::string_view(part)); }

Text& Text::number(std::int64_t value) {
  std::array<char, 20> digits;
  std::size_t at = digits.size();
  // Counted on the negative side: the smallest number has no positive twin.
  std::int64_t rest = value < 0 ? value : -value;
  do {
    digits[--at] = static_cast<char>('0' - rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (value < 0) add('-');
  return add({&digits[at], digits.size() - at});
}

Text& Text::escaped(std::string_view bytes) {
  const std::size_t most = used_ + quoted_bytes;
  for (const char c : bytes) {
    if (used_ >= most) return add("...");
    const auto code = static_cast<unsigned char>(c);
    if (is_control(code)) {
      add("\\x").add(hex_digit(code / 16U)).add(hex_digit(code % 16U));
    } else {
      add(c);
    }
  }
  return *this;
}

int parse_number(std::string_view digits, int limit) {
  if (digits.empty()) return -1;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
    if (value > limit) return -1;
  }
  return static_cast<int>(value);
}

int parse_duration(std::string_view word) {
  std::size_t digits = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') ++digits;
  const std::string_view unit(word.data() + digits, word.size() - digits);
  int unit_ms = 1000;
  if (unit == "ms") {
    unit_ms = 1;
  } else if (unit == "m") {
    unit_ms = 60'000;
  } else if (!unit.empty() && unit != "s") {
    return -1;
  }
  const int count = parse_number({word.data(), digits}, INT_MAX / unit_ms);
  return count < 0 ? -1 : count * unit_ms;
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::size_t find(std::string_view text, char c) {
  std::size_t place = 0;
  while (place < text.size() && text[place] != c) ++place;
  return place;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return to_upper(x) == to_upper(y); });
}

std::string_view take_until(std::string_view& rest, char end) {
  const std::string_view part(rest.data(), find(rest, end));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

std::string_view behind(std::string_view word, std::string_view prefix) {
  if (!word.starts_with(prefix)) return {};
  word.remove_prefix(prefix.size());
  return word;
}

char* const* find_entry(char* const* entries, std::string_view prefix) {
  while (*entries != nullptr && behind(*entries, prefix).data() == nullptr) ++entries;
  return entries;
}

int find_word(std::string_view list, std::string_view word) {
  for (int place = 0; !list.empty(); ++place) {
    if (same_word(take_until(list, ' '), word)) return place;
  }
  return -1;
}

std::string_view word_at(std::string_view list, int place) {
  for (; place > 0; --place) take_until(list, ' ');
  return take_until(list, ' ');
}

}  // namespace foster
