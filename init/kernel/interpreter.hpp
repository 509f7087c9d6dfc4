// Which other file an executable needs in order to run: a script's interpreter, or an ELF file's loader.
#pragma once

#include "kernel/room.hpp"

namespace foster {

// Follows `path` from interpreter to interpreter (a script may name one that needs a loader itself) and returns the
// first that does not exist; nullptr if there is none, or if it cannot be read. Both may be in `room`.
const char* find_missing_interpreter(const char* path, PathRoom& room);

}  // namespace foster
