// What the command line prints and never looks at, by number: one table, which the compiler compresses in texts.cpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "command_line/names.hpp"
#include "command_line/table.hpp"
#include "text.hpp"

namespace foster {

using TextNumber = std::uint8_t;

// The first ones are what explain() says, in the order of UsageError::Kind.
inline constexpr std::string_view refusals[] = {
    "",
    "no command given; usage: %u",
    "unknown %o; usage: %u",
    "%o needs a value; allowed: %a",
    "%o takes no value",
    "%o: %v is not allowed; allowed: %a",
    "no command is taken here; usage: %u",
};

// Then come these.
enum class Answer : TextNumber { help = std::size(refusals), help_of_others, license, end };

// And then those of the rows.
template <class Visit>
constexpr void for_each_row_text(Visit visit) {
  for (const auto& row : option_rows) visit(row.allowed);
  for (const auto& row : name_rows) {
    for (const auto text : {row.usage, row.hint, row.version}) visit(text);
    for (const auto& option : row.options) visit(option.allowed);
  }
}

constexpr TextNumber number_of(std::string_view text) {
  int next = static_cast<int>(Answer::end);
  int found = 0;
  for_each_row_text([&](std::string_view other) {
    if (found == 0 && other == text) found = next;
    ++next;
  });
  return static_cast<TextNumber>(found);
}

Text& add_text(Text& text, TextNumber number);

}  // namespace foster
