// --help, --version, --license.
#pragma once

#include "command_line/options.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"
#include "kernel/room.hpp"

namespace foster {

// Prints with the signal mask that we were started with, so that Ctrl-C works; `room` is for the text. 0, or the status
// of a failure.
int show(const Parsed& parsed, const Inherited& inherited, Report& report, PathRoom& room);

}  // namespace foster
