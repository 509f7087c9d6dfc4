// Lines of /proc/PID/status in words, whatever process they are of.
#include <doctest/doctest.h>

#include "../unit/written.hpp"
#include "inspect/status_words.hpp"
#include "inspect/texts.hpp"

using namespace foster;

namespace {

struct Case {
  std::string line;
  std::string words;
};

std::string words_of(const std::string& line) {
  std::array<char, 4096> room{};
  Text rows(room);
  add_text(rows, Say::status_rows);
  return written([&](Text& text) { add_words(text, room.data(), line.c_str()); });
}

template <std::size_t count>
void check_words(const Case (&cases)[count]) {
  for (const auto& each : cases) {
    CAPTURE(each.line);
    CHECK(words_of(each.line) == each.words);
    CHECK(words_of(each.line + "\nName: x\n") == each.words);
  }
}

}  // namespace

TEST_CASE("a field is explained by its name") {
  check_words({
      {"Name: Pid: 1", "its name"},
      {"Pid: 7", "its number"},
      {"PPid: 7", "its parent"},
      {"untag_mask: 0xffffffffffffffff", "bits of an address that count"},
      {"Cpus_allowed: 3", "CPUs that it may use"},
      {"Cpus_allowed_list: 0-1", "CPUs that it may use"},
      {"oom_score_adj", "-1000: never killed"},
      {"oom_score", "the highest is killed first when memory is out"},
  });
}

TEST_CASE("a state that there is more to say about is explained by itself") {
  check_words({
      {"State: S (sleeping)", "what it does"},
      {"State: D (disk sleep)", "no signal wakes it"},
      {"State: T (stopped)", "stopped until CONT"},
      {"State: Z (zombie)", "ended, not waited for"},
  });
}

TEST_CASE("a field that is not known is said to be so") {
  for (const char* const line : {"NoSuchField: 1", "Pi: 1", "Pids: 1", "ppid: 1", "", "x", "=", "CHOWN", "Name"}) {
    CAPTURE(line);
    CHECK(words_of(line) == "not known to this version");
  }
}

TEST_CASE("signals are named, or those that are not in the set") {
  check_words({
      {"SigPnd: 0000000000000000", "pending for this thread: none"},
      {"ShdPnd: 0000000000004000", "pending for the process: SIGTERM"},
      {"SigBlk: fffffffffffbfeff", "blocked: all but SIGKILL SIGSTOP"},
      {"SigIgn: ffffffffffffffff", "ignored: all"},
      {"SigCgt: 0000001280010001", "with a handler: SIGHUP SIGCHLD signal 32 SIGRTMIN SIGRTMIN+3"},
      {"SigCgt: 7800000000000000", "with a handler: SIGRTMIN+26 SIGRTMIN+27 SIGRTMIN+28 SIGRTMIN+29"},
  });
}

TEST_CASE("capabilities are named, and those that have come since are numbers") {
  check_words({
      {"CapInh: 0000000000000000", "kept at exec if the file says so: none"},
      {"CapPrm: 000001ffffffffff", "may be in force: all"},
      {"CapEff: 000001fffeffffff", "in force: all but SYS_RESOURCE"},
      {"CapBnd: 0000000000000401", "the most that exec can bring: CHOWN NET_BIND_SERVICE"},
      {"CapAmb: 00000e0000000001", "kept at exec: CHOWN 41 42 43"},
      {"CapAmb: 0000030000000000", "kept at exec: CHECKPOINT_RESTORE 41"},
  });
  const auto more_than_all = words_of("CapPrm: 000003ffffffffff");
  CHECK(more_than_all.find(": CHOWN DAC_OVERRIDE ") != std::string::npos);
  CHECK(more_than_all.find(" BPF CHECKPOINT_RESTORE 41") != std::string::npos);
}
