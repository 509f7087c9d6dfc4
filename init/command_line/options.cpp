#include "command_line/options.hpp"

#include <algorithm>

#include "command_line/table.hpp"
#include "command_line/values.hpp"

namespace foster {

namespace {

using Kind = UsageError::Kind;

// One command line, and what has been understood of it. Each parse_… is false once there is an error.
class Parser {
 public:
  Parser(char** words, Parsed& parsed) : words_(words), options_(parsed.options), error_(parsed.error) {}

  bool parse_words();

 private:
  bool parse_long(std::string_view word);
  bool parse_letters(std::string_view letters);
  bool parse_letter(std::string_view& letters);
  bool find_row(OptionRow& row);
  bool set_next(const OptionRow& row);
  bool set(const OptionRow& row, std::string_view value);
  bool refuse(Kind kind);

  char** words_;  // those that are not read yet
  Options& options_;
  UsageError& error_;
};

bool Parser::refuse(Kind kind) {
  error_.kind = kind;
  return false;
}

bool Parser::set(const OptionRow& row, std::string_view value) {
  error_.value = value;
  if (set_option(options_, row.id, value)) return true;
  return refuse(Kind::bad_value);
}

// Leaves the row of error_.name, or of error_.letter where there is one, in `row`.
bool Parser::find_row(OptionRow& row) {
  for (OptionRows rows; !rows.empty();) {
    rows.take(row);
    error_.allowed = row.allowed;
    const bool found =
        error_.letter == 0 ? row.name == error_.name : find(row.letters, error_.letter) < row.letters.size();
    if (found) return true;
  }
  return refuse(Kind::unknown_option);
}

// The value is the next word.
bool Parser::set_next(const OptionRow& row) {
  return *words_ == nullptr ? refuse(Kind::missing_value) : set(row, *words_++);
}

// --name, --name=VALUE, --name VALUE
bool Parser::parse_long(std::string_view word) {
  const auto equals = find(word, '=');
  error_.letter = 0;
  error_.name = {word.data(), equals};
  OptionRow row;
  if (!find_row(row)) return false;
  if (equals == word.size()) return row.argument == Argument::required ? set_next(row) : set(row, "yes");
  if (row.argument == Argument::none) return refuse(Kind::unwanted_value);
  word.remove_prefix(equals + 1);
  return set(row, word);
}

// What a letter stands for by itself; empty where it takes a value.
std::string_view meaning_of(const OptionRow& row, char letter) {
  if (row.id == OptionId::target) return letter == 'c' ? "child" : "group";
  return row.argument == Argument::required ? "" : "yes";
}

// The first of a cluster: -x, -oVALUE, -o VALUE
bool Parser::parse_letter(std::string_view& letters) {
  error_.letter = letters.front();
  letters.remove_prefix(1);
  OptionRow row;
  if (!find_row(row)) return false;
  std::string_view value = meaning_of(row, error_.letter);
  if (value.empty()) std::swap(value, letters);
  return value.empty() ? set_next(row) : set(row, value);
}

bool Parser::parse_letters(std::string_view letters) {
  while (!letters.empty() && options_.mode == Mode::run) {
    if (!parse_letter(letters)) return false;
  }
  return true;
}

bool Parser::parse_words() {
  while (*words_ != nullptr) {
    std::string_view word = *words_;
    if (word.size() < 2 || word.front() != '-') break;
    ++words_;
    if (word == "--") break;
    word.remove_prefix(1);
    const bool is_long = word.front() == '-';
    if (is_long) word.remove_prefix(1);
    if (!(is_long ? parse_long(word) : parse_letters(word))) return false;
    // --help and its like answer at once, whatever follows.
    if (options_.mode != Mode::run) return true;
  }
  options_.command = words_;
  if (*words_ != nullptr) return true;
  return refuse(Kind::no_command);
}

// What follows `prefix` in `word`; no data where it does not begin with it.
std::string_view behind(std::string_view word, std::string_view prefix) {
  if (!word.starts_with(prefix)) return {};
  word.remove_prefix(prefix.size());
  return word;
}

bool is_variable_of(std::string_view name, const OptionRow& row) {
  return row.has_variable && std::equal(name.begin(), name.end(), row.name.begin(), row.name.end(),
                                        [](char a, char b) { return a == variable_letter(b); });
}

// Its value, empty where it is not set: many tools set a variable to nothing when they mean to leave it out.
std::string_view variable(const OptionRow& row, char* const* environment) {
  for (; *environment != nullptr; ++environment) {
    std::string_view entry = behind(*environment, variable_prefix);
    const auto equals = find(entry, '=');
    if (!is_variable_of({entry.data(), equals}, row)) continue;
    entry.remove_prefix(std::min(equals + 1, entry.size()));
    return entry;
  }
  return {};
}

// Most containers set none of ours: one look at each variable's first letters is all that they pay.
bool has_variables(char* const* environment) {
  while (*environment != nullptr && behind(*environment, variable_prefix).empty()) ++environment;
  return *environment != nullptr;
}

bool parse_environment(char* const* environment, Parsed& parsed) {
  if (!has_variables(environment)) return true;
  for (OptionRows rows; !rows.empty();) {
    OptionRow row;
    rows.take(row);
    const auto value = variable(row, environment);
    if (value.empty() || set_option(parsed.options, row.id, value)) continue;
    parsed.error = {
        .kind = Kind::bad_value, .in_environment = true, .name = row.name, .value = value, .allowed = row.allowed};
    return false;
  }
  return true;
}

}  // namespace

// Not inlined: the frame of main is the one that stays.
[[gnu::noinline]] void parse_options(char** arguments, char* const* environment, Parsed& parsed) {
  Parsed from_environment;
  const bool usable = parse_environment(environment, from_environment);
  parsed.options = from_environment.options;
  if (*arguments != nullptr) ++arguments;
  // A bad variable is no reason to keep the help from somebody who asks for it.
  if (!Parser(arguments, parsed).parse_words() || usable || parsed.options.mode != Mode::run) return;
  parsed.error = from_environment.error;
}

}  // namespace foster
