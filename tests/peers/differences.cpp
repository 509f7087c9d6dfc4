// The README's table of differences says the same.
#include "rows.hpp"

const std::vector<Difference>& differences() {
  static const std::vector<Difference> all{
      {"tini",
       "messages go to stderr, the command's stdout is its own",
       {"answers: -v", "answers: -vvvg", "answers: TINI_VERBOSITY=-1"}},
      {"tini", "a number is digits alone", {"answers: -e +8"}},
      {"tini", "the exit codes of a command that cannot be started are the shell's", {"ends: /etc/passwd/x"}},
      {"tini",
       "-e is about what the command exits with, not about a command that was not found",
       {"ends: -e127 /no/such/command"}},
      {"tini", "what stands behind the command is the command's", {"prints: echo x -v", "prints: ls -d /"}},
      {"tini", "a signal that somebody sends is handed on, TTIN and TTOU, too", {"stop_signals: -g"}},
      {"tini", "a signal that somebody sends is handed on, SEGV and its like, too", {"fault_signals: -g"}},
      {"dumb-init", "a number is digits alone, with nothing around it", {"answers: -r 15:2x", "answers: -r  15:+2"}},
      {"dumb-init",
       "the exit codes of a command that cannot be started are the shell's",
       {"ends: /no/such/command", "ends: /etc"}},
      {"dumb-init",
       "the command leads a group of its own, so that it can be given the terminal",
       {"own_groups: -c", "own_groups: DUMB_INIT_SETSID=0"}},
      {"dumb-init", "what is left at the end gets TERM: a rewrite is for signals that arrive", {"rest: -r 15:1"}},
      {"catatonit", "there is nothing that CATATONIT_LOG could mean", {"answers: CATATONIT_LOG=x"}},
      {"catatonit",
       "the exit codes of a command that cannot be started are the shell's",
       {"ends: /no/such/command", "ends: /etc"}},
      {"catatonit", "what stands behind the command is the command's", {"prints: ls -d /"}},
      {"catatonit", "a signal that somebody sends is handed on, TSTP, TTIN and TTOU, too", {"stop_signals: -g"}},
      {"catatonit", "a signal that somebody sends is handed on, SEGV and its like, too", {"fault_signals: -g"}},
      {"catatonit", "a command that would not be run is refused", {"pauses: -P x"}},
  };
  return all;
}
