// One run of the whole program in the simulated kernel.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gate.hpp"
#include "kernel.hpp"
#include "scenario.hpp"

namespace fake {

struct Run {
  const Scenario& scenario;
  const Loop& loop;
  Fault fault{};
  Early early{};
  int calls_a_second = 10'000;

  [[nodiscard]] std::string name() const;
};

struct Outcome {
  End end;
  std::unique_ptr<FakeKernel> kernel;
};

// The trace of the last run is in last_trace().
Outcome perform(const Run& run);
const Trace& last_trace();

// argv for a run, with its memory.
class Arguments {
 public:
  explicit Arguments(const std::vector<std::string>& words);
  char** argv() { return pointers_.data(); }
  [[nodiscard]] int argc() const { return static_cast<int>(strings_.size()); }

 private:
  std::vector<std::string> strings_;
  std::vector<char*> pointers_;
};

std::vector<std::string> words_of(const Run& run);

}  // namespace fake

// init/main.cpp, whose main has this name here.
int foster_main(int argc, char** argv, char** environment);
