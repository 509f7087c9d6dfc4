#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "command_line/license_text.hpp"
#include "command_line/options.hpp"
#include "command_line/table.hpp"
#include "written.hpp"

using namespace foster;

namespace {

std::string whole_help() {
  char name[] = "foster";
  char option[] = "--help";
  char* words[] = {name, option, nullptr};
  char* no_variable = nullptr;
  Parsed parsed;
  parse_options(words, &no_variable, parsed);
  return written([&](Text& text) {
    add_usage(text.add("Usage: "), parsed.personality).add('\n');
    add_help(text, parsed.personality);
  });
}

const std::string help = whole_help();

std::vector<std::string> lines() {
  std::vector<std::string> all;
  std::istringstream text(help);
  for (std::string line; std::getline(text, line);) all.push_back(line);
  return all;
}

// The line of an option: the one with its long name in it.
std::string line_of(const OptionRow& row) {
  const std::string name = " --" + std::string(row.name);
  for (const auto& line : lines()) {
    const auto place = line.find(name);
    if (place != std::string::npos && line.find_first_of(" =[", place + 1) == place + name.size()) return line;
  }
  return "";
}

}  // namespace

TEST_CASE("--help begins with the usage and ends with a whole line") {
  CHECK(help.starts_with("Usage: foster [OPTION]... [--] COMMAND [ARG]...\n"));
  CHECK(help.ends_with(".\n"));
}

TEST_CASE("--help fits a terminal of 80 columns, without tabs or blanks at a line's end") {
  for (const auto& line : lines()) {
    CAPTURE(line);
    CHECK(line.size() <= 80);
    CHECK(line.find('\t') == std::string::npos);
    CHECK_FALSE(line.ends_with(' '));
  }
}

TEST_CASE("--help shows each option with its letters, name and value, the words in one column") {
  for (const auto& row : option_rows) {
    if (row.text.empty()) continue;  // the next test is about these
    const std::string line = line_of(row);
    CAPTURE(line);
    std::string letters;
    for (const char letter : row.letters) letters += (letters.empty() ? "  -" : ", -") + std::string(1, letter);
    letters.resize(10, ' ');
    std::string value(row.value);
    if (row.argument != Argument::none) value = "=" + value;
    if (row.argument == Argument::optional) value = "[" + value + "]";
    std::string option = letters + "--" + std::string(row.name) + value;
    CHECK(option.size() < 37);
    option.resize(37, ' ');
    CHECK(line == option + std::string(row.text));
  }
}

TEST_CASE("--help is silent about what is for debugging") {
  std::string silent;
  for (const auto& row : option_rows) {
    if (!row.text.empty()) continue;
    silent += row.name;
    CHECK(line_of(row).empty());
  }
  CHECK(silent == "reap");
  CHECK(help.find("--reap") == std::string::npos);
}

TEST_CASE("--help names the variables and each exit code of foster's own") {
  for (const auto* const words : {"FOSTER_TARGET=child", "128+n", "125", "126", "127"}) {
    CHECK(help.find(words) != std::string::npos);
  }
}

TEST_CASE("--license shows the whole licence") { CHECK(written(add_license) == license_text); }
