#include "policy/signals.hpp"

namespace foster {

namespace {

// In the order of their numbers, which are the same on every architecture that foster is built for.
constexpr char names[] =
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT "
    "CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS";
static_assert(SIGBUS == 7 && SIGUSR1 == 10 && SIGSTKFLT == 16 && SIGCHLD == 17 && SIGURG == 23 && SIGSYS == 31);

constexpr char other_names[] = "IOT CLD POLL";
constexpr std::int8_t other_numbers[] = {SIGABRT, SIGCHLD, SIGIO};

bool take_prefix(std::string_view& word, std::string_view prefix) {
  if (word.size() < prefix.size() || !same_word({word.data(), prefix.size()}, prefix)) return false;
  word.remove_prefix(prefix.size());
  return true;
}

// "", or the sign of `step` and an offset, from `first` on within the real-time signals; 0 for any other text.
int parse_realtime(std::string_view rest, int first, int step) {
  if (rest.empty()) return first;
  if (rest.front() != (step > 0 ? '+' : '-')) return 0;
  rest.remove_prefix(1);
  const int offset = parse_number(rest, last_signal - first_realtime_signal);
  return offset < 0 ? 0 : first + step * offset;
}

}  // namespace

int parse_signal(std::string_view word) {
  if (const int number = parse_number(word, last_signal); number >= 0) return number;
  take_prefix(word, "SIG");
  if (const int place = find_word(names, word); place >= 0) return place + 1;
  if (const int place = find_word(other_names, word); place >= 0) return other_numbers[place];
  if (take_prefix(word, "RTMIN")) return parse_realtime(word, first_realtime_signal, 1);
  return take_prefix(word, "RTMAX") ? parse_realtime(word, last_signal, -1) : 0;
}

Text& add_signal(Text& text, int number) {
  if (number <= SIGSYS) return text.add("SIG").add(word_at(names, number - 1));
  if (number < first_realtime_signal) return text.add("signal ").number(number);
  if (number == last_signal) return text.add("SIGRTMAX");
  text.add("SIGRTMIN");
  return number == first_realtime_signal ? text : text.add('+').number(number - first_realtime_signal);
}

}  // namespace foster
