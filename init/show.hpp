// --help, --version, --license.
#pragma once

#include "command_line/options.hpp"
#include "kernel/inherited.hpp"
#include "kernel/report.hpp"

namespace foster {

// Prints on stdout, with the signal mask that we were started with, so that Ctrl-C works. 0, or 125 if it failed.
int show(Mode mode, const Inherited& inherited, Report& report);

}  // namespace foster
