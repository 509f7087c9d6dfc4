// Bounded text in a caller's buffer: what replaces stdio in a program that must not allocate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace foster {

// Appends to a buffer that belongs to the caller. What does not fit is cut, and the end then reads "...".
class Text {
 public:
  explicit Text(std::span<char> room) : room_(room) {}

  Text& add(std::string_view part);
  Text& add(const char* part);  // of its own, so that no caller has to count
  Text& add(char c);
  Text& number(std::int64_t value);
  // Bytes from outside, in single quotes or bare: control characters as \xNN. It is cut when `quoted_bytes` are
  // written, so that what follows still fits and one message stays one line.
  Text& quoted(std::string_view bytes) { return add('\'').escaped(bytes).add('\''); }
  Text& quoted(const char* bytes);  // as of add()
  Text& escaped(std::string_view bytes);
  // Appends `pattern`; for each %x in it, `put(*this, 'x')` is called instead.
  template <class Put>
  Text& fill(const char* pattern, Put put) {  // NOLINT(misc-no-recursion): as deep as patterns in patterns
    for (; *pattern != '\0'; ++pattern) {
      if (*pattern == '%') {
        put(*this, *++pattern);
      } else {
        add(*pattern);
      }
    }
    return *this;
  }

  void clear() { used_ = 0; }
  [[nodiscard]] std::string_view view() const { return {room_.data(), used_}; }

  static constexpr std::size_t quoted_bytes = 256;

 private:
  std::span<char> room_;
  std::size_t used_ = 0;
};

// A decimal number of digits alone, 0 to `limit`; -1 for any other text.
int parse_number(std::string_view digits, int limit);

// "500ms", "10s", "2m", or seconds without a unit, as milliseconds; -1 for any other text, or for 25 days and more.
int parse_duration(const char* word);

// True if both are the same.
bool same_bytes(const char* a, const char* b);

// True if both are the same but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

char to_upper(char c);

// The place of the first `c`, or the end.
std::size_t find(std::string_view text, char c);

// What stands before the first `end`, or all; it is taken off `rest`, and the `end` with it.
std::string_view take_until(std::string_view& rest, char end);

// What follows `prefix` in `word`; the null pointer where it does not begin with it.
const char* behind(const char* word, const char* prefix);

// Where the first text that begins with `prefix` stands in an array like argv, or the null pointer at its end.
char* const* find_entry(char* const* entries, const char* prefix);

// The place of `word` in a list of words with one space between them, in any case; -1 if it is not there.
int find_word(const char* list, std::string_view word);

// The word at that place; empty behind the last.
std::string_view word_at(const char* list, int place);

}  // namespace foster
