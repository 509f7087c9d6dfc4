// --help, --version, --license.
#pragma once

#include "command_line/options.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// `room` is for the text. 0, or the status of a failure.
int show(const Parsed& parsed, Report& report, PathRoom& room);

}  // namespace foster
