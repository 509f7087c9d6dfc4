#include "rows.hpp"

#include <algorithm>

namespace {

const Words missing{"/no/such/command"};
const Words directory{"/etc"};
const Words below_a_file{"/etc/passwd/x"};
const Words after_dashes{"echo", "--", "x"};

std::vector<Row> tini_rows() {
  return {
      {alone},
      {alone, {"--"}},
      {alone, {"-h"}},
      {alone, {"-l"}},
      {alone, {"--version"}},
      {alone, {"-sh"}},
      {alone, {"-s", "--version"}},
      {alone, {"--help"}},
      {alone, {"-V"}},
      {alone, {"-z"}},
      {alone, {"-P"}},
      {alone, {"-e"}},
      {alone, {"-p"}},
      {answers},
      {answers, {"--"}},
      {answers, {"-s"}},
      {answers, {"-w"}},
      {answers, {"-g"}},
      {answers, {"-v"}},
      {answers, {"-vvvg"}},
      {answers, {"-gsw"}},
      {answers, {"-c"}},
      {answers, {"-q"}},
      {answers, {"--version"}},
      {answers, {"--verbose"}},
      {answers, {"-e", "300"}},
      {answers, {"-e", "-1"}},
      {answers, {"-e", "x"}},
      {answers, {"-e", "1,2"}},
      {answers, {"-e", "+8"}},
      {answers, {"-p", "TERM"}},
      {answers, {"-p", "15"}},
      {answers, {"-p", "sigterm"}},
      {answers, {"-p", "SIGRTMIN"}},
      {answers, {"-p", "SIGIO"}},
      {answers, {"-p", "SIGTERM"}},
      {answers, {"-pSIGTERM"}},
      {answers, {"-p", "SIGKILL"}},
      {answers, {"-p", "SIGCHLD"}},
      {answers, {}, {"TINI_VERBOSITY=0"}},
      {answers, {}, {"TINI_VERBOSITY="}},
      {answers, {}, {"TINI_VERBOSITY=x"}},
      {answers, {"-vvv"}, {"TINI_VERBOSITY=1"}},
      {answers, {}, {"TINI_VERBOSITY=-1"}},
      {ends, {"-e7"}, {}, act("exit", "7")},
      {ends, {"-e", "7"}, {}, act("exit", "3")},
      {ends, {"-e", "3", "-e", "7"}, {}, act("exit", "7")},
      {ends, {"-ge143"}, {}, act("die", "15")},
      {ends, {"-e143"}, {}, act("exit", "143")},
      {ends, {}, {}, act("die", "15")},
      {ends, {}, {}, missing},
      {ends, {}, {}, directory},
      {ends, {}, {}, below_a_file},
      {ends, {"-e127"}, {}, missing},
      {prints, {}, {}, after_dashes},
      {prints, {"--"}, {}, after_dashes},
      {prints, {}, {}, {"echo", "x", "-v"}},
      {prints, {}, {}, {"ls", "-d", "/"}},
      {signals},
      {signals, {"-g"}},
      {signals, {}, {"TINI_KILL_PROCESS_GROUP=1"}},
      {signals, {}, {"TINI_KILL_PROCESS_GROUP="}},
      {signals, {}, {"TINI_KILL_PROCESS_GROUP=0"}},
      {stop_signals, {"-g"}},
      {fault_signals, {"-g"}},
      {own_groups},
      {rest},
      {rest, {"-g"}},
      {orphans},
      {orphans, {"-s"}},
      {orphans, {}, {"TINI_SUBREAPER="}},
      {orphans, {}, {"TINI_SUBREAPER=false"}},
      {orphans, {}, {"TINI_VERBOSITY=0"}},
      {parent_dies, {"-p", "SIGUSR1"}},
      {parent_dies, {"-gpSIGTERM"}},
  };
}

std::vector<Row> dumb_init_rows() {
  return {
      {alone},
      {alone, {"--"}},
      {alone, {"-h"}},
      {alone, {"--help"}},
      {alone, {"--he"}},
      {alone, {"-V"}},
      {alone, {"--version"}},
      {alone, {"--vers"}},
      {alone, {"-cV"}},
      {alone, {"--ver"}},
      {alone, {"--help=x"}},
      {alone, {"--nonsense"}},
      {alone, {"-z"}},
      {alone, {"-r"}},
      {answers},
      {answers, {"-c"}},
      {answers, {"--single-child"}},
      {answers, {"--s"}},
      {answers, {"-v"}},
      {answers, {"--verbose"}},
      {answers, {"-cvr", "15:2"}},
      {answers, {"-r", "15:2"}},
      {answers, {"-r15:2"}},
      {answers, {"--rewrite=15:2"}},
      {answers, {"--rewrite", "15:2"}},
      {answers, {"--r", "1:31"}},
      {answers, {"-r", "0:2"}},
      {answers, {"-r", "32:2"}},
      {answers, {"-r", "15:32"}},
      {answers, {"-r", "15:-1"}},
      {answers, {"-r", "TERM:INT"}},
      {answers, {"-r", "15"}},
      {answers, {"-r", ""}},
      {answers, {"-r", "15:2x"}},
      {answers, {"-r", " 15:+2"}},
      {answers, {"-g"}},
      {answers, {"-s"}},
      {answers, {}, {"DUMB_INIT_DEBUG=1"}},
      {answers, {}, {"DUMB_INIT_DEBUG=yes"}},
      {answers, {}, {"DUMB_INIT_DEBUG=0"}},
      {ends, {}, {}, act("exit", "3")},
      {ends, {}, {}, act("die", "15")},
      {ends, {}, {}, missing},
      {ends, {}, {}, directory},
      {prints, {}, {}, after_dashes},
      {prints, {}, {}, {"ls", "-d", "/"}},
      {signals},
      {signals, {"-c"}},
      {signals, {"--single-child"}},
      {signals, {"-r", "15:2"}},
      {signals, {"-r", "15:0"}},
      {signals, {"-cr", "15:2", "-r", "2:15"}},
      {signals, {"-r", "15:2", "--rewrite=15:10"}},
      {signals, {}, {"DUMB_INIT_SETSID=0"}},
      {signals, {}, {"DUMB_INIT_SETSID=1"}},
      {signals, {}, {"DUMB_INIT_SETSID=no"}},
      {fault_signals},
      {own_groups},
      {own_groups, {"-c"}},
      {own_groups, {}, {"DUMB_INIT_SETSID=0"}},
      {rest},
      {rest, {"-c"}},
      {rest, {"-r", "15:1"}},
      {orphans},
  };
}

std::vector<Row> catatonit_rows() {
  return {
      {alone},
      {alone, {"--"}},
      {alone, {"-h"}},
      {alone, {"-L"}},
      {alone, {"-V"}},
      {alone, {"--version"}},
      {alone, {"--v"}},
      {alone, {"-gV"}},
      {alone, {"-l"}},
      {alone, {"-v"}},
      {alone, {"--help"}},
      {alone, {"--version=x"}},
      {answers},
      {answers, {"--"}},
      {answers, {"-g"}},
      {answers, {"-s"}},
      {answers, {"-w"}},
      {answers, {}, {"CATATONIT_DEBUG="}},
      {answers, {}, {"CATATONIT_DEBUG=0"}},
      {answers, {}, {"CATATONIT_LOG=x"}},
      {ends, {}, {}, act("exit", "3")},
      {ends, {}, {}, act("die", "15")},
      {ends, {}, {}, missing},
      {ends, {}, {}, directory},
      {prints, {}, {}, after_dashes},
      {prints, {"--"}, {}, after_dashes},
      {prints, {}, {}, {"ls", "-d", "/"}},
      {signals},
      {signals, {"-g"}},
      {stop_signals, {"-g"}},
      {fault_signals, {"-g"}},
      {own_groups},
      {rest, {"-g"}},
      {orphans},
      {pauses, {"-P"}},
      {pauses, {"-gP"}},
      {pauses, {"-P"}, {}, {"x"}},
  };
}

struct Named {
  Probe probe;
  std::string name;
};

std::string name_of(Probe probe) {
  static const std::vector<Named> names{
      {alone, "alone"},
      {answers, "answers"},
      {prints, "prints"},
      {ends, "ends"},
      {signals, "signals"},
      {stop_signals, "stop_signals"},
      {fault_signals, "fault_signals"},
      {own_groups, "own_groups"},
      {rest, "rest"},
      {orphans, "orphans"},
      {parent_dies, "parent_dies"},
      {pauses, "pauses"},
  };
  return std::find_if(names.begin(), names.end(), [&](const Named& named) { return named.probe == probe; })->name;
}

}  // namespace

std::vector<Peer> peers() {
  return {{"tini", "/usr/bin/tini", tini_rows()},
          {"dumb-init", "/usr/bin/dumb-init", dumb_init_rows()},
          {"catatonit", "/usr/bin/catatonit", catatonit_rows()}};
}

std::string label_of(const Row& row) {
  // The actor's path is another one on each machine.
  Words command = row.command;
  if (!command.empty() && command.front() == actor()) command.front() = "actor";
  return name_of(row.probe) + ": " + joined(row.environment + row.options + command);
}
