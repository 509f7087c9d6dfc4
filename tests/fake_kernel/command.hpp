// The main command on the real kernel: what scenario.hpp's Command says, and what happens to it from outside.
#pragma once

#include <csignal>
#include <string>

#include "scenario.hpp"

namespace fake {

// The variable that makes this program the command, and its value for one that does this.
inline constexpr char command_variable[] = "FAKE_KERNEL_COMMAND";
std::string described(const Scenario& scenario);

// What makes one of the others end by itself.
inline constexpr int ends_other = SIGUSR2;

// Tells on stdout of its start ("ready") and of each signal caught ("saw NUMBER VALUE"), and does what the words on
// stdin say: "orphans COUNT" ("done" when it has made them), "exit CODE", "kill NUMBER".
[[noreturn]] void be_command(const std::string& description);

}  // namespace fake
