// The child's side of a start: from the clone to the exec of the init, in new namespaces.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

// Of a process that the launcher becomes. Descriptors are the test's own, and close at exec.
struct Launch {
  // Inside a new user namespace they could only be asked for once they are mapped.
  uid_t user = ::getuid();
  gid_t group = ::getgid();
  std::vector<std::string> words;  // the file to execute, and its arguments
  std::vector<std::string> environment;
  bool own_proc = true;           // a fresh /proc; else there is none
  std::array<int, 3> standard{};  // become 0, 1 and 2
  std::string terminal;           // unless empty: opened in their place, and made the controlling one
  int handed_down = -1;           // stays open over the exec
  std::function<void()> before_exec;
  std::vector<long> hold;    // see held_calls.hpp
  int gate = -1;             // the launcher starts once it has read a byte from here
  int failure = -1;          // it writes here what went wrong; closed by the exec
  int listener_socket = -1;  // the descriptor for HeldCalls is sent through here
};

// New PID and mount namespaces, in a user namespace where the privilege for them is missing. 0 in the child, as
// fork(2).
pid_t clone_into_namespaces();

// Never returns: executes, or writes to `failure` and exits. The child must not outlive its parent, whatever comes.
[[noreturn]] void launch(const Launch& launch);

// True if namespaces can be had at all.
bool namespaces_are_allowed();
