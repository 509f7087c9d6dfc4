// Starts the init as PID 1 of namespaces of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <system_error>
#include <vector>

struct Launched {
  pid_t pid;
  int gate;     // one byte lets it execute the init
  int control;  // the command reads it from `control_fd`
  int output;   // the command's stdout
  int errors;   // stderr of both
};

// As an engine leaves descriptors to the command (--preserve-fds): an init has to close its own copy.
constexpr int control_fd = 3;

struct NoNamespace : std::system_error {
  using std::system_error::system_error;
};

// With a controlling terminal as stdin, or with none. Throws NoNamespace where no namespaces can be had.
Launched launch(const std::vector<std::string>& words, bool with_terminal);
