#include "policy/signals.hpp"

#include <doctest/doctest.h>

#include "written.hpp"

using namespace foster;

namespace {

struct Name {
  std::string word;
  int number;
};

// The names of signal(7) in <csignal>'s own numbers.
const Name standard_names[] = {
    {"HUP", SIGHUP},   {"INT", SIGINT},       {"QUIT", SIGQUIT}, {"ILL", SIGILL},   {"TRAP", SIGTRAP},
    {"ABRT", SIGABRT}, {"BUS", SIGBUS},       {"FPE", SIGFPE},   {"KILL", SIGKILL}, {"USR1", SIGUSR1},
    {"SEGV", SIGSEGV}, {"USR2", SIGUSR2},     {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM},
    {"CHLD", SIGCHLD}, {"STKFLT", SIGSTKFLT}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"TSTP", SIGTSTP},
    {"TTIN", SIGTTIN}, {"TTOU", SIGTTOU},     {"URG", SIGURG},   {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ},
    {"PROF", SIGPROF}, {"VTALRM", SIGVTALRM}, {"IO", SIGIO},     {"PWR", SIGPWR},   {"WINCH", SIGWINCH},
    {"SYS", SIGSYS},
};

std::string name_of(int number) {
  return written([&](Text& text) { add_signal(text, number); });
}

std::string lower(std::string word) {
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

}  // namespace

TEST_CASE("each standard signal has its name, with and without SIG, in any case") {
  CHECK(std::size(standard_names) == SIGSYS);
  for (const auto& each : standard_names) {
    CAPTURE(each.word);
    CHECK(parse_signal(each.word) == each.number);
    CHECK(parse_signal("SIG" + each.word) == each.number);
    CHECK(parse_signal(lower(each.word)) == each.number);
    CHECK(parse_signal("sig" + lower(each.word)) == each.number);
    CHECK(parse_signal("Sig" + lower(each.word)) == each.number);
    CHECK(name_of(each.number) == "SIG" + each.word);
  }
}

TEST_CASE("second names are understood, and the first one is shown") {
  const Name cases[] = {{"IOT", SIGABRT}, {"SIGCLD", SIGCHLD}, {"poll", SIGIO}};
  for (const auto& [word, number] : cases) CHECK(parse_signal(word) == number);
}

TEST_CASE("every number from 1 to 64 is a signal, those without a name as well") {
  for (int number = 1; number <= last_signal; ++number) CHECK(parse_signal(std::to_string(number)) == number);
}

TEST_CASE("real-time signals count from 34 up to 64, as Docker and systemd have it") {
  const Name cases[] = {
      {"RTMIN", 34},      {"SIGRTMIN", 34},   {"rtmin", 34},    {"RTMIN+0", 34},  {"RTMIN+1", 35},
      {"SIGRTMIN+3", 37}, {"rtmin+30", 64},   {"RTMAX", 64},    {"SIGRTMAX", 64}, {"RTMAX-0", 64},
      {"RTMAX-1", 63},    {"sigrtmax-2", 62}, {"RTMAX-30", 34},
  };
  for (const auto& each : cases) {
    CAPTURE(each.word);
    CHECK(parse_signal(each.word) == each.number);
  }
}

TEST_CASE("any other text is no signal") {
  const std::string cases[] = {
      "",           "SIG",
      "0",          "00",
      "65",         "99999999999999999999",
      "-1",         "-15",
      "+15",        "1.5",
      "0x0f",       "15 ",
      " 15",        "SIG15",
      "SIGSIGTERM", "TER",
      "TERMS",      "TERM ",
      " TERM",      "TERM\n",
      "TERM INT",   "HUP INT",
      "SIG TERM",   "SIGNAL",
      "RT",         "RTM",
      "RTMIN+31",   "RTMAX-31",
      "RTMIN-1",    "RTMAX+1",
      "RTMIN+",     "RTMAX-",
      "RTMIN+-1",   "RTMIN++1",
      "RTMIN3",     "RTMIN 3",
      "RTMIN+3x",   "RTMINX",
      "RTMAXX",     "RTMAX-99999999999999999999",
      "RTMIN+64",   "NONE",
      "\xff",       std::string("TERM\0", 5),
  };
  for (const auto& word : cases) {
    CAPTURE(word);
    CHECK(parse_signal(word) == 0);
  }
}

TEST_CASE("a signal without a standard name is shown in a form that is understood") {
  const Name cases[] = {
      {"signal 32", 32},  {"signal 33", 33},   {"SIGRTMIN", 34}, {"SIGRTMIN+1", 35},
      {"SIGRTMIN+3", 37}, {"SIGRTMIN+29", 63}, {"SIGRTMAX", 64},
  };
  for (const auto& [word, number] : cases) CHECK(name_of(number) == word);
}

TEST_CASE("the name shown of every signal that has one is understood as that signal") {
  for (int number = 1; number <= last_signal; ++number) {
    if (number == 32 || number == 33) continue;
    CAPTURE(number);
    CHECK(parse_signal(name_of(number)) == number);
  }
}

TEST_CASE("a signal set is the kernel's: signal n is bit n - 1") {
  CHECK(SignalSet().bits() == 0);
  for (int number = 1; number <= last_signal; ++number) {
    CAPTURE(number);
    SignalSet set;
    CHECK_FALSE(set.contains(number));
    CHECK(set.add(number).bits() == std::uint64_t{1} << static_cast<unsigned>(number - 1));
    for (int other = 1; other <= last_signal; ++other) CHECK(set.contains(other) == (other == number));
    CHECK(SignalSet::all().contains(number));
  }
}

TEST_CASE("adding to a signal set keeps what is in it") {
  SignalSet set(SignalSet().add(1).bits());
  set.add(64).add(64).add(33);
  CHECK(set.bits() == 0x8000'0001'0000'0001U);
}
