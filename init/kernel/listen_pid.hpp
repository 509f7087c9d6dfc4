// Sockets that a service manager hands to "the process LISTEN_PID" (sd_listen_fds(3)): meant for the command, which
// would refuse them under the pid of its init.
#pragma once

#include <array>

namespace foster {

// The changed entries of the environment. It must live as long as the environment is used.
class ListenPid {
 public:
  // In the child: if LISTEN_PID names our parent, which is init, it names us from here on.
  void name_child(char** environment);

 private:
  std::array<char, 32> pid_{};
  std::array<char, 48> id_{};
};

}  // namespace foster
