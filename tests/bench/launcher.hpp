// Starts a program as PID 1 of new PID and mount namespaces, with a /proc of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "subject.hpp"

struct Launch {
  Words words = {};
  int input = -1;  // stdin and stdout: /dev/null, unless given
  int output = -1;
  int gate = -1;  // if given, nothing is executed before a byte comes from here
  int niceness = 0;
  std::vector<std::string> cgroups = {};  // joined before the exec: their cgroup.procs
  std::uint64_t* executed_at = nullptr;   // in shared memory: CLOCK_MONOTONIC just before the exec, in ns
};

// The pid of PID 1, as it is out here. It dies with us. What goes wrong on its way is said on stderr, and ends it.
pid_t launch(const Launch& launch);

// CLOCK_MONOTONIC.
std::uint64_t now_ns();

// As long as it lives, this process and what it starts stay on one CPU, the last one.
class Pinned {
 public:
  Pinned();
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;
  ~Pinned();

 private:
  std::vector<unsigned char> before_;
};
