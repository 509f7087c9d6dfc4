// --install: brings the running program into another image's container.
#pragma once

#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// Copies the running program to `path`, or to "foster" in it where it is a folder, so that nobody ever finds half of
// it there. False after a failure, which is reported and leaves nothing behind. Every signal must be blocked.
bool install(const char* path, Room& room, Report& report);

}  // namespace foster
