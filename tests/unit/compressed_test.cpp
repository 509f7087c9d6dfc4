#include "compressed.hpp"

#include <doctest/doctest.h>

#include <string>

#include "written.hpp"

using namespace foster;

namespace {

constexpr std::string_view texts[] = {
    "", "a", "the end of the end", "aaaa", "", "aaaaaaa\n\n\n\naaa", "the same again", "the same again", "",
};

struct Texts {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto text : texts) add_field(out, text);
  }
};
constexpr auto compressed = compress<Texts>();

struct Nothing {
  template <class Out>
  static constexpr void write(Out& /*out*/) {}
};

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";

struct Alphabet {
  template <class Out>
  static constexpr void write(Out& out) {
    add_field(out, alphabet);
  }
};

// Every pair of these letters, often enough to be worth a code: more pairs than there are codes.
constexpr std::string_view letters = "ABCDEFGHIJKLMNO";

struct Pairs {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const char first : letters) {
      for (const char second : letters) {
        const char pair[] = {first, second};
        for (int i = 0; i < 4; ++i) add_field(out, {pair, 2});
      }
    }
  }
};
constexpr auto compressed_pairs = compress<Pairs>();

std::string entry(const char* table, int number) {
  return written([&](Text& text) { add_entry(text, table, number); });
}

int pairs_of(const char* table) { return static_cast<unsigned char>(table[0]); }

}  // namespace

TEST_CASE("each text comes back, an empty one and one that is the same byte again and again as well") {
  int number = 0;
  for (const auto text : texts) CHECK(entry(compressed.data(), number++) == text);
}

TEST_CASE("texts that repeat themselves take less room") {
  CHECK(compressed.size() < pack<Texts>().size());
  CHECK(pairs_of(compressed.data()) > 0);
}

TEST_CASE("texts without a frequent pair take the room of their own and one byte") {
  constexpr auto plain = compress<Alphabet>();
  CHECK(pairs_of(plain.data()) == 0);
  CHECK(plain.size() == 1 + alphabet.size() + 1);
  CHECK(entry(plain.data(), 0) == alphabet);
  CHECK(compress<Nothing>().size() == 1);
}

TEST_CASE("when all codes are used, the rest stays as it is") {
  REQUIRE(letters.size() * letters.size() > most_pairs);
  CHECK(pairs_of(compressed_pairs.data()) == most_pairs);
  int number = 0;
  for (const char first : letters) {
    for (const char second : letters) {
      for (int i = 0; i < 4; ++i) CHECK(entry(compressed_pairs.data(), number++) == std::string{first, second});
    }
  }
}

TEST_CASE("a byte is a code, or stands in texts") {
  int codes = 0;
  for (std::size_t place = 0; place < most_pairs; ++place) {
    CHECK(place_of(code_at(place)) == place);
    if (is_code(code_at(place))) ++codes;
  }
  CHECK(codes == 128 + 32 - 2);
  for (int c = ' '; c < 0x7f; ++c) CHECK_FALSE(is_code(static_cast<char>(c)));
  CHECK_FALSE(is_code('\n'));
  CHECK_FALSE(is_code('\0'));
}

TEST_CASE("an entry is cut where the room ends") {
  char room[8];
  Text text(room);
  add_entry(text, compressed.data(), 2);
  CHECK(text.view() == "the e...");
}
