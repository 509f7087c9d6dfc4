// What init needs room for, all in one place.
#pragma once

#include <sys/signalfd.h>

#include <array>
#include <climits>

#include "kernel/listen_pid.hpp"

namespace foster {

using PathRoom = std::array<char, PATH_MAX>;

// On the stack it would touch two pages more; in static storage it begins in the page that libc's own data has touched
// anyway. The path comes last: it is seldom long enough to reach the next page.
struct Room {
  std::array<char, 1024> line;  // with its end at most PIPE_BUF: a line in a pipe is whole or not there (pipe(7))
  std::array<signalfd_siginfo, 4> signals;
  ListenPid listen_pid;
  PathRoom path;
};

}  // namespace foster
