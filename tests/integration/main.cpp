#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <unistd.h>

#include <csignal>
#include <exception>
#include <iostream>

#include "harness.hpp"
#include "launcher.hpp"
#include "loops.hpp"

namespace {

// ctest's word for "this could not be tested here".
constexpr int exit_skipped = 77;
constexpr int exit_usage = 2;

int run(int argc, char** argv) {
  for (const std::string* const path : {&init_binary(), &actor()}) {
    if (::access(path->c_str(), X_OK) == 0) continue;
    std::cerr << argv[0] << ": " << *path << " cannot be run (see FOSTER_BINARY, FOSTER_ACTOR)\n";
    return exit_usage;
  }
  if (!namespaces_are_allowed()) {
    std::cerr << "skipped: all of it, this user may not make PID and mount namespaces here\n";
    return exit_skipped;
  }
  // A test that writes to a command that is gone gets an error, as every other failure.
  ::signal(SIGPIPE, SIG_IGN);
  loops::check_choice();
  const int result = doctest::Context(argc, argv).run();
  if (count_skipped() > 0) std::cerr << count_skipped() << " checks skipped (said above)\n";
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << "\n";
    return exit_usage;
  }
}
