// What the two references share: they can do nothing but the main path, and check nothing.
#pragma once

#include <sched.h>

#include "bare.hpp"

struct Command {
  char** words;
  char** environment;
  SignalSet mask;
};

// From the stack of the program: its own name, perhaps "--", the command. All signals are blocked from here on.
Command read_command(char** stack);

// As vfork(2): we go on when it runs. `flags` come on top.
long start(Command& command, unsigned long flags, int* pidfd);

// From the main command's wait status.
[[noreturn]] void leave_with(int status);

void forward(long child, siginfo_t& info);
