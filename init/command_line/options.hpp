// argv and environment -> Options, or one usage error. One table gives parsing, help and the variables' names.
#pragma once

#include <cstdint>
#include <string_view>

#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

enum class Mode : std::uint8_t { run, help, version, license };

enum class Subreaper : std::uint8_t { automatic, yes, no };

// Who reaps: the kernel where it can, or the one that is asked for.
enum class Reaper : std::uint8_t { automatic, kernel, init };

struct Options {
  Mode mode = Mode::run;
  Target target = Target::group;
  Subreaper subreaper = Subreaper::automatic;
  Reaper reaper = Reaper::automatic;
  Level verbosity = Level::warning;
  bool report_orphans = false;
  int parent_death_signal = 0;  // 0: none
  char** command = nullptr;     // within argv, ends with a null pointer, like execve(2)
};

// What was wrong, where, and what is allowed; views into argv, the environment and the table.
struct UsageError {
  enum class Kind : std::uint8_t { none, no_command, unknown_option, missing_value, unwanted_value, bad_value };
  Kind kind = Kind::none;
  bool in_environment = false;
  char letter = 0;        // 0: the long name was used
  std::string_view name;  // the long name, as written
  std::string_view value;
  std::string_view allowed;
};

struct Parsed {
  Options options;
  UsageError error;
};

// Options end at the first word that is not one, or after "--". The command line wins over the environment.
// Both end with a null pointer; `arguments` is argv with the program's name, or empty.
void parse_options(char** arguments, char* const* environment, Parsed& parsed);

// Appends the one line that says what was wrong.
void explain(Text& text, const UsageError& error);

// What --help prints.
std::string_view help_text();

}  // namespace foster
