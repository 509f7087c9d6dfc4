// What init holds open: descriptors 0, 1 and 2, and what is its own.
#pragma once

namespace foster {

// Moves `own` (-1: none) to descriptor 3 and closes everything else above 2; the command has its copies already.
// Returns where `own` is now, -1 if it had to be given up because no descriptor above 2 may be used.
int keep_only(int own);

// Moves `fd` (-1: none) away from descriptors 0 to 2, which may be closed, and must stay so. Returns where it is now,
// -1 if it had to be given up.
int moved_up(int fd);

}  // namespace foster
