// The options, a row each.
#pragma once

#include <cstdint>
#include <string_view>

#include "text.hpp"

namespace foster {

inline constexpr char variable_prefix[] = "FOSTER_";

// A variable's name without its prefix, letter by letter: report-orphans is REPORT_ORPHANS.
[[gnu::noinline]] inline char variable_letter(char c) { return c == '-' ? '_' : to_upper(c); }

enum class OptionId : std::uint8_t {
  target,
  rewrite,
  exit_zero,
  stop_signal,
  kill_after,
  wait,
  parent_death_signal,
  subreaper,
  setsid,
  report_orphans,
  termination_log,
  reap,
  verbose,
  quiet,
  max_zombies,
  // Each is a Mode, in the same order.
  pause,
  install,
  ps,
  help,
  version,
  license,
  // Under other names than foster's own.
  parent_death_signal_in_full,
  exit_code_to_zero,
  rewrite_by_number,
  single_child,
  verbosity,
  debug,
};

enum class Argument : std::uint8_t {
  none,
  alone,  // none, and no other word beside it
  optional,
  required,
};

struct OptionRow {
  OptionId id{};
  Argument argument{};
  bool has_variable = false;  // takes part in running a command, so it can be set with FOSTER_...
  std::string_view letters{};
  std::string_view name{};
  std::string_view value{};    // for --help alone
  std::string_view allowed{};  // for error messages
  std::string_view text{};     // for --help alone; what has none is for debugging, and only in the man page
};

// Where two rows set the same thing, the later one wins among variables, as the later word does on the command line.
// For the compiler: the program has what it makes of them, in texts.cpp and in option_rows.cpp.
inline constexpr OptionRow option_rows[] = {
    {OptionId::target, Argument::required, true, "cg", "target", "child|group|all", "child, group, all",
     "where signals go (default: group)"},
    {OptionId::rewrite, Argument::required, true, "r", "rewrite", "A:B[,...]",
     "pairs of signals such as TERM:QUIT or HUP:0, the first not KILL or STOP",
     "hand signal A on as B (0: not at all)"},
    {OptionId::exit_zero, Argument::required, true, "e", "exit-zero", "CODE[,...]", "codes from 0 to 255, forwarded",
     "exit 0 instead of CODE, e.g. 143"},
    {OptionId::stop_signal, Argument::required, true, "", "stop-signal", "SIG[,...]", "signals such as QUIT or RTMIN+3",
     "signals that ask for the end, too"},
    {OptionId::kill_after, Argument::required, true, "k", "kill-after", "TIME", "a time such as 500ms, 10s, 2m or 10",
     "SIGKILL this long after a stop signal"},
    {OptionId::wait, Argument::optional, true, "", "wait", "TIME", "a time such as 500ms, 10s or 2m, yes, no",
     "stay while other processes run"},
    {OptionId::parent_death_signal, Argument::required, true, "p", "parent-death-signal", "SIG",
     "a signal such as TERM, 15 or RTMIN+3, but not KILL, STOP or CHLD", "get SIG and hand it on when the parent dies"},
    {OptionId::subreaper, Argument::optional, true, "s", "subreaper", "auto|yes|no", "auto, yes, no",
     "adopt orphans when not PID 1 (default auto)"},
    {OptionId::setsid, Argument::none, true, "S", "setsid", "", "yes, no", "a new session for the command"},
    {OptionId::report_orphans, Argument::none, true, "w", "report-orphans", "", "yes, no",
     "one line for each orphan reaped"},
    {OptionId::termination_log, Argument::optional, true, "", "termination-log", "FILE", "an absolute path, yes, no",
     "how it was killed, for Kubernetes"},
    {OptionId::reap, Argument::required, true, "", "reap", "auto|kernel|init", "auto, kernel, init", ""},
    {OptionId::verbose, Argument::none, true, "v", "verbose", "", "yes, no, or 0 to 3", "say more; twice: each signal"},
    {OptionId::quiet, Argument::none, true, "q", "quiet", "", "yes, no", "errors only"},
    {OptionId::pause, Argument::none, false, "P", "pause", "", "", "no command: reap, and leave on INT or TERM"},
    {OptionId::install, Argument::required, false, "", "install", "PATH", "a path", "copy foster there"},
    {OptionId::ps, Argument::optional, false, "", "ps", "PID", "a pid, no --max-zombies",
     "show processes, why zombies stay"},
    {OptionId::max_zombies, Argument::required, false, "", "max-zombies", "N", "a number, no --ps=PID",
     "exit 1 if more zombies stay"},
    {OptionId::help, Argument::none, false, "h", "help", "", "", "show this text"},
    {OptionId::version, Argument::none, false, "V", "version", "", "", "show the version"},
    {OptionId::license, Argument::none, false, "l", "license", "", "", "show the licence"},
};

}  // namespace foster
