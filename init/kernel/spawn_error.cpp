#include <cerrno>
#include <cstring>

#include "kernel/exec.hpp"
#include "kernel/interpreter.hpp"
#include "kernel/spawn.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"

namespace foster {

namespace {

[[gnu::noinline]] void add_quoted(Text& text, const char* before, const char* word, const char* after) {
  text.add(before).quoted({word, std::strlen(word)}).add(after);
}

// ENOENT for a file that is there means that the file which it needs is not.
void add_hint(Text& text, int error, const char* file, PathRoom& room) {
  if (error == ENOENT) {
    const char* const missing = find_missing_interpreter(file, room);
    if (missing != nullptr) add_quoted(text, ": the file exists, but its interpreter ", missing, " does not");
  } else if (error == EACCES && sys::is_directory(file)) {
    text.add(" (it is a directory)");
  }
}

void explain_exec(Text& text, int error, const Program& program, PathRoom& room) {
  const char* file = program.words[0];
  add_failure(text, "run ", file, error);
  if (*file == '\0') {
    text.add(" (an empty word)");
    return;
  }
  if (!is_path(file)) {
    if (!find_in_path(program, room)) return add_quoted(text, " in PATH ", search_path(program.environment), "");
    file = room.data();
    add_quoted(text, " (", file, ")");
  }
  add_hint(text, error, file, room);
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

void report_failure(const Command& command) {
  const auto [stage, error] = command.error;
  if (stage != Stage::exec) return command.report.failure(step_that_failed(stage), error);
  explain_exec(command.report.line(), error, command.program, command.room.path);
  command.report.send();
}

}  // namespace foster
