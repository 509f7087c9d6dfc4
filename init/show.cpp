#include "show.hpp"

#include <unistd.h>

#include "kernel/write_all.hpp"
#include "version.hpp"

namespace foster {

namespace {

void answer(Text& text, const Parsed& parsed) {
  switch (parsed.options.mode) {
    case Mode::license:
      return add_license(text);
    case Mode::version:
      add_version(text, parsed.personality);
      text.add(FOSTER_VERSION "_foster" FOSTER_COMMIT "\n");
      return;
    default:
      add_usage(text.add("Usage: "), parsed.personality).add('\n');
      add_help(text, parsed.personality);
  }
}

}  // namespace

int show(const Parsed& parsed, Report& report, PathRoom& room) {
  const Options& options = parsed.options;
  Text text(room);
  answer(text, parsed);
  const int error = write_all(options.answers_on_stderr ? STDERR_FILENO : STDOUT_FILENO, text.view());
  if (error == 0) return 0;
  report.failure(Phrase::write_answer, error);
  return options.failure_status;
}

}  // namespace foster
