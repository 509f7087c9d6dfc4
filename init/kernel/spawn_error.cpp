#include <cerrno>

#include "kernel/exec.hpp"
#include "kernel/interpreter.hpp"
#include "kernel/spawn.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// The file that a search for `name` meets first, or false.
bool find_in_path(std::string_view name, char* const* environment, PathRoom& file) {
  std::string_view path = search_path(environment);
  std::string_view directory;
  while (next_directory(path, directory)) {
    if (join(file.data(), file.size(), directory, name) && sys::exists(file.data())) return true;
  }
  return false;
}

// ENOENT for a file that is there means that the file which it needs is not.
void add_hint(Text& text, int error, const char* file) {
  __attribute__((uninitialized)) PathRoom missing;
  if (error == ENOENT && find_missing_interpreter(file, missing)) {
    text.add(": the file exists, but its interpreter ").quoted(missing.data()).add(" does not");
  } else if (error == EACCES && sys::is_directory(file)) {
    text.add(" (it is a directory)");
  }
}

void explain_exec(Text& text, int error, const char* name, char* const* environment) {
  __attribute__((uninitialized)) PathRoom found;
  const char* file = name;
  add_reason(text.add("cannot run ").quoted(name).add(": "), error);
  if (*name == '\0') {
    text.add(" (an empty word)");
    return;
  }
  if (!is_path(name)) {
    if (!find_in_path(name, environment, found)) {
      text.add(" in PATH ").quoted(search_path(environment));
      return;
    }
    file = found.data();
    text.add(" (").quoted(file).add(')');
  }
  add_hint(text, error, file);
}

const char* step_that_failed(Stage stage) {
  switch (stage) {
    case Stage::clone:
      return "start a process";
    case Stage::clone_with_pidfd:
      return "start a process with a pidfd, as --reap=kernel needs";
    case Stage::group:
      return "make a process group or session";
    case Stage::disposition:
      return "restore the disposition of SIGCHLD";
    default:
      return "restore the signal mask";
  }
}

}  // namespace

void report_spawn_error(Report& report, const SpawnError& error, const Command& command) {
  if (error.stage != Stage::exec) return report.failure(step_that_failed(error.stage), error.error);
  explain_exec(report.line(), error.error, command.words[0], command.environment);
  report.send();
}

}  // namespace foster
