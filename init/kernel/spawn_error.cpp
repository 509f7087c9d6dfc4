#include <cerrno>

#include "kernel/exec.hpp"
#include "kernel/interpreter.hpp"
#include "kernel/spawn.hpp"
#include "kernel/sys.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// ENOENT for a file that is there means that the file which it needs is not.
void add_hint(Text& text, int error, const char* file, PathRoom& room) {
  if (error == ENOENT) {
    const char* const missing = find_missing_interpreter(file, room);
    if (missing != nullptr) add_phrase(add_phrase(text, Phrase::interpreter).quoted(missing), Phrase::does_not_exist);
  } else if (error == EACCES && sys::is_directory(file)) {
    add_phrase(text, Phrase::is_directory);
  }
}

void explain_exec(Text& text, int error, const Program& program, PathRoom& room) {
  const char* file = program.words[0];
  add_failure(text, Phrase::run, file, error);
  if (*file == '\0') {
    add_phrase(text, Phrase::empty_word);
    return;
  }
  if (!is_path(file)) {
    if (!find_in_path(program, room)) {
      add_phrase(text, Phrase::in_path).quoted(search_path(program.environment));
      return;
    }
    file = room.data();
    text.add(" (").quoted(file).add(')');
  }
  add_hint(text, error, file, room);
}

Phrase step_that_failed(Stage stage) {
  constexpr int offset = static_cast<int>(Phrase::start_process) - static_cast<int>(Stage::clone);
  static_assert(static_cast<int>(Phrase::restore_mask) - static_cast<int>(Stage::mask) == offset);
  return static_cast<Phrase>(static_cast<int>(stage) + offset);
}

}  // namespace

void report_failure(const Command& command) {
  const auto [stage, error] = command.error;
  if (stage != Stage::exec) return command.report.failure(step_that_failed(stage), error);
  explain_exec(command.report.line(), error, command.program, command.room.path);
  command.report.send();
}

}  // namespace foster
