// What an init pays for being able to --ps and --install: nothing.
#include <doctest/doctest.h>
#include <sys/personality.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "files.hpp"
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

// Where the stack begins is chance, and with it how many pages its depth touches. So it is not, for the time of a test.
class NoChance {
 public:
  NoChance() : before_(::personality(current)) { ::personality(static_cast<unsigned>(before_) | ADDR_NO_RANDOMIZE); }
  ~NoChance() { ::personality(static_cast<unsigned>(before_)); }
  NoChance(const NoChance&) = delete;
  NoChance& operator=(const NoChance&) = delete;

 private:
  static constexpr unsigned long current = 0xffffffff;
  int before_;
};

Memory memory_at_rest(const std::string& binary, int padding) {
  const std::string pad = "PAD=" + std::string(static_cast<std::size_t>(padding), 'x');
  Init init({.words = act("hold"), .environment = {"PATH=/usr/bin:/bin", pad}, .init = binary});
  CHECK(init.read_line() == "ready");
  init.wait_until_at_rest();
  const long charged = sum_of(init.pid(), "Anonymous");
  return {.charged_kib = charged, .of_file_kib = sum_of(init.pid(), "Rss") - charged};
}

constexpr int step = 256;

// At each of the places in a page that the stack may begin at, in steps.
Memory sum_at_rest(const std::string& binary) {
  Memory sum;
  for (int padding = 0; padding < ::sysconf(_SC_PAGESIZE); padding += step) {
    const Memory memory = memory_at_rest(binary, padding);
    sum.charged_kib += memory.charged_kib;
    sum.of_file_kib = std::max(sum.of_file_kib, memory.of_file_kib);
  }
  return sum;
}

// A copy of the program whose path is as long as that of any other, since the path is on the stack.
std::string copy_in(const Folder& folder, const std::string& binary) {
  const auto copy = folder.path_of("foster");
  std::filesystem::copy_file(binary, copy);
  return copy;
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
  const NoChance fixed;
  const Folder of_whole;
  const Folder of_part;
  const Memory whole = sum_at_rest(copy_in(of_whole, init_binary()));
  const Memory part = sum_at_rest(copy_in(of_part, alone));
  CHECK(part.charged_kib > 0);
  // One place of them all may differ: by less than a step of the stack.
  const long page_kib = ::sysconf(_SC_PAGESIZE) / 1024;
  CHECK(std::labs(whole.charged_kib - part.charged_kib) <= page_kib);
  // The kernel maps what of the file is in the page cache around what is used, up to all of it.
  const long more_pages = pages_of(init_binary()) - pages_of(alone);
  CHECK(more_pages > 0);
  CHECK(whole.of_file_kib - part.of_file_kib <= more_pages * page_kib);
}
