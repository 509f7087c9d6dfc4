// Others beside the main command, and the cue for its end.
#pragma once

#include <doctest/doctest.h>

#include <csignal>
#include <set>

#include "harness.hpp"

// The main command waits for its cue, and then becomes this one.
inline Words on_cue(const Words& command) { return act("await", "main") + command; }

// Beside the main command, in a session of its own.
inline Words beside(const Words& other, const Words& main) { return act("aside") + other + Words{"--"} + main; }

// "NAME ready" of each, in any order.
inline void read_ready(Init& init, const Words& names) {
  std::set<std::string> lines, expected;
  for (const auto& name : names) {
    lines.insert(init.read_line());
    expected.insert(name + " ready");
  }
  REQUIRE(lines == expected);
}

// What the main command has started, which is ready.
inline pid_t other_of(Init& init) { return proc::children(init.command()).front(); }

inline void give_cue(Init& init) { ::kill(init.command(), SIGUSR1); }

// Returns when the init knows of it.
inline void end_main(Init& init) {
  const pid_t main = init.command();
  give_cue(init);
  init.wait_until("the main command to be gone", [main] { return proc::look_at(main).state == 0; });
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
