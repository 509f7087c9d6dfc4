#include "text.hpp"

#include <algorithm>
#include <climits>

namespace foster {

namespace {

constexpr bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

char hex_digit(unsigned value) { return static_cast<char>(value < 10 ? '0' + value : 'a' + (value - 10)); }

// The first word of a list, which is taken off it.
std::string_view take_word(const char*& list) {
  const char* const word = list;
  while (*list != '\0' && *list != ' ') ++list;
  const auto length = static_cast<std::size_t>(list - word);
  if (*list != '\0') ++list;
  return {word, length};
}

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

Text& Text::quoted(const char* bytes) { return quoted(std::string_view(bytes)); }

Text& Text::number(std::int64_t value) {
  if (value < 0) {
    add('-');
  } else {
    value = -value;  // counted on the negative side: the smallest number has no positive twin
  }
  std::int64_t unit = 1;
  while (value / unit <= -10) unit *= 10;
  for (; unit != 0; unit /= 10) add(static_cast<char>('0' - value / unit % 10));
  return *this;
}

Text& Text::escaped(std::string_view bytes) {
  const std::size_t most = used_ + quoted_bytes;
  for (const char c : bytes) {
    if (used_ >= most) return add("...");
    const auto code = static_cast<unsigned char>(c);
    if (is_control(code)) {
      add("\\x").add(static_cast<char>('0' + code / 16)).add(hex_digit(code % 16U));
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
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
    if (value > limit) return -1;
  }
  return static_cast<int>(value);
}

int parse_duration(const char* word) {
  const char* unit = word;
  while (is_digit(*unit)) ++unit;
  const std::string_view digits(word, static_cast<std::size_t>(unit - word));
  int unit_ms = 1000;
  if (*unit == 's') {
    ++unit;
  } else if (*unit == 'm') {
    const bool milli = *++unit == 's';
    unit_ms = milli ? 1 : 60'000;
    if (milli) ++unit;
  }
  const int count = *unit == '\0' ? parse_number(digits, INT_MAX / unit_ms) : -1;
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

const char* behind(const char* word, const char* prefix) {
  for (; *prefix != '\0'; ++prefix, ++word) {
    if (*word != *prefix) return nullptr;
  }
  return word;
}

bool same_bytes(const char* a, const char* b) {
  const char* const rest = behind(a, b);
  return rest != nullptr && *rest == '\0';
}

char* const* find_entry(char* const* entries, const char* prefix) {
  while (*entries != nullptr && behind(*entries, prefix) == nullptr) ++entries;
  return entries;
}

int find_word(const char* list, std::string_view word) {
  for (int place = 0; *list != '\0'; ++place) {
    if (same_word(take_word(list), word)) return place;
  }
  return -1;
}

std::string_view word_at(const char* list, int place) {
  for (; place > 0; --place) take_word(list);
  return take_word(list);
}

}  // namespace foster
