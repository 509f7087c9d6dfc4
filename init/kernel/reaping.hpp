// Reaping by whichever call works.
#pragma once

#include <sys/types.h>

#include "kernel/sys.hpp"

namespace foster {

// The next dead child, with `stops` also one that is stopped: wait4(2), or waitid(2) if that fails. 0: there is none.
sys::Result<pid_t> reap_child(pid_t pid, int& status, bool stops);

// All that are dead by now.
void reap_what_is_dead();

}  // namespace foster
