#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

#include "command.hpp"

int main(int argc, char** argv) {
  if (const char* const description = std::getenv(fake::command_variable)) fake::be_command(description);
  return doctest::Context(argc, argv).run();
}
