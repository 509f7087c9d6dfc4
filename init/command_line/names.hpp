// The names that foster may be called by, a row each, and what each of them makes of a command line.
#pragma once

#include <span>
#include <string_view>

#include "command_line/options.hpp"
#include "command_line/table.hpp"

namespace foster {

// An environment variable of the other program's own.
struct Variable {
  std::string_view name;
  std::string_view needed;  // counts with this value only; empty: with any
  OptionId id;
  std::string_view means;  // the option's value; empty: the variable's own
};

struct NameRow {
  std::string_view names;
  Mode mode = Mode::run;
  Target target = Target::child;
  bool session = false;
  bool terminate_rest = false;
  bool explains_end = false;
  Subreaper subreaper = Subreaper::automatic;
  int failure_status = 1;
  bool help_on_stderr = false;
  bool version_on_stderr = false;
  bool abbreviates = false;
  bool takes_dashes_away = false;
  std::string_view version;  // what stands before the number
  std::string_view usage;
  std::string_view hint{};
  std::span<const OptionRow> options{};
  std::span<const Variable> variables{};
};

constexpr OptionRow option(OptionId id, std::string_view letters, std::string_view name = {}) {
  return {.id = id, .argument = Argument::none, .letters = letters, .name = name};
}

constexpr OptionRow with_value(OptionId id, std::string_view letters, std::string_view name, std::string_view allowed) {
  return {.id = id, .argument = Argument::required, .letters = letters, .name = name, .allowed = allowed};
}

inline constexpr OptionRow tini_options[] = {
    {.id = OptionId::version, .argument = Argument::alone, .name = "version"},
    option(OptionId::help, "h"),
    option(OptionId::subreaper, "s"),
    with_value(OptionId::parent_death_signal_in_full, "p", "", "a signal such as SIGTERM, by its full name"),
    option(OptionId::verbose, "v"),
    option(OptionId::report_orphans, "w"),
    option(OptionId::target, "g"),
    with_value(OptionId::exit_code_to_zero, "e", "", "0 to 255"),
    option(OptionId::license, "l"),
};

inline constexpr Variable tini_variables[] = {
    {"TINI_SUBREAPER=", "", OptionId::subreaper, "yes"},
    {"TINI_KILL_PROCESS_GROUP=", "", OptionId::target, "group"},
    {"TINI_VERBOSITY=", "", OptionId::verbosity, ""},
};

inline constexpr OptionRow dumb_init_options[] = {
    option(OptionId::single_child, "c", "single-child"),
    with_value(OptionId::rewrite_by_number, "r", "rewrite", "A:B, A from 1 to 31, B from 0 (drop it) to 31"),
    option(OptionId::debug, "v", "verbose"),
    option(OptionId::help, "h", "help"),
    option(OptionId::version, "V", "version"),
};

inline constexpr Variable dumb_init_variables[] = {
    {"DUMB_INIT_DEBUG=", "1", OptionId::debug, "yes"},
    {"DUMB_INIT_SETSID=", "0", OptionId::single_child, "yes"},
};

inline constexpr OptionRow catatonit_options[] = {
    option(OptionId::target, "g"),
    option(OptionId::help, "h"),
    option(OptionId::license, "L"),
    option(OptionId::pause, "P"),
    option(OptionId::version, "V", "version"),
};

inline constexpr Variable catatonit_variables[] = {
    {"CATATONIT_DEBUG=", "", OptionId::debug, "yes"},
};

inline constexpr OptionRow pause_options[] = {
    option(OptionId::version, "vV"),
    option(OptionId::pause, "P"),
};

inline constexpr NameRow name_rows[] = {
    {.names = "tini tini-static docker-init",
     .subreaper = Subreaper::not_unasked,
     .takes_dashes_away = true,
     .version = "tini version ",
     .usage = "[-ghlsvw] [-e CODE] [-p SIGNAL] [--version] [--] COMMAND [ARG]...",
     .options = tini_options,
     .variables = tini_variables},
    {.names = "dumb-init",
     .target = Target::group,
     .session = true,
     .terminate_rest = true,
     .subreaper = Subreaper::no,
     .help_on_stderr = true,
     .version_on_stderr = true,
     .abbreviates = true,
     .version = "dumb-init v",
     .usage = "[-chvV] [-r A:B] [--] COMMAND [ARG]...",
     .options = dumb_init_options,
     .variables = dumb_init_variables},
    {.names = "catatonit podman-init",
     .help_on_stderr = true,
     .abbreviates = true,
     .takes_dashes_away = true,
     .version = "tini version ",  // as catatonit has it, for dockerd
     .usage = "[-ghLPV] [--] COMMAND [ARG]...",
     .options = catatonit_options,
     .variables = catatonit_variables},
    {.names = "pause", .mode = Mode::pause, .version = "pause ", .usage = "[-PvV]", .options = pause_options},
    // The last one: it holds under every other name, and its options are those of table.hpp.
    {.names = "foster",
     .target = Target::group,
     .terminate_rest = true,
     .explains_end = true,
     .failure_status = exit_start_failed,
     .version = "tini version ",  // for dockerd --init-path=.../foster
     .usage = "[OPTION]... [--] COMMAND [ARG]...",
     .hint = " (see foster --help)"},
};

}  // namespace foster
