#include "course.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "one_line.hpp"

namespace {

constexpr int exit_start_failed = 125;
constexpr int exit_not_prepared = 98;
constexpr char first_word_of_command[] = "orphan ";
constexpr std::array some_signals{SIGUSR1, SIGHUP, SIGUSR2, SIGINT, SIGTERM};

bool has_ended(Init& init) {
  const char state = proc::look_at(init.pid()).state;
  return state == 0 || state == 'Z';
}

bool is_ready(pid_t pid) {
  return proc::read(pid, "comm") == "actor\n" && (proc::signal_set(pid, "SigCgt") >> (SIGTERM - 1) & 1) != 0;
}

pid_t ready_child(Init& init) {
  for (const pid_t child : proc::children(init.pid())) {
    if (is_ready(child)) return child;
  }
  return 0;
}

}  // namespace

bool is_peer() { return std::getenv("HOSTILE_PEER") != nullptr; }

Start verbose(Start start) {
  const char* const options = std::getenv("HOSTILE_VERBOSE");
  const char* const variable = std::getenv("HOSTILE_VARIABLE");
  std::istringstream all(options != nullptr ? options : "-vvv -w");
  Words words;
  for (std::string word; all >> word;) words.push_back(word);
  start.words = words + start.words;
  if (variable != nullptr) start.environment.emplace_back(variable);
  return start;
}

Words usual_command() { return act("orphan", "one", "exit", "3") + plain_command(); }

Words plain_command() { return act("on-term", std::to_string(code_at_term)); }

void must(bool done, const char* what) {
  if (done) return;
  std::perror(what);
  ::_exit(exit_not_prepared);
}

std::string end_of(Init& init) {
  const int status = init.wait();
  return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status))
                           : "killed by signal " + std::to_string(WTERMSIG(status));
}

void wait_while_alive(Init& init, const std::string& what, const std::function<bool()>& holds, int pause_ms) {
  bool ended = false;
  const auto holds_or_ended = [&] { return holds() || (ended = has_ended(init)); };
  init.wait_until(what, holds_or_ended, pause_ms);
  if (ended) throw std::runtime_error("it ended (" + end_of(init) + "), waited in vain for " + what);
}

pid_t wait_for_command(Init& init) {
  pid_t command = 0;
  wait_while_alive(init, "the command to run", [&] { return (command = ready_child(init)) != 0; });
  return command;
}

void wait_until_idle(Init& init) {
  constexpr int between_looks_ms = 50;
  std::uint64_t before = 0;
  const auto slept = [&] {
    const auto now = proc::context_switches(init.pid());
    return std::exchange(before, now) == now && proc::look_at(init.pid()).state == 'S';
  };
  wait_while_alive(init, "the init to sleep", slept, between_looks_ms);
}

void check_usual_course(Init& init, const std::function<void(pid_t)>& look) {
  const pid_t command = wait_for_command(init);
  wait_while_alive(init, "all others to be reaped", [&] { return proc::children(init.pid()) == std::vector{command}; });
  wait_until_idle(init);
  look(command);
  init.signal(SIGTERM);
  const std::string end = end_of(init);
  CHECK_MESSAGE(end == "exit " + std::to_string(code_at_term), "the command's code is 42, the init's end: " << end);
}

void check_works(Start start, const std::function<void(pid_t)>& look) {
  start.words = start.words + usual_command();
  Init init(start);
  check_usual_course(init, look);
}

void check_refused(Init& init, int code, const Words& parts) {
  const std::string end = end_of(init);
  const bool is_right = code == 0 ? end != "exit 0" : end == "exit " + std::to_string(code);
  CHECK_MESSAGE(is_right, end);
  // On a terminal messages are output, too.
  const std::string text = init.all_output() + init.all_errors();
  CHECK_MESSAGE(text.find(first_word_of_command) == std::string::npos, "the command was run");
  CHECK_MESSAGE(!text.empty(), "no message");
  if (is_peer()) return;
  check_one_line(text, parts);
}

void check_start_refused(Init& init, const Words& parts) {
  check_refused(init, is_peer() ? 0 : exit_start_failed, parts);
}

bool check_works_or_is_refused(Start start) {
  start.words = start.words + usual_command();
  Init init(start);
  init.wait_until("the command to run, or the init to refuse",
                  [&] { return ready_child(init) != 0 || has_ended(init); });
  const bool is_refused = has_ended(init);
  if (is_refused) {
    check_start_refused(init);
  } else {
    check_usual_course(init);
  }
  return !is_refused;
}

void check_signals_arrive(Init& init) {
  for (const int number : some_signals) {
    INFO("signal " << number);
    init.signal(number);
    const std::string line = init.read_line();
    CHECK_MESSAGE(line.rfind("main signal " + std::to_string(number) + " ", 0) == 0,
                  "instead the command got: " << line);
  }
}
