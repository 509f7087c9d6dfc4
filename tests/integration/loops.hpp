// Foster has two loops: init reaps, or the kernel does. Which of them is meant, and which one is in charge.
#pragma once

#include "harness.hpp"

namespace loops {

// Asked of the kernel itself, and not of the init: see PIDFD_GET_INFO in the kernel's include/uapi/linux/pidfd.h.
bool kernel_can_reap();

// Whether INIT_OPTIONS leave it to the kernel, and the kernel can. A case that needs that loop skips itself elsewhere.
bool kernel_is_to_reap();

// SIGCHLD is ignored: from then on the kernel reaps. Asked once the init is at rest, or has been heard of by its
// command's end: while it starts, it is not yet.
bool kernel_reaps(pid_t init);

// Throws if the loop that INIT_OPTIONS ask for is not the one that takes over; says so where the kernel has but one to
// offer. Other inits, which know no --reap, are not asked.
void check_choice();

}  // namespace loops
