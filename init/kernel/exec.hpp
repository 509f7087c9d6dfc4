// Exec with the rules of POSIX execvp, and nothing that allocates: it runs in a child that may share our memory.
#pragma once

#include <cstddef>
#include <string_view>

#include "kernel/room.hpp"

namespace foster {

// Where the command is searched if PATH is not set (execvp(3) of musl; glibc has the last two).
inline constexpr char default_path[] = "/usr/local/bin:/bin:/usr/bin";

// True for a name that is not searched for.
bool is_path(std::string_view name);

// The value of PATH, or the default.
std::string_view search_path(char* const* environment);

// Takes the next directory off `path`; false when there is none left.
bool next_directory(std::string_view& path, std::string_view& directory);

// "directory/name" into `room` of `size` bytes; an empty directory is the working directory. False: too long.
bool join(char* room, std::size_t size, std::string_view directory, std::string_view name);

// Replaces this process by `command`, or returns the errno. command[-1] must be there to write to: a file without a
// shebang is run as "/bin/sh <path> [ARG]...", which takes one word more. Both words are put back on failure. `room` is
// for the paths that are tried.
int execute_command(char** command, char* const* environment, PathRoom& room);

}  // namespace foster
