// A race is run RACE_RUNS times (200 if not said), its window as wide as it can be made.
#pragma once

#include <csignal>
#include <functional>

#include "harness.hpp"

// Runs it so often, with the number of the run, and says so.
void race(const std::string& name, const std::function<void(int)>& once);

struct WayToClone {
  std::string name;
  Words before;  // refusing the better ones is what leads to the next way to clone
};
std::vector<WayToClone> ways_to_clone();

inline constexpr int own_code = 55;

// From here on every signal waits for the init: before, the kernel itself drops what PID 1 has no handler for.
bool has_blocked_all(pid_t init);

// Exits with own_code at TERM.
Words command_with_handler();

// Each of the ways to clone with both targets.
void for_each_start(const std::function<void(const Start&)>& visit, const Words& command = command_with_handler());

// TERM ends that command before its handler is there, or the handler does.
void check_term_arrived(Init& init);
