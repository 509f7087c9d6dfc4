#include "policy/signals.hpp"

namespace foster {

namespace {

using namespace std::string_view_literals;  // their lengths are known without counting

// In the order of their numbers, which are the same on every architecture that foster is built for; then their other
// names.
constexpr char names[] =
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT "
    "CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS "
    "IOT CLD POLL";
static_assert(SIGBUS == 7 && SIGUSR1 == 10 && SIGSTKFLT == 16 && SIGCHLD == 17 && SIGURG == 23 && SIGSYS == 31);

constexpr std::int8_t other_numbers[] = {SIGABRT, SIGCHLD, SIGIO};

// What follows `prefix`, in any case; no data where `word` does not begin with it.
std::string_view behind_any_case(std::string_view word, std::string_view prefix) {
  if (word.size() < prefix.size() || !same_word({word.data(), prefix.size()}, prefix)) return {};
  return {word.data() + prefix.size(), word.size() - prefix.size()};
}

// "", or `sign` and an offset, from `first` on within the real-time signals; 0 for any other text.
int parse_realtime(std::string_view rest, int first, char sign) {
  if (rest.empty()) return first;
  if (rest.front() != sign) return 0;
  const int offset = parse_number({rest.data() + 1, rest.size() - 1}, last_signal - first_realtime_signal);
  if (offset < 0) return 0;
  return sign == '+' ? first + offset : first - offset;
}

Text& add_name(Text& text, int number) {
  const char* at = names;
  for (; number > 1; ++at) number -= *at == ' ' ? 1 : 0;
  for (; *at > ' '; ++at) text.add(*at);
  return text;
}

}  // namespace

int parse_signal(std::string_view word) {
  if (const int number = parse_number(word, last_signal); number >= 0) return number;
  std::string_view rest = behind_any_case(word, "SIG"sv);
  if (rest.data() != nullptr) word = rest;
  if (const int place = find_word(names, word); place >= 0)
    return place < SIGSYS ? place + 1 : other_numbers[place - SIGSYS];
  rest = behind_any_case(word, "RTMIN"sv);
  if (rest.data() != nullptr) return parse_realtime(rest, first_realtime_signal, '+');
  rest = behind_any_case(word, "RTMAX"sv);
  return rest.data() != nullptr ? parse_realtime(rest, last_signal, '-') : 0;
}

Text& add_signal(Text& text, int number) {
  const int offset = number - first_realtime_signal;
  if (number > SIGSYS && offset < 0) return text.add("signal ").number(number);
  text.add("SIG");
  if (offset < 0) return add_name(text, number);
  if (number == last_signal) return text.add("RTMAX");
  text.add("RTMIN");
  return offset == 0 ? text : text.add('+').number(offset);
}

}  // namespace foster
