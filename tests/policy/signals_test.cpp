// Signals by name and number, as Docker and systemd count them; and sets of them.
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "policy/signals.hpp"

namespace {

using namespace foster;

std::string name_of(int number) {
  std::array<char, 32> room{};
  Text text(room);
  return std::string(add_signal(text, number).view());
}

}  // namespace

TEST_CASE("a signal has a name, with or without SIG, in any case, and a number") {
  for (const char* const word : {"TERM", "SIGTERM", "term", "sigTerm", "15"}) {
    CAPTURE(word);
    CHECK(parse_signal(word) == SIGTERM);
  }
  CHECK(parse_signal("1") == SIGHUP);
  CHECK(parse_signal("64") == last_signal);
  CHECK(parse_signal("HUP") == SIGHUP);
  CHECK(parse_signal("SYS") == SIGSYS);
}

TEST_CASE("some signals have a second name") {
  CHECK(parse_signal("IOT") == SIGABRT);
  CHECK(parse_signal("CLD") == SIGCHLD);
  CHECK(parse_signal("SIGPOLL") == SIGIO);
}

TEST_CASE("real-time signals are counted from 34 up and from 64 down") {
  CHECK(parse_signal("RTMIN") == 34);
  CHECK(parse_signal("SIGRTMIN+3") == 37);
  CHECK(parse_signal("RTMIN+30") == 64);
  CHECK(parse_signal("rtmax") == 64);
  CHECK(parse_signal("RTMAX-14") == 50);
  CHECK(parse_signal("RTMAX-30") == 34);
}

TEST_CASE("any other text is no signal") {
  for (const char* const word : {"", "SIG", "0", "-1", "65", "1x", "TERMS", "SIGSIGTERM", "RT", "RTMIN-1", "RTMAX+1",
                                 "RTMIN+", "RTMIN+31", "RTMAX-31", "RTMIN+x", "RTMIN3", "SIG9", "SIG15"}) {
    CAPTURE(word);
    CHECK(parse_signal(word) == 0);
  }
}

TEST_CASE("every signal that has a name is known by it") {
  for (int number = 1; number <= last_signal; ++number) {
    if (number == 32 || number == 33) continue;
    CAPTURE(number);
    CHECK(parse_signal(name_of(number)) == number);
  }
}

TEST_CASE("the name of a signal") {
  CHECK(name_of(1) == "SIGHUP");
  CHECK(name_of(17) == "SIGCHLD");
  CHECK(name_of(31) == "SIGSYS");
  CHECK(name_of(32) == "signal 32");
  CHECK(name_of(33) == "signal 33");
  CHECK(name_of(34) == "SIGRTMIN");
  CHECK(name_of(35) == "SIGRTMIN+1");
  CHECK(name_of(63) == "SIGRTMIN+29");
  CHECK(name_of(64) == "SIGRTMAX");
}

TEST_CASE("a set holds each of the 64 signals by itself") {
  for (int number = 1; number <= last_signal; ++number) {
    const SignalSet set = SignalSet().add(number);
    for (int other = 1; other <= last_signal; ++other) CHECK(set.contains(other) == (other == number));
  }
  CHECK(SignalSet().bits() == 0);
  CHECK(SignalSet().add(1).add(64).bits() == 0x8000'0000'0000'0001);
  CHECK(SignalSet::all().contains(1));
  CHECK(SignalSet::all().contains(64));
}
