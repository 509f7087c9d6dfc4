// The ways in which an init comes to its terminal.
#pragma once

#include <string>
#include <vector>

#include "harness.hpp"

// Who leads the session that the terminal belongs to.
enum class Leader {
  pid1,            // the init, as PID 1
  init,            // the init, below another PID 1
  script,          // the init, on a terminal that script(1) made
  sh,              // a shell that runs no job control
  bash,            // an interactive shell
  dash,            // the same
  bash_in_script,  // the same, on a terminal that script(1) made
};

enum class Shape {
  plain,   // init COMMAND
  inside,  // sh -c 'init COMMAND; exit $?'
  nested,  // init init COMMAND
};

struct Way {
  std::string name;
  Leader leader;
  Shape shape;
};

bool has_shell(const Way& way);
// Where Ctrl-Z stops nobody: the kernel spares PID 1, session leaders and orphaned groups.
const std::vector<Way>& ways_without_shell();
// As the job of an interactive shell.
const std::vector<Way>& ways_with_shell();
std::vector<Way> all_ways();

// "'a' 'b c'", as a shell reads it.
std::string quoted(const Words& words);
// What is typed into the shell to run `command` this way.
std::string typed(const Way& way, const Words& command);
// How the session begins: the words of its leader, or of the init with `command` where there is no shell.
Start start_of(const Way& way, const Words& command, const std::string& terminal);

// What the shells prompt with.
inline constexpr char prompt[] = "prompt> ";
