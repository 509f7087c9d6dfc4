#include "command_line/options.hpp"

#include <algorithm>

#include "command_line/personality.hpp"
#include "command_line/table.hpp"
#include "command_line/values.hpp"

namespace foster {

namespace {

using Kind = UsageError::Kind;

// One command line, and what has been understood of it. Each parse_… is false once there is an error.
class Parser {
 public:
  Parser(char** words, Parsed& parsed)
      : first_(words),
        words_(words),
        personality_(parsed.personality),
        options_(parsed.options),
        error_(parsed.error) {}

  bool parse_words();

 private:
  bool parse_long(std::string_view word);
  bool parse_letters(std::string_view letters);
  bool parse_letter(std::string_view& letters);
  bool find_row(OptionRow& row);
  bool set_next(const OptionRow& row);
  bool set(const OptionRow& row, std::string_view value);
  void take_dashes_away();
  bool end();
  bool refuse(Kind kind);

  char** const first_;
  char** words_;  // those that are not read yet
  const Personality& personality_;
  Options& options_;
  UsageError& error_;
};

bool Parser::refuse(Kind kind) {
  error_.kind = kind;
  return false;
}

bool Parser::set(const OptionRow& row, std::string_view value) {
  error_.value = value;
  if (set_option(options_, row.id, value, false)) return true;
  return refuse(Kind::bad_value);
}

OptionRows rows_of(const Personality& personality) {
  return personality.options.empty() ? OptionRows() : OptionRows(personality.options);
}

// Leaves the row of error_.name, or of error_.letter where there is one, in `row`.
bool Parser::find_row(OptionRow& row) {
  int begin_so = 0;
  OptionRow next;
  for (OptionRows rows = rows_of(personality_); !rows.empty();) {
    rows.take(next);
    const bool found = error_.letter != 0 ? find(next.letters, error_.letter) < next.letters.size()
                                          : !error_.name.empty() && next.name.starts_with(error_.name);
    if (!found) continue;
    row = next;
    error_.allowed = row.allowed;
    if (error_.letter != 0 || row.name == error_.name) return true;
    ++begin_so;
  }
  if (personality_.abbreviates && begin_so == 1) return true;
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
  if (row.argument == Argument::alone && (words_ != first_ + 1 || *words_ != nullptr)) {
    return refuse(Kind::unknown_option);
  }
  if (equals == word.size()) return row.argument == Argument::required ? set_next(row) : set(row, "yes");
  if (row.argument == Argument::none || row.argument == Argument::alone) return refuse(Kind::unwanted_value);
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

// --help and its like answer at once, whatever follows.
bool is_answer(Mode mode) { return mode != Mode::run && mode != Mode::pause; }

bool Parser::parse_letters(std::string_view letters) {
  while (!letters.empty() && !is_answer(options_.mode)) {
    if (!parse_letter(letters)) return false;
  }
  return true;
}

bool is_option(std::string_view word) { return word.size() >= 2 && word.front() == '-'; }

bool ends_options(const char* word) { return word[0] == '-' && word[1] == '-' && word[2] == '\0'; }

// getopt(3) of glibc lets options stand behind the command, and takes the "--" away that ends them: "tini COMMAND --
// ARG". Here none does, but such a "--" goes as well.
void Parser::take_dashes_away() {
  char** word = words_;
  while (*word != nullptr && !is_option(*word)) ++word;
  if (*word == nullptr || !ends_options(*word)) return;
  for (; word != words_; --word) *word = word[-1];
  ++words_;
}

bool Parser::end() {
  const bool pauses = options_.mode == Mode::pause;
  const bool has_command = *words_ != nullptr;
  if (pauses && has_command) return refuse(Kind::unwanted_command);
  if (pauses) return true;
  if (!has_command) return refuse(Kind::no_command);
  if (personality_.takes_dashes_away && !ends_options(words_[-1])) take_dashes_away();
  options_.command = words_;
  return true;
}

bool Parser::parse_words() {
  while (*words_ != nullptr) {
    std::string_view word = *words_;
    if (!is_option(word)) break;
    if (ends_options(*words_++)) break;
    word.remove_prefix(1);
    const bool is_long = word.front() == '-';
    if (is_long) word.remove_prefix(1);
    if (!(is_long ? parse_long(word) : parse_letters(word))) return false;
    if (is_answer(options_.mode)) return true;
  }
  return end();
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
bool has_variables(char* const* environment) { return *find_entry(environment, variable_prefix) != nullptr; }

bool parse_environment(char* const* environment, Options& options, UsageError& error) {
  if (!has_variables(environment)) return true;
  for (OptionRows rows; !rows.empty();) {
    OptionRow row;
    rows.take(row);
    const auto value = variable(row, environment);
    if (value.empty() || set_option(options, row.id, value, true)) continue;
    error = {.kind = Kind::bad_value, .in_environment = true, .name = row.name, .value = value, .allowed = row.allowed};
    return false;
  }
  return true;
}

}  // namespace

// Not inlined: the frame of main is the one that stays.
[[gnu::noinline]] void parse_options(char** arguments, char* const* environment, Parsed& parsed) {
  take_personality(*arguments, parsed);
  UsageError bad_variable;
  const bool usable = parse_environment(environment, parsed.options, bad_variable);
  if (*arguments != nullptr) ++arguments;
  if (!Parser(arguments, parsed).parse_words()) return;
  const Mode mode = parsed.options.mode;
  // A bad variable is no reason to keep the help from somebody who asks for it.
  if (!usable && !is_answer(mode)) parsed.error = bad_variable;
  read_own_variables(parsed.personality, environment, parsed.options);
  parsed.options.answers_on_stderr = mode == Mode::help ? parsed.personality.help_on_stderr
                                                        : mode == Mode::version && parsed.personality.version_on_stderr;
}

}  // namespace foster
