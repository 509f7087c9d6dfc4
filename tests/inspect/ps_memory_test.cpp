// What an init pays for being able to --ps and --install: nothing.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "harness.hpp"

namespace {

struct Memory {
  long charged_kib = 0;  // its own: anonymous, or written to
  long of_file_kib = 0;  // of the program's file, in the page cache, for whoever runs it
};

// The sum of a line's numbers in all mappings.
long sum_of(pid_t pid, const std::string& name) {
  std::istringstream lines(proc::read(pid, "smaps"));
  long sum = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + ":", 0) == 0) sum += std::stol(line.substr(name.size() + 1));
  }
  return sum;
}

Memory memory_at_rest(const Start& start) {
  Init init(start);
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  const long charged = sum_of(init.pid(), "Private_Dirty") + sum_of(init.pid(), "Shared_Dirty");
  return {.charged_kib = charged, .of_file_kib = sum_of(init.pid(), "Rss") - charged};
}

long pages_of(const std::string& path) {
  const long page = ::sysconf(_SC_PAGESIZE);
  return (static_cast<long>(std::filesystem::file_size(path)) + page - 1) / page;
}

}  // namespace

TEST_CASE("as PID 1 it takes no more memory than an init alone would") {
  if (init_is_sanitized()) return skip("memory of an init alone: not that of the sanitized program");
  const char* const alone = std::getenv("FOSTER_INIT_ALONE");
  REQUIRE(alone != nullptr);
  const Memory whole = memory_at_rest({.words = act("hold"), .init = init_binary()});
  const Memory part = memory_at_rest({.words = act("hold"), .init = alone});
  CHECK(part.charged_kib > 0);
  CHECK(whole.charged_kib == part.charged_kib);
  // The kernel maps what of the file is in the page cache around what is used, up to all of it.
  const long more_pages = pages_of(init_binary()) - pages_of(alone);
  CHECK(more_pages > 0);
  CHECK(whole.of_file_kib - part.of_file_kib <= more_pages * ::sysconf(_SC_PAGESIZE) / 1024);
}
