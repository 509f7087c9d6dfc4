// A process of the simulated kernel.
#pragma once

#include <csignal>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scenario.hpp"

namespace fake {

struct Descriptor {
  enum class Kind { file, pipe_reader, pipe_writer, pidfd, signals, directory, terminal };
  Kind kind = Kind::file;
  bool closes_at_exec = false;
  int object = 0;         // which pipe, file or process
  std::size_t at = 0;     // how much was read
  std::uint64_t set = 0;  // of signals
  std::string text{};     // of a file that is made as it is opened
};

struct Process {
  enum class Life { runs, stopped, zombie, gone };
  pid_t pid = 0;
  pid_t parent = 0;  // 0: outside
  pid_t group = 0;
  pid_t session = 0;
  bool has_terminal = false;
  bool is_stranger = false;
  Life life = Life::runs;
  int status = 0;  // a wait status, once it is dead or stopped
  bool stop_is_news = false;
  std::uint64_t mask = 0;
  std::vector<siginfo_t> pending{};  // in the order in which they came
  bool child_signal_ignored = false;
  bool executed = false;  // it is the main command now
  bool adopts = false;    // a child subreaper
  bool refuses_signals = false;
  int parent_death_signal = 0;
  int other = -1;  // which one of the scenario's
  std::int64_t started_ms = 0;
  std::int64_t ends_at_ms = -1;  // by itself, if it lives then; -1: it does not
  std::vector<Received> received{};
  std::int64_t dead_since_ms = 0;  // or handed over to this parent
  std::map<int, Descriptor> descriptors{};

  [[nodiscard]] bool exists() const { return life != Life::gone; }
  [[nodiscard]] bool lives() const { return life == Life::runs || life == Life::stopped; }
};

}  // namespace fake
