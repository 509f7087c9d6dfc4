#include "command_line/options.hpp"

#include "command_line/option_rows.hpp"
#include "command_line/personality.hpp"
#include "command_line/values.hpp"

namespace foster {

namespace {

using Kind = UsageError::Kind;

// One command line, and what has been understood of it. Each parse_… is false once there is an error.
class Parser {
 public:
  Parser(char** words, Parsed& parsed) : first_(words), words_(words), parsed_(parsed) {}

  bool parse_words();

 private:
  bool parse_long(const char* word);
  bool parse_letters(const char* letters);
  bool find_row();
  bool set_next();
  bool set(const char* value);
  void take_dashes_away();
  bool end();
  bool refuse(Kind kind);

  char** const first_;
  char** words_;  // those that are not read yet
  Option row_;    // of the option in hand
  Parsed& parsed_;
};

bool Parser::refuse(Kind kind) {
  parsed_.error.kind = kind;
  parsed_.error.allowed = row_.allowed;
  return false;
}

bool Parser::set(const char* value) {
  parsed_.error.value = value;
  if (set_option(parsed_.options, row_.id, value, false)) return true;
  return refuse(Kind::bad_value);
}

enum class Match : std::uint8_t { none, beginning, whole };

Match match_letter(const Option& row, char letter) {
  for (const char* own = row.letters; *own != '\0'; ++own) {
    if (*own == letter) return Match::whole;
  }
  return Match::none;
}

// How much of the row's name `word` is, up to its end or a "=".
Match match_name(const Option& row, const char* word) {
  const char* rest = row.name;
  for (; *rest != '\0' && *rest == *word; ++rest) ++word;
  if (rest == row.name || (*word != '\0' && *word != '=')) return Match::none;
  return *rest == '\0' ? Match::whole : Match::beginning;
}

// Takes the row of error.name, or of error.letter where there is one.
bool Parser::find_row() {
  const UsageError& error = parsed_.error;
  const Personality& personality = parsed_.personality;
  int begin_so = 0;
  Option found;
  for (Unpacker rows = personality.options.empty() ? own_rows() : personality.options; !rows.empty();) {
    take_row(rows, row_);
    const Match match = error.letter != 0 ? match_letter(row_, error.letter) : match_name(row_, error.name);
    if (match == Match::whole) return true;
    if (match == Match::none) continue;
    found = row_;
    ++begin_so;
  }
  row_ = found;
  if (personality.abbreviates && begin_so == 1) return true;
  return refuse(Kind::unknown_option);
}

// The value is the next word.
bool Parser::set_next() { return *words_ == nullptr ? refuse(Kind::missing_value) : set(*words_++); }

// --name, --name=VALUE, --name VALUE
bool Parser::parse_long(const char* word) {
  parsed_.error.letter = 0;
  parsed_.error.name = word;
  if (!find_row()) return false;
  if (row_.argument == Argument::alone && (words_ != first_ + 1 || *words_ != nullptr)) {
    return refuse(Kind::unknown_option);
  }
  while (*word != '\0' && *word != '=') ++word;
  if (*word == '\0') return row_.argument == Argument::required ? set_next() : set("yes");
  if (row_.argument <= Argument::alone) return refuse(Kind::unwanted_value);
  return set(word + 1);
}

// What a letter stands for by itself; the null pointer where it takes a value.
const char* meaning_of(const Option& row, char letter) {
  if (row.id == OptionId::target) return letter == 'c' ? "child" : "group";
  return row.argument == Argument::required ? nullptr : "yes";
}

// --help and its like answer at once, whatever follows.
bool is_answer(Mode mode) { return mode >= Mode::help; }

// -xyz, -oVALUE, -o VALUE
bool Parser::parse_letters(const char* letters) {
  while (*letters != '\0' && !is_answer(parsed_.options.mode)) {
    const char letter = *letters++;
    parsed_.error.letter = letter;
    if (!find_row()) return false;
    const char* const meaning = meaning_of(row_, letter);
    if (meaning == nullptr) return *letters == '\0' ? set_next() : set(letters);
    (void)set(meaning);  // what a row means by a letter is right for it
  }
  return true;
}

bool is_option(const char* word) { return word[0] == '-' && word[1] != '\0'; }

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
  Options& options = parsed_.options;
  const bool has_command = *words_ != nullptr;
  const bool runs = options.mode == Mode::run;
  if (runs != has_command) return refuse(runs ? Kind::no_command : Kind::unwanted_command);
  if (!runs) return true;
  if (parsed_.personality.takes_dashes_away && !ends_options(words_[-1])) take_dashes_away();
  options.command = words_;
  return true;
}

bool Parser::parse_words() {
  while (*words_ != nullptr && is_option(*words_)) {
    const char* const word = *words_++;
    if (ends_options(word)) break;
    if (!(word[1] == '-' ? parse_long(word + 2) : parse_letters(word + 1))) return false;
    if (is_answer(parsed_.options.mode)) return true;
  }
  return end();
}

// Its value, empty where it is not set: many tools set a variable to nothing when they mean to leave it out.
const char* variable(const Option& row, char* const* environment) {
  for (; *environment != nullptr; ++environment) {
    const char* entry = behind(*environment, variable_prefix);
    if (entry == nullptr) continue;
    const char* name = row.name;
    for (; *name != '\0' && *entry == variable_letter(*name); ++name) ++entry;
    if (*name == '\0' && *entry == '=') return entry + 1;
  }
  return "";
}

// Most containers set none of ours: one look at each variable's first letters is all that they pay.
bool has_variables(char* const* environment) { return *find_entry(environment, variable_prefix) != nullptr; }

bool parse_environment(char* const* environment, Options& options, UsageError& error) {
  if (!has_variables(environment)) return true;
  for (Unpacker rows = own_rows(); !rows.empty();) {
    Option row;
    take_row(rows, row);
    if (!row.has_variable) continue;
    const char* const value = variable(row, environment);
    if (*value == '\0' || set_option(options, row.id, value, true)) continue;
    error.kind = Kind::bad_value;
    error.in_environment = true;
    error.allowed = row.allowed;
    error.name = row.name;
    error.value = value;
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
  // A bad variable is no reason to keep the help from somebody who asks for it, or the processes.
  if (!usable && mode < Mode::ps) parsed.error = bad_variable;
  read_own_variables(parsed.personality, environment, parsed.options);
  parsed.options.answers_on_stderr = mode == Mode::help ? parsed.personality.help_on_stderr
                                                        : mode == Mode::version && parsed.personality.version_on_stderr;
}

}  // namespace foster
