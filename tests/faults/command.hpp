// The command that the init runs.
#pragma once

// Says "started". At the first byte from `control_fd` it leaves an orphan to the init, which dies, and says "ready"; at
// the second one it ends. From the start on it says "term" for a SIGTERM.
[[noreturn]] void run_command();

constexpr int command_status = 42;
