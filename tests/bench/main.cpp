// bench [--list] [--rounds=N] [--figure=NAME]... NAME=PATH[,OPTION...]...: measures what the inits cost.
// Each is the real PID 1 of a new PID namespace; "none=" is the command itself in its place. --list names the figures
// and their units. Of ten rounds (--rounds), a quick figure has more than ten samples, a slow one less. Within a round
// the inits come in random order.
// On stdout, one line for each sample: FIGURE, NAME, UNIT and VALUE, with tabs between them. A figure that cannot be
// had of an init has one line: FIGURE, NAME, "-" and the reason.
#include <cstdio>
#include <stdexcept>

#include "measurement.hpp"
#include "run.hpp"

namespace {

constexpr int usage_error = 2;

void list() {
  for (const auto& measurement : all_measurements()) {
    for (const auto& figure : measurement.figures) std::printf("%s\t%s\n", figure.name.c_str(), figure.unit.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const Request request = parse_request({argv + 1, argv + argc});
  if (request.list) {
    list();
  } else {
    measure_all(request);
  }
} catch (const std::invalid_argument& error) {
  std::fprintf(stderr, "bench: %s\n", error.what());
  return usage_error;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench: %s\n", error.what());
  return 1;
}
