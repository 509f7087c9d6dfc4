// Starts the program under test, from this very process, as PID 1 of a new namespace or below another PID 1.
#pragma once

#include <sys/types.h>

#include <array>
#include <string>
#include <vector>

#include "gate.hpp"
#include "scenario.hpp"

namespace fake {

struct RealStart {
  ~RealStart();

  const Scenario* scenario = nullptr;
  Trace* trace = nullptr;
  std::vector<std::string> words{};
  std::vector<std::string> environment{};
  Fault fault{};

  // The ends that the test holds, which do not block.
  [[nodiscard]] int input() const { return pipes[0][1]; }
  [[nodiscard]] int output() const { return pipes[1][0]; }
  [[nodiscard]] int errors() const { return pipes[2][0]; }
  // Ends the process between the outer PID 1 and init.
  void end_parent();
  // As the test counts; once init runs the command.
  [[nodiscard]] pid_t init_pid() const;

  pid_t first = -1;
  // stdin, stdout, stderr, and one that keeps init's parent alive
  std::array<std::array<int, 2>, 4> pipes{{{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}}};
};

// The first process of the new namespace; its exit status is init's.
pid_t start_on_real_kernel(RealStart& start);

bool namespaces_are_allowed();

}  // namespace fake
