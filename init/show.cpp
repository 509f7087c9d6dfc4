#include "show.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "command_line/license_text.hpp"
#include "kernel/sys.hpp"
#include "version.hpp"

namespace foster {

namespace {

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = sys::write(fd, text);
    if (!written && written.error() != EINTR) return written.error();
    if (written) text.remove_prefix(written.value());
  }
  return 0;
}

void add_version(Text& text, const Personality& personality) {
  text.fill(personality.version.data(), [](Text& out, char /*v*/) { out.add(FOSTER_VERSION); });
  text.add(FOSTER_COMMIT "\n");
}

int answer(const Parsed& parsed, int fd) {
  std::array<char, 128> room;
  Text line(room);
  switch (parsed.options.mode) {
    case Mode::license:
      return write_all(fd, license_text);
    case Mode::version:
      add_version(line, parsed.personality);
      return write_all(fd, line.view());
    default:
      add_usage(line.add("Usage: "), parsed.personality).add('\n');
      const int error = write_all(fd, line.view());
      return error == 0 ? write_all(fd, help_text(parsed.personality)) : error;
  }
}

}  // namespace

int show(const Parsed& parsed, const Inherited& inherited, Report& report) {
  (void)give_back_mask(inherited);
  const Options& options = parsed.options;
  const int error = answer(parsed, options.answers_on_stderr ? STDERR_FILENO : STDOUT_FILENO);
  if (error == 0) return 0;
  report.failure("write the answer", error);
  return options.failure_status;
}

}  // namespace foster
