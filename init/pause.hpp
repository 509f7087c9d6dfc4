// --pause: a process that holds a pod's namespaces and does nothing else.
#pragma once

#include <sys/types.h>

#include "kernel/report.hpp"

namespace foster {

// Reaps and ignores everything until INT or TERM arrives; returns init's exit status. Every signal must be blocked.
int pause(pid_t self, Report& report);

}  // namespace foster
