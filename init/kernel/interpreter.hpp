// Which other file an executable needs in order to run: a script's interpreter, or an ELF file's loader.
#pragma once

#include "kernel/room.hpp"

#include "text.hpp"

namespace foster {

// Follows `path` from interpreter to interpreter (a script may name one that needs a loader itself) and leaves the
// first that does not exist in `missing`, ending with a NUL. False if there is none, or if it cannot be read.
bool find_missing_interpreter(const char* path, PathRoom& missing);

}  // namespace foster
