// /proc/PID/stat, whatever the process is called, and numbers in lines.
#include <doctest/doctest.h>

#include <cerrno>
#include <string>

#include "kernel/process_stat.hpp"
#include "kernel/small_file.hpp"

using namespace foster;

namespace {

// Fields 3 to 24 as the kernel writes them, each with its own number but for the state.
std::string stat_of(const std::string& name) {
  std::string text = "17 (" + name + ") S";
  for (int field = 4; field <= 24; ++field) text += " " + std::to_string(1000 + field);
  return text + "\n";
}

}  // namespace

TEST_CASE("a name may hold whatever ends it") {
  for (const std::string name : {"a", "", "a b", ")", "(", ") S 1 2 3 (", "a)\n(b", "kworker/u8:0-events_unbound"}) {
    CAPTURE(name);
    ProcessStat stat;
    REQUIRE(parse_stat(stat_of(name).c_str(), stat));
    CHECK(std::string(stat.name.data()) == name);
    CHECK(stat.state == 'S');
    CHECK(stat.parent() == 1004);
    CHECK(stat.fields[ProcessStat::session] == 1006);
    CHECK(stat.fields[ProcessStat::start] == 1022);
  }
}

TEST_CASE("a name that is too long is cut") {
  ProcessStat stat;
  REQUIRE(parse_stat(stat_of(std::string(100, 'x')).c_str(), stat));
  CHECK(std::string(stat.name.data()) == std::string(stat.name.size() - 1, 'x'));
  CHECK(stat.parent() == 1004);
}

TEST_CASE("what is below zero is 0") {
  ProcessStat stat;
  REQUIRE(parse_stat("2 (k) S 0 0 0 0 -1 69238880 0 0 0 0 0 0 0 0 20 0 1 0 27 0 0", stat));
  CHECK(stat.fields[8] == 0);
  CHECK(stat.fields[ProcessStat::flags] == 69238880);
  CHECK(stat.fields[ProcessStat::threads] == 1);
  CHECK(stat.fields[ProcessStat::start] == 27);
}

TEST_CASE("what is cut short, or no such text, is refused") {
  const std::string whole = stat_of("a");
  const std::size_t end_of_start = whole.find(" 1023");
  ProcessStat stat;
  for (std::size_t length = 0; length <= end_of_start; ++length) {
    CHECK(!parse_stat(whole.substr(0, length).c_str(), stat));
  }
  CHECK(parse_stat(whole.substr(0, end_of_start + 2).c_str(), stat));
  for (const char* const text : {"17 ) S 1", ")(", "(a)", "(a) ", "a"}) CHECK(!parse_stat(text, stat));
}

TEST_CASE("a process that is not there is ENOENT") {
  ProcessStat stat;
  CHECK(read_stat(2147483647, stat) == ENOENT);
}

TEST_CASE("the number of a line is found by its name") {
  constexpr char lines[] = "oom 1\noom_kill_disable 2\n\noom_kill 34\nhex:\t0000a1f\nlast 5";
  CHECK(number_in(lines, "oom_kill ") == 34);
  CHECK(number_in(lines, "oom ") == 1);
  CHECK(number_in(lines, "last ") == 5);
  CHECK(number_in(lines, "hex:", 16) == 0xa1f);
  CHECK(number_in(lines, "kill ") == 0);
  CHECK(number_in(lines, "ast ") == 0);
  CHECK(number_in("", "x") == 0);
  CHECK(number_in("\n\n", "x") == 0);
}

TEST_CASE("a number stands behind blanks, up to what is none") {
  CHECK(number_at("64\n") == 64);
  CHECK(number_at("\t  17 kB") == 17);
  CHECK(number_at("max\n") == 0);
  CHECK(number_at("") == 0);
  CHECK(number_at("ffffffffffffffff", 16) == -1);
}
