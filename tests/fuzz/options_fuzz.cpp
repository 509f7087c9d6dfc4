// A command line and an environment of any bytes. The input is words with a zero byte between them; a word "|" ends
// argv and begins the environment.
#include <algorithm>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "command_line/options.hpp"

namespace {

using namespace foster;
using Kind = UsageError::Kind;

// As execve(2) hands them over. Each word has memory of exactly its size, so that AddressSanitizer sees a look behind
// it.
class WordList {
 public:
  void add(std::string_view word) {
    words_.emplace_back(word.begin(), word.end());
    words_.back().push_back('\0');
    words_.back().shrink_to_fit();
  }
  std::vector<char*> pointers() {
    std::vector<char*> all;
    for (auto& word : words_) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
  }
  bool operator==(const WordList&) const = default;

 private:
  std::vector<std::vector<char>> words_;
};

struct Input {
  WordList arguments;
  WordList environment;
};

Input split(std::string_view text) {
  Input input;
  bool in_environment = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\0'), text.size());
    const auto word = text.substr(0, end);
    if (word == "|" && !in_environment) {
      in_environment = true;
    } else {
      (in_environment ? input.environment : input.arguments).add(word);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return input;
}

bool same_end(const Options& a, const Options& b) {
  return a.wait == b.wait && a.wait_ms == b.wait_ms && a.kill_after_ms == b.kill_after_ms &&
         a.termination_log == b.termination_log && a.target_by_variable == b.target_by_variable;
}

bool same_lists(const Options& a, const Options& b) {
  bool same = a.exit_zero_forwarded == b.exit_zero_forwarded && a.stop_signals.bits() == b.stop_signals.bits();
  for (int signal = 1; signal <= last_signal; ++signal) same = same && a.rewrites.of(signal) == b.rewrites.of(signal);
  for (int code = 0; code <= 255; ++code) same = same && a.exit_zero.contains(code) == b.exit_zero.contains(code);
  return same;
}

bool same(const Options& a, const Options& b) {
  return a.mode == b.mode && a.target == b.target && a.subreaper == b.subreaper && a.reaper == b.reaper &&
         a.verbosity == b.verbosity && a.report_orphans == b.report_orphans && a.session == b.session &&
         a.failure_status == b.failure_status && a.parent_death_signal == b.parent_death_signal && same_end(a, b) &&
         same_lists(a, b) && a.command == b.command;
}

bool same(const UsageError& a, const UsageError& b) {
  return a.kind == b.kind && a.in_environment == b.in_environment && a.letter == b.letter &&
         std::string_view(a.name) == b.name && std::string_view(a.value) == b.value && a.allowed == b.allowed;
}

bool is_under_own_name(const Parsed& parsed) { return parsed.personality.options.empty(); }

void check_ranges(const Parsed& parsed) {
  const Options& options = parsed.options;
  promise(options.mode <= Mode::license, "the mode is one of those there are");
  promise(options.target <= Target::all, "the target is one of those there are");
  promise(options.subreaper <= Subreaper::not_unasked, "the subreaper's switch is one of those there are");
  promise(options.reaper <= Reaper::init, "who reaps is one of those there are");
  promise(options.verbosity <= Level::debug, "the verbosity is one of those there are");
  promise(options.wait_ms >= -1 && options.kill_after_ms >= -1, "a time is none, or some");
  promise(options.wait || options.wait_ms == -1, "who does not wait has no time to wait");
  promise(options.stop_signals.contains(SIGTERM), "TERM asks for the end, whatever else does");
  promise(options.termination_log == nullptr || options.termination_log[0] == '/', "a log is an absolute path");
  for (const int number : {SIGKILL, SIGSTOP}) {
    promise(!is_under_own_name(parsed) || options.rewrites.of(number) == number, "what never arrives is not rewritten");
  }
  const int signal = options.parent_death_signal;
  promise(signal >= 0 && signal <= last_signal, "the parent's death is told by a signal that there is");
  promise(!is_under_own_name(parsed) || (signal != SIGKILL && signal != SIGSTOP && signal != SIGCHLD),
          "the parent's death is told by a signal that can be handed on");
}

void check_line(const Parsed& parsed) {
  const UsageError& error = parsed.error;
  constexpr std::size_t longest = 1024;
  std::vector<char> room(4 * longest);
  Text line(room);
  explain(line, parsed);
  promise(!line.view().empty(), "a usage error has its line");
  promise(line.view().size() <= longest, "the line of a usage error is within 1 KB");
  const bool one_line = std::ranges::none_of(line.view(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
  promise(one_line, "the line of a usage error has no control characters");
  promise(error.kind == Kind::no_command || error.in_environment || line.view().find('-') != std::string_view::npos,
          "the line of a usage error names the option");
}

void check_command(const Options& options, std::vector<char*>& arguments) {
  const std::span words(arguments);
  const auto place = options.command - words.data();
  promise(place >= 1 && place < std::ssize(words) - 1, "the command is a word of argv, not the program's name");
  const char* const before = words[static_cast<std::size_t>(place) - 1];
  const bool is_option = *options.command[0] == '-' && options.command[0][1] != '\0';
  promise(!is_option || before == std::string_view("--"),
          "options end at the first word that is not one, or behind --");
}

void check(const Parsed& parsed, std::vector<char*>& arguments) {
  if (parsed.error.kind != Kind::none) {
    const Mode mode = parsed.options.mode;
    promise(mode < Mode::help, "what is asked for is shown, or there is an error, never both");
    return check_line(parsed);
  }
  // What only an answer leaves unread may be anything: a bad variable is no reason to refuse the help.
  const Mode mode = parsed.options.mode;
  if (mode < Mode::help) check_ranges(parsed);
  if (mode == Mode::run) {
    promise(parsed.options.command != nullptr && *parsed.options.command != nullptr, "no error means a command to run");
    check_command(parsed.options, arguments);
  } else {
    promise(parsed.options.command == nullptr, "what is asked for is shown, or a command is run, never both");
  }
}

// The same words behind "--": always a command, whatever they look like.
void check_behind_dashes(const std::vector<char*>& arguments) {
  if (arguments.size() < 3) return;
  char name[] = "foster";
  char dashes[] = "--";
  std::vector<char*> words{name, dashes};
  words.insert(words.end(), arguments.begin() + 1, arguments.end());
  char* no_environment = nullptr;
  Parsed parsed;
  parse_options(words.data(), &no_environment, parsed);
  promise(parsed.error.kind == Kind::none && parsed.options.command == words.data() + 2,
          "behind -- everything is the command");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input = split({reinterpret_cast<const char*>(data), size});
  const Input before = input;
  auto arguments = input.arguments.pointers();
  const auto environment = input.environment.pointers();
  const auto pointers_before = arguments;

  Parsed parsed;
  parse_options(arguments.data(), environment.data(), parsed);
  check(parsed, arguments);

  promise(!is_under_own_name(parsed) || arguments == pointers_before, "argv keeps its order");
  promise(input.arguments == before.arguments && input.environment == before.environment,
          "no word of argv or of the environment is changed");

  // Under tini's name a "--" behind the command has been taken away.
  arguments = pointers_before;
  Parsed again;
  parse_options(arguments.data(), environment.data(), again);
  promise(same(parsed.options, again.options) && same(parsed.error, again.error), "the same words mean the same");
  check_behind_dashes(arguments);
  return 0;
}
