// Tables of texts that the compiler compresses: of what is printed seldom, and never looked at in place. It is
// byte-pair encoding: again and again the most frequent pair of bytes is replaced by a byte that is not used yet.
//
//   struct Causes {
//     template <class Out>
//     static constexpr void write(Out& out) {
//       for (const auto& row : causes) add_field(out, row.text);
//     }
//   };
//   constexpr auto compressed_causes = compress<Causes>();
//   ...
//   add_entry(text, compressed_causes.data(), 3);  // appends the fourth field
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "packed.hpp"
#include "text.hpp"

namespace foster {

// A byte that stands for a pair: what is neither printable ASCII nor the end of a line or of a field.
constexpr bool is_code(char c) { return static_cast<signed char>(c) < ' ' && c != '\n' && c != '\0'; }

// Its place in the table of pairs, and the byte at that place.
constexpr std::size_t place_of(char code) { return static_cast<std::size_t>(static_cast<signed char>(code) + 128); }
constexpr char code_at(std::size_t place) {
  return static_cast<char>(static_cast<signed char>(static_cast<int>(place) - 128));
}

inline constexpr std::size_t most_pairs = 128 + ' ';

// The texts while they are compressed. Plain loops and plain integers: compilers are slow at this.
template <std::size_t total>
class Compressor {
 public:
  constexpr explicit Compressor(const std::array<char, total>& texts) : texts_(texts) {
    replace(code_at(0), code_at(0), code_at(0));  // not in the texts: it only counts
    for (; pairs_ < most_pairs && most_ > 2; ++pairs_) {
      const char code = code_at(pairs_);
      if (!is_code(code)) continue;  // a gap in the table
      char* const pair = &table_[2 * pairs_];
      pair[0] = first_;
      pair[1] = second_;
      replace(pair[0], pair[1], code);
    }
  }
  [[nodiscard]] constexpr std::size_t size() const { return 1 + 2 * pairs_ + size_; }

  // The number of pairs, the pairs, the texts.
  constexpr void write(char* out) const {
    *out++ = static_cast<char>(static_cast<unsigned char>(pairs_));
    for (std::size_t i = 0; i < 2 * pairs_; ++i) *out++ = table_[i];
    for (std::size_t i = 0; i < size_; ++i) *out++ = texts_[i];
  }

 private:
  // Replaces a pair, and finds the one that is the most frequent afterwards.
  constexpr void replace(char first, char second, char code) {
    unsigned short counts[65536]{};
    char* const text = texts_.data();
    std::size_t kept = 0;
    char before = 0;
    most_ = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      char c = text[i];
      if (c == first && i + 1 < size_ && text[i + 1] == second) {
        c = code;
        ++i;
      }
      text[kept++] = c;
      const int pair = (before & 255) << 8 | (c & 255);
      if (++counts[pair] > most_ && before != 0 && c != 0) {
        most_ = counts[pair];
        first_ = before;
        second_ = c;
      }
      before = c;
    }
    size_ = kept;
  }

  std::array<char, total> texts_;
  std::size_t size_ = total;
  std::array<char, 2 * most_pairs> table_{};
  std::size_t pairs_ = 0;
  unsigned short most_ = 0;
  char first_ = 0;
  char second_ = 0;
};

template <std::size_t size>
constexpr bool has_code(const std::array<char, size>& texts) {
  return std::ranges::any_of(texts, is_code);
}

// What Content::write(out) adds to `out`, which must be fields alone, compressed.
template <class Content>
consteval auto compress() {
  constexpr auto texts = pack<Content>();
  static_assert(!has_code(texts), "printable ASCII and ends of lines only");
  constexpr auto compressor = Compressor(texts);
  std::array<char, compressor.size()> bytes{};
  compressor.write(bytes.data());
  return bytes;
}

// Appends what a byte stands for: itself, or a pair, each half of which may be a code again.
[[gnu::noinline]] inline void expand(Text& text, const char* pairs, char c) {  // NOLINT(misc-no-recursion)
  if (!is_code(c)) {
    text.add(c);
    return;
  }
  const char* const pair = pairs + 2 * place_of(c);
  expand(text, pairs, pair[0]);
  expand(text, pairs, pair[1]);
}

// Appends an entry, counted from 0, of what compress() made.
[[gnu::noinline]] inline void add_entry(Text& text, const char* compressed, int number) {
  const char* const pairs = compressed + 1;
  const char* entry = pairs + std::size_t{2} * static_cast<unsigned char>(*compressed);
  for (; number > 0; --number) entry = behind_field(entry);
  for (; *entry != '\0'; ++entry) expand(text, pairs, *entry);
}

}  // namespace foster
