#include "text.hpp"

#include <doctest/doctest.h>

#include <climits>

#include "written.hpp"

using namespace foster;

namespace {

std::string escaped(const std::string& bytes) {
  return written([&](Text& text) { text.escaped(bytes); });
}

std::string quoted(const std::string& bytes) {
  return written([&](Text& text) { text.quoted(bytes); });
}

}  // namespace

TEST_CASE("a text holds what was added, in order") {
  CHECK(written([](Text&) {}).empty());
  CHECK(written([](Text& text) { text.add("").add("a b").add('c').number(-7).add(""); }) == "a bc-7");
}

TEST_CASE("a text that is cleared starts anew") {
  CHECK(written([](Text& text) {
          text.add("before").clear();
          text.add("after");
        }) == "after");
}

TEST_CASE("what does not fit is cut, and the end says so") {
  const struct {
    std::size_t room;
    std::string added;
    std::string left;
  } cases[] = {
      {6, "abcdef", "abcdef"},
      {6, "abcdefg", "abc..."},
      {6, "abcdefghijklm", "abc..."},
      {4, "abcdef", "a..."},
      {3, "abcdef", "..."},
      {2, "abc", ".."},
      {1, "a", "a"},
      {1, "ab", "."},
      {0, "a", ""},
      {0, "", ""},
  };
  for (const auto& each : cases) {
    CAPTURE(each.room);
    CAPTURE(each.added);
    CHECK(written([&](Text& text) { text.add(each.added); }, each.room) == each.left);
  }
}

TEST_CASE("a text that was cut stays so, whatever is added in which way") {
  CHECK(written([](Text& text) { text.add("abcdef").add("ghi").add('j').number(12).quoted("kl"); }, 6) == "abc...");
  CHECK(written([](Text& text) { text.number(123456); }, 5) == "12...");
  CHECK(written([](Text& text) { text.quoted("\n"); }, 5) == "'\\...");
}

TEST_CASE("a byte beyond the room is never touched") {
  std::string bytes(8, '?');
  Text text({bytes.data(), 4});
  text.add("abcdefgh").number(LLONG_MIN).quoted("x");
  CHECK(bytes == "a...????");
}

TEST_CASE("numbers are written in decimal up to both limits") {
  const struct {
    std::int64_t value;
    std::string digits;
  } cases[] = {
      {0, "0"},
      {7, "7"},
      {-1, "-1"},
      {10, "10"},
      {-109, "-109"},
      {INT_MIN, "-2147483648"},
      {INT64_MAX, "9223372036854775807"},
      {INT64_MIN, "-9223372036854775808"},
  };
  for (const auto& [value, digits] : cases) {
    CHECK(written([value = value](Text& text) { text.number(value); }) == digits);
  }
}

TEST_CASE("bytes from outside cannot make a line of their own, nor talk to a terminal") {
  CHECK(escaped("").empty());
  CHECK(escaped("plain ~ 'text' \\ \xc3\xa9") == "plain ~ 'text' \\ \xc3\xa9");
  CHECK(escaped("a\nb\rc\td") == "a\\x0ab\\x0dc\\x09d");
  CHECK(escaped("\x1b[2J") == "\\x1b[2J");
  CHECK(escaped(std::string("\0\x01\x1f \x7f", 5)) == "\\x00\\x01\\x1f \\x7f");
  CHECK(quoted("") == "''");
  CHECK(quoted("a\nb") == "'a\\x0ab'");
}

TEST_CASE("of a long text from outside so much is shown that what follows still fits") {
  const std::string most(Text::quoted_bytes, 'a');
  CHECK(escaped(most) == most);
  CHECK(escaped(most + "b") == most + "...");
  CHECK(quoted(most + std::string(100'000, 'b')) == "'" + most + "...'");
  std::string controls;
  for (std::size_t i = 0; i < Text::quoted_bytes / 4; ++i) controls += "\\x01";
  CHECK(escaped(std::string(100'000, '\x01')) == controls + "...");
  CHECK(written([&](Text& text) { text.add("before ").escaped(most); }) == "before " + most);
}

TEST_CASE("a pattern's %x is what the caller puts there") {
  const auto fill = [](const char* pattern) {
    return written(
        [&](Text& text) { text.fill(pattern, [](Text& out, char what) { out.add('<').add(what).add('>'); }); });
  };
  CHECK(fill("").empty());
  CHECK(fill("no place") == "no place");
  CHECK(fill("%a, %b%%c") == "<a>, <b><%>c");
}

TEST_CASE("a number is digits alone, up to a limit") {
  const struct {
    std::string_view digits;
    int limit;
    int value;
  } cases[] = {
      {"0", 0, 0},
      {"1", 0, -1},
      {"64", 64, 64},
      {"65", 64, -1},
      {"007", 64, 7},
      {"2147483647", INT_MAX, INT_MAX},
      {"2147483648", INT_MAX, -1},
      {"18446744073709551616", INT_MAX, -1},
      {"99999999999999999999999999999999", 64, -1},
      {"", 64, -1},
      {"-1", 64, -1},
      {"+1", 64, -1},
      {" 1", 64, -1},
      {"1 ", 64, -1},
      {"1a", 64, -1},
      {"a", 64, -1},
      {"/", 64, -1},
      {":", 64, -1},
      {"1.5", 64, -1},
      {"0x1", 64, -1},
  };
  for (const auto& each : cases) {
    CAPTURE(std::string(each.digits));
    CHECK(parse_number(each.digits, each.limit) == each.value);
  }
}

TEST_CASE("a time is digits and a unit, in seconds without one, and in milliseconds then") {
  const struct {
    const char* word;
    int ms;
  } cases[] = {
      {"0", 0},
      {"0ms", 0},
      {"1", 1000},
      {"10", 10'000},
      {"10s", 10'000},
      {"500ms", 500},
      {"2m", 120'000},
      {"007s", 7000},
      // The longest that an int of milliseconds holds, and the next one.
      {"2147483647ms", INT_MAX},
      {"2147483648ms", -1},
      {"2147483s", 2'147'483'000},
      {"2147484s", -1},
      {"2147484", -1},
      {"35791m", 2'147'460'000},
      {"35792m", -1},
      {"4294967297ms", -1},
      {"18446744073709551617", -1},
      {"", -1},
      {"s", -1},
      {"ms", -1},
      {"-1", -1},
      {"-1s", -1},
      {"+1s", -1},
      {"1h", -1},
      {"1d", -1},
      {"1us", -1},
      {"1S", -1},
      {"1M", -1},
      {"1MS", -1},
      {"1mss", -1},
      {"1sm", -1},
      {"1 s", -1},
      {" 1s", -1},
      {"1s ", -1},
      {"1.5s", -1},
      {"1m30s", -1},
      {"0x1s", -1},
      {":s", -1},
      {"/", -1},
      {"yes", -1},
  };
  for (const auto& each : cases) {
    CAPTURE(std::string(each.word));
    CHECK(parse_duration(each.word) == each.ms);
  }
}

TEST_CASE("what follows a prefix is what is behind it, and there is none where it is no prefix") {
  CHECK(std::string(behind("FOSTER_WAIT=1", "FOSTER_")) == "WAIT=1");
  CHECK(std::string(behind("ab", "ab")).empty());
  CHECK(std::string(behind("ab", "")) == "ab");
  CHECK(behind("ab", "abc") == nullptr);
  CHECK(behind("ab", "b") == nullptr);
  CHECK(behind("", "a") == nullptr);
}

TEST_CASE("the first entry with a prefix is found, or the end") {
  char other[] = "A=1";
  char first[] = "B=2";
  char second[] = "B=3";
  char* const entries[] = {other, first, second, nullptr};
  CHECK(find_entry(entries, "B=") == entries + 1);
  CHECK(find_entry(entries, "") == entries);
  CHECK(find_entry(entries, "C=") == entries + 3);
  CHECK(*find_entry(entries + 3, "A=") == nullptr);
}

TEST_CASE("the case of ASCII letters, and nothing else, does not matter") {
  CHECK(same_word("", ""));
  CHECK(same_word("Term", "tERM"));
  CHECK(same_word("az-AZ", "AZ-az"));
  CHECK_FALSE(same_word("term", "terms"));
  CHECK_FALSE(same_word("terms", "term"));
  CHECK_FALSE(same_word("", "a"));
  CHECK_FALSE(same_word("@[`{", "`{@["));          // the neighbours of A, Z, a and z
  CHECK_FALSE(same_word("\xc3\xa9", "\xc3\x89"));  // é and É
}

TEST_CASE("upper case is that of ASCII") {
  const std::string_view from = "az`{AZ@[09-\xe9";
  const std::string_view to = "AZ`{AZ@[09-\xe9";
  for (std::size_t i = 0; i < from.size(); ++i) CHECK(to_upper(from[i]) == to[i]);
}

TEST_CASE("a character is found where it stands first, or the end") {
  CHECK(find("a=b=c", '=') == 1);
  CHECK(find("=", '=') == 0);
  CHECK(find("abc", '=') == 3);
  CHECK(find("", '=') == 0);
}

TEST_CASE("a word is found in a list only as a whole") {
  constexpr char list[] = "no false off 0";
  const struct {
    std::string_view word;
    int place;
  } cases[] = {
      {"no", 0},    {"false", 1}, {"OFF", 2}, {"0", 3},  {"n", -1},   {"nof", -1},
      {"alse", -1}, {"of", -1},   {"", -1},   {" ", -1}, {"no ", -1}, {"no false", -1},
  };
  for (const auto& each : cases) {
    CAPTURE(std::string(each.word));
    CHECK(find_word(list, each.word) == each.place);
  }
  CHECK(find_word("", "no") == -1);
  CHECK(find_word("", "") == -1);
}

TEST_CASE("each word of a list has its place, and behind the last there is none") {
  CHECK(word_at("a bc d", 0) == "a");
  CHECK(word_at("a bc d", 1) == "bc");
  CHECK(word_at("a bc d", 2) == "d");
  CHECK(word_at("a bc d", 3).empty());
  CHECK(word_at("a bc d", 9).empty());
  CHECK(word_at("", 0).empty());
}
