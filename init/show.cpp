#include "show.hpp"

#include <unistd.h>

#include <cerrno>

#include "command_line/license_text.hpp"
#include "kernel/sys.hpp"
#include "policy/exit_status.hpp"
#include "version.hpp"

namespace foster {

namespace {

int write_all(std::string_view text) {
  while (!text.empty()) {
    const auto written = sys::write(STDOUT_FILENO, text);
    if (!written && written.error() != EINTR) return written.error();
    if (written) text.remove_prefix(written.value());
  }
  return 0;
}

}  // namespace

int show(Mode mode, const Inherited& inherited, Report& report) {
  (void)give_back_mask(inherited);
  std::string_view text = help_text();
  if (mode == Mode::version) text = "foster " FOSTER_VERSION "\n";
  if (mode == Mode::license) text = license_text;
  const int error = write_all(text);
  if (error == 0) return 0;
  report.failure("write to stdout", error);
  return exit_start_failed;
}

}  // namespace foster
