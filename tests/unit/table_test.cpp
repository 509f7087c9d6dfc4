#include "command_line/table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "command_line/option_rows.hpp"
#include "written.hpp"

using namespace foster;

TEST_CASE("the program goes over the same rows as --help, in the same order") {
  Unpacker rows = own_rows();
  for (const auto& expected : option_rows) {
    REQUIRE_FALSE(rows.empty());
    Option row;
    take_row(rows, row);
    CHECK(row.id == expected.id);
    CHECK(row.argument == expected.argument);
    CHECK(row.has_variable == expected.has_variable);
    CHECK(row.letters == expected.letters);
    CHECK(row.name == expected.name);
    CHECK(written([&](Text& text) { add_text(text, row.allowed); }) == expected.allowed);
  }
  CHECK(rows.empty());
}

TEST_CASE("no two options share an identity, a name or a letter") {
  std::set<OptionId> ids;
  std::set<std::string_view> names;
  std::set<char> letters;
  for (const auto& row : option_rows) {
    CAPTURE(std::string(row.name));
    CHECK(ids.insert(row.id).second);
    CHECK(names.insert(row.name).second);
    for (const char letter : row.letters) CHECK(letters.insert(letter).second);
  }
}

TEST_CASE("an option that can have a bad value says which ones are allowed") {
  for (const auto& row : option_rows) {
    CAPTURE(std::string(row.name));
    const bool has_value = row.has_variable || row.argument != Argument::none;
    CHECK(row.allowed.empty() == !has_value);
    CHECK(row.value.empty() == (row.argument == Argument::none));
  }
}

TEST_CASE("a variable's name is the option's in capitals, with _ for -") {
  const std::string_view option = "az-AZ09";
  const std::string_view variable = "AZ_AZ09";
  for (std::size_t i = 0; i < option.size(); ++i) CHECK(variable_letter(option[i]) == variable[i]);
}
