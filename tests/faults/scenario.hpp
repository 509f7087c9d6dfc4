// An orphan dies, a signal arrives, the command exits: what became of it, with one fault or none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer.hpp"

struct Limits {
  int step_ms = 5000;    // for the start, and for the init's end after the command's
  int orphan_ms = 1600;  // for the orphan to be reaped, and for the signal
  int idle_ms = 0;       // with a fault that stays, nothing happens for so long, and the init is watched
  int idle_calls = 500;  // what it may make in a second of it
};

struct Outcome {
  bool started = false;  // the command
  bool orphan_reaped = false;
  bool signal_seen = false;
  bool left_command = false;  // ended while the command ran
  bool ended = false;
  bool injected = false;
  int status = 0;  // the wait status
  int crash = 0;
  bool spins = false;
  std::string errors;  // all of stderr
  std::vector<Call> calls;
};

struct Start {
  std::vector<std::string> init;  // the words before the command
  bool with_terminal;
  // The command leaves a process behind that ignores SIGTERM, and the signal that arrives is one that ends no
  // container.
  bool with_other;
};

Outcome play(const Start& start, const std::optional<Fault>& fault, const Limits& limits);

enum class Verdict { right, refused, wrong };

struct Judgement {
  Verdict verdict;
  std::string reason;
};

Judgement judge(const Outcome& outcome, const std::optional<Fault>& fault);
