// The options, a row each.
#pragma once

#include <cstdint>
#include <string_view>

#include "packed.hpp"
#include "text.hpp"

namespace foster {

inline constexpr char variable_prefix[] = "FOSTER_";

// A variable's name without its prefix, letter by letter: report-orphans is REPORT_ORPHANS.
inline char variable_letter(char c) { return c == '-' ? '_' : to_upper(c); }

enum class OptionId : std::uint8_t {
  target,
  parent_death_signal,
  subreaper,
  report_orphans,
  reap,
  verbose,
  quiet,
  help,
  version,
  license,
};

enum class Argument : std::uint8_t { none, required, optional };

struct OptionRow {
  OptionId id;
  Argument argument;
  bool has_variable;  // takes part in running a command, so it can be set with FOSTER_...
  std::string_view letters;
  std::string_view name;
  std::string_view value;    // for --help alone
  std::string_view allowed;  // for error messages
  std::string_view text;     // for --help alone; what has none is for debugging, and only in the man page
};

// Where two rows set the same thing, the later one wins among variables, as the later word does on the command line.
// For the compiler: the program has what it makes of them, in help.cpp and in table.cpp.
inline constexpr OptionRow option_rows[] = {
    {OptionId::target, Argument::required, true, "cg", "target", "child|group", "child, group",
     "where signals go (default: group)"},
    {OptionId::parent_death_signal, Argument::required, true, "p", "parent-death-signal", "SIG",
     "a signal such as TERM, 15 or RTMIN+3, but not KILL, STOP or CHLD", "get SIG and hand it on when the parent dies"},
    {OptionId::subreaper, Argument::optional, true, "s", "subreaper", "auto|yes|no", "auto, yes, no",
     "adopt orphans when not PID 1 (default auto)"},
    {OptionId::report_orphans, Argument::none, true, "w", "report-orphans", "", "yes, no",
     "one line for each orphan reaped"},
    {OptionId::reap, Argument::required, true, "", "reap", "auto|kernel|init", "auto, kernel, init", ""},
    {OptionId::verbose, Argument::none, true, "v", "verbose", "", "yes, no, or 0 to 3", "say more; twice: each signal"},
    {OptionId::quiet, Argument::none, true, "q", "quiet", "", "yes, no", "errors only"},
    {OptionId::help, Argument::none, false, "h", "help", "", "", "show this text"},
    {OptionId::version, Argument::none, false, "V", "version", "", "", "show the version"},
    {OptionId::license, Argument::none, false, "l", "license", "", "", "show the licence"},
};

// Goes over the rows at run time, without what only --help shows.
class OptionRows {
 public:
  OptionRows();
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  void take(OptionRow& row);

 private:
  Unpacker entries_;
};

}  // namespace foster
