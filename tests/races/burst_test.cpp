// Many signals with no pause between them: each arrives, and arrives once.
#include <doctest/doctest.h>

#include <map>

#include "caught.hpp"
#include "race.hpp"

namespace {

constexpr int first_realtime = 34;
constexpr int last_realtime = 64;

// A number that is pending is not queued again, so no number is twice in a burst. A pending CONT would flush the
// signals that stop, and the other way round (signal(7)).
std::vector<int> standard_signals() {
  std::vector<int> numbers;
  for (const int number : forwarded_signals()) {
    const bool stops = number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
    if (number <= 31 && !stops) numbers.push_back(number);
  }
  return numbers;
}

using Counts = std::map<std::string, int>;

Counts read_lines(Init& init, std::size_t count) {
  Counts lines;
  for (std::size_t i = 0; i < count; ++i) ++lines[init.read_line()];
  return lines;
}

void burst_of_standard_signals(Init& init) {
  Counts expected;
  for (const int number : standard_signals()) {
    init.signal(number);
    expected[caught("main", number)] = 1;
  }
  CHECK(read_lines(init, expected.size()) == expected);
}

void burst_of_realtime_signals(Init& init, int each) {
  Counts expected;
  for (int i = 0; i < each; ++i) {
    for (int number = first_realtime; number <= last_realtime; ++number) {
      init.signal(number);
      ++expected[caught("main", number)];
    }
  }
  const int count = each * (last_realtime - first_realtime + 1);
  CHECK(count == 651);
  CHECK(read_lines(init, static_cast<std::size_t>(count)) == expected);
}

// A signal too many would stand in the place of the last one.
void check_nothing_more(Init& init) {
  init.signal(SIGCONT);
  CHECK(init.read_line() == caught("main", SIGCONT));
}

}  // namespace

TEST_CASE("2,400 standard signals in bursts of 25, and 651 real-time signals in one") {
  for (const std::string target : {"-g", "-c"}) {
    CAPTURE(target);
    race("2,400 standard and 651 real-time signals, " + target, [&target](int) {
      Init init(Words{target} + act("catch", "main"));
      REQUIRE(init.read_line() == "main ready");
      CHECK(standard_signals().size() == 25);
      for (int burst = 0; burst < 96; ++burst) burst_of_standard_signals(init);
      burst_of_realtime_signals(init, 21);
      check_nothing_more(init);
    });
  }
}

TEST_CASE("a burst that finds PID 1 stopped arrives when it goes on") {
  race("bursts at a stopped PID 1", [](int) {
    Init init(act("catch", "main"));
    REQUIRE(init.read_line() == "main ready");
    init.signal(SIGSTOP);
    init.wait_until("the init to stop", [&] { return proc::look_at(init.pid()).state == 'T'; });
    // All but CONT, which wakes it.
    std::size_t sent = 0;
    Counts expected{{caught("main", SIGCONT), 1}};
    for (const int number : standard_signals()) {
      if (number == SIGCONT) continue;
      init.signal(number);
      expected[caught("main", number)] = 1;
      ++sent;
    }
    CHECK_FALSE(init.has_output());
    init.signal(SIGCONT);
    CHECK(read_lines(init, sent + 1) == expected);
  });
}

TEST_CASE("STOP and CONT of PID 1 at any moment lose nothing") {
  Init init(act("catch", "main"));
  REQUIRE(init.read_line() == "main ready");
  race("STOP and CONT of PID 1", [&init](int) {
    init.signal(SIGUSR1);
    init.signal(SIGSTOP);
    init.signal(SIGTERM);
    init.signal(SIGCONT);
    const Counts expected{{caught("main", SIGUSR1), 1}, {caught("main", SIGTERM), 1}, {caught("main", SIGCONT), 1}};
    CHECK(read_lines(init, 3) == expected);
  });
  ::kill(init.command(), SIGKILL);
  CHECK(init.exit_code() == 128 + SIGKILL);
}
