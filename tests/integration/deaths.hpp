// The ways in which a command can end, and what wait4 says of them.
#pragma once

#include "files.hpp"
#include "harness.hpp"

struct Death {
  std::string name;
  Words command;
  bool dumps_core = false;
  bool by_other_thread = false;  // it is not the first thread that ends
};

// Exit codes, signals, with a core and without, and with a second thread.
std::vector<Death> deaths();

// The command's start, with the limits for it; a core lands in the folder.
Start start_of(const Death& death, const Folder& cores);

// The wait status without the init, as its parent's wait4 gives it.
int status_by_wait4(const Death& death, const Folder& cores);

// The same command as the main command: the exit code, and the line of -v, tell of exactly this status.
void check_death(const Death& death, const Folder& cores, int status, const Words& before_command = {});
