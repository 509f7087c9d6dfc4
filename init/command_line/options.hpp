// argv and environment -> Options, or one usage error. One table gives parsing, help and the variables' names.
#pragma once

#include <cstdint>
#include <string_view>

#include "packed.hpp"
#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

// From help on it is an answer, whatever else stands on the command line.
enum class Mode : std::uint8_t { run, pause, install, ps, help, version, license };

enum class Subreaper : std::uint8_t {
  automatic,
  yes,
  no,
  not_unasked,  // no, and a warning where somebody misses it
};

// Who reaps: the kernel where it can, or the one that is asked for.
enum class Reaper : std::uint8_t { automatic, kernel, init };

// What is for the running init stands in Settings as it was given.
struct Options : Settings {
  Mode mode = Mode::run;
  bool target_by_variable = false;
  Subreaper subreaper = Subreaper::automatic;
  Reaper reaper = Reaper::automatic;
  Level verbosity = Level::warning;
  bool answers_on_stderr = false;          // help and its like
  int failure_status = exit_start_failed;  // of a start that fails before exec
  int parent_death_signal = 0;             // 0: none
  SignalSet rewritten_again{};             // the last of several rewrites counts
  const char* termination_log = nullptr;   // an absolute path; nullptr: none
  const char* install_path = nullptr;      // with Mode::install
  int shown_process = -1;                  // with Mode::ps; -1: all
  int most_zombies = -1;                   // with Mode::ps and all; -1: any number
  char** command = nullptr;                // within argv, ends with a null pointer, like execve(2)
};

// What was wrong, where, and what is allowed; pointers into argv, the environment and the table.
struct UsageError {
  enum class Kind : std::uint8_t {
    none,
    no_command,
    unknown_option,
    missing_value,
    unwanted_value,
    bad_value,
    unwanted_command
  };
  Kind kind = Kind::none;
  bool in_environment = false;
  char letter = 0;           // 0: the long name was used
  std::uint8_t allowed = 0;  // for add_text()
  const char* name = "";     // the long name, as written; it ends at a "="
  const char* value = "";
};

// Bytes alone: they are copied from the table as they are.
struct Manners {
  // For add_text():
  std::uint8_t usage;    // what follows the name in a usage line
  std::uint8_t hint;     // what follows the usage in a refusal
  std::uint8_t version;  // what stands before the number
  bool help_on_stderr;
  bool version_on_stderr;
  bool abbreviates;        // long names, as far as they stay clear
  bool takes_dashes_away;  // the first "--", behind the command, too
};

// What the name that foster was called by makes of a command line.
struct Personality : Manners {
  std::string_view name;
  Unpacker options;    // for take_row(); empty: foster's own
  Unpacker variables;  // for read_own_variables()
};

struct Parsed {
  UsageError error;
  Personality personality;
  Options options;
};

// Options end at the first word that is not one, or after "--". The command line wins over the environment.
// Both end with a null pointer; `arguments` is argv with the program's name, or empty.
void parse_options(char** arguments, char* const* environment, Parsed& parsed);

// Appends the one line that says what was wrong.
void explain(Text& text, const Parsed& parsed);

// Appends "tini [-g] COMMAND": how to use it under this name.
Text& add_usage(Text& text, const Personality& personality);

// Appends what --help prints behind the usage.
void add_help(Text& text, const Personality& personality);

// Appends the licence.
void add_license(Text& text);

// Appends what stands before the number in the line of --version.
void add_version(Text& text, const Personality& personality);

}  // namespace foster
