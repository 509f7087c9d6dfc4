// The command that the init runs.
#pragma once

// Says "started". At the first byte from `control_fd` it leaves an orphan to the init, which dies, and says "ready"; at
// the second one it ends. From the start on it says "signal" for a SIGTERM or SIGHUP. With an other it leaves a process
// behind that only SIGKILL ends.
enum class Other { none, one };
[[noreturn]] void run_command(Other other);

constexpr int command_status = 42;
