// Exec with the rules of POSIX execvp, and nothing that allocates: it runs in a child that may share our memory.
#pragma once

#include "kernel/room.hpp"

namespace foster {

// A command's words and its environment. words[-1] must be there to write to: a file without a shebang is run as
// "/bin/sh <path> [ARG]...", which takes one word more. Both words are put back on failure.
struct Program {
  char** words;
  char** environment;
};

// True for a name that is not searched for.
bool is_path(const char* name);

// The value of PATH, or the default.
const char* search_path(char* const* environment);

// Replaces this process by `program`, or returns the errno. `room` is for the paths that are tried.
int execute_command(const Program& program, PathRoom& room);

// Leaves the file that a search for `program` meets first in `room`; false if there is none.
bool find_in_path(const Program& program, PathRoom& room);

}  // namespace foster
