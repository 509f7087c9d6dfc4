#include "observe.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <regex>
#include <sstream>

#include "files.hpp"

namespace {

Start start_of(const Trial& trial, const Words& command) {
  Words environment{"PATH=/usr/bin:/bin"};
  return {.words = trial.options + command, .environment = environment + trial.environment, .init = trial.init};
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string kind_of(const std::string& text) {
  if (text.empty()) return "nothing";
  if (has(text, "Copyright")) return "a licence";
  if (has(text, "sage")) return "its usage";
  return std::regex_match(text, std::regex(".*[ v][0-9]+\\.[0-9]+\\.[0-9]+.*\n?")) ? "its version" : "something";
}

// A refusal is a message with or without a usage.
std::string answer_to(const Start& start) {
  Init init(start);
  const std::string output = init.all_output();
  const std::string errors = init.all_errors();
  const int code = init.exit_code();
  const bool refused = code == 1 && output.empty() && !errors.empty();
  if (refused) return "refused";
  return "exit " + std::to_string(code) + ", stdout " + kind_of(output) + ", stderr " + kind_of(errors);
}

// Of all that are pending the kernel delivers the one with the highest number last.
constexpr int mark = 64;

// What comes before so many lines tell of the mark.
std::string gathered(Init& init, int left) {
  Words lines;
  while (left > 0) {
    const std::string line = init.read_line();
    if (has(line, " signal " + std::to_string(mark) + " ")) {
      --left;
    } else {
      lines.push_back(line.substr(0, line.find(" code")));
    }
  }
  std::sort(lines.begin(), lines.end());
  return joined(lines);
}

bool waits(pid_t init) {
  const long call = proc::blocked_in(init);
  return call == SYS_rt_sigtimedwait || call == SYS_poll || call == SYS_ppoll || call == SYS_read;
}

// It waits for the next signal, in the call that is its way, none is pending, and it did not run between the looks.
bool is_done(Init& init) {
  const pid_t pid = init.pid();
  const auto before = proc::context_switches(pid);
  if (!waits(pid) || proc::signal_set(pid, "ShdPnd") != 0 || proc::signal_set(pid, "SigPnd") != 0) return false;
  return waits(pid) && proc::context_switches(pid) == before;
}

// Each signal is followed by one that the test sends to both, which tells that there is no more to come.
std::string who_gets(const Trial& trial, const std::vector<int>& numbers) {
  Init init(start_of(trial, act("helper", "helper") + act("catch", "main")));
  for (int i = 0; i < 2; ++i) init.read_line();
  const pid_t main = init.command();
  const pid_t helper = proc::children(main).front();
  std::string text;
  for (const int number : numbers) {
    init.signal(number);
    init.wait_until("the signal to be taken", [&] { return is_done(init); });
    for (const pid_t pid : {main, helper}) ::kill(pid, mark);
    text += std::to_string(number) + ": [" + gathered(init, 2) + "] ";
  }
  return text;
}

bool line_of_state_is(const std::string& state, const std::string& line) {
  return has("\n" + state, "\n" + line + "\n");
}

}  // namespace

std::string alone(const Trial& trial) { return answer_to(start_of(trial, {})); }

std::string answers(const Trial& trial) { return answer_to(start_of(trial, act("exit", "7"))); }

std::string prints(const Trial& trial) {
  Init init(start_of(trial, trial.command));
  const std::string output = init.all_output();
  return "exit " + std::to_string(init.exit_code()) + ": " + (kind_of(output) == "a licence" ? "a licence" : output);
}

std::string ends(const Trial& trial) {
  Init init(start_of(trial, trial.command));
  return "exit " + std::to_string(init.exit_code());
}

std::string signals(const Trial& trial) {
  return who_gets(trial, {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT, SIGALRM, 34, 63});
}

std::string stop_signals(const Trial& trial) { return who_gets(trial, {SIGTSTP, SIGTTIN, SIGTTOU}); }

std::string fault_signals(const Trial& trial) {
  return who_gets(trial, {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS});
}

std::string own_groups(const Trial& trial) {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  Init init(start_of(trial, act("state", folder.path_of("state"))));
  if (init.exit_code() != 0) return "failed";
  const std::string state = folder.read("state");
  const std::string pid = std::regex_replace(state, std::regex("^[^]*\npid ([0-9]+)\n[^]*$"), "$1");
  return std::string(line_of_state_is(state, "group " + pid) ? "own group" : "no own group") +
         (line_of_state_is(state, "session " + pid) ? ", own session" : ", no own session");
}

std::string rest(const Trial& trial) {
  Start start = start_of(trial, act("helper", "helper") + act("catch", "main"));
  start.place = Place::inner;
  Init init(start);
  for (int i = 0; i < 2; ++i) init.read_line();
  const pid_t main = init.command();
  const pid_t helper = proc::children(main).front();
  ::kill(main, SIGKILL);
  init.wait();
  ::kill(helper, mark);
  const std::string lines = gathered(init, 1);
  return lines.empty() ? "left alone" : lines;
}

std::string orphans(const Trial& trial) {
  Start start = start_of(trial, act("orphan", "one", "exit", "3") + act("hold"));
  start.place = Place::inner;
  Init init(start);
  const pid_t main = init.command();
  init.read_line();
  init.read_line();
  init.wait_until("the orphan to be reaped", [&] {
    return proc::children(init.pid()) == std::vector{main} && proc::children(init.namespace_pid1()).size() == 1;
  });
  ::kill(main, SIGKILL);
  init.wait();
  return std::string(init.reaped_outside().empty() ? "reaped" : "left to PID 1") + ", stderr " +
         (init.all_errors().empty() ? "nothing" : "something");
}

std::string parent_dies(const Trial& trial) {
  Start start = start_of(trial, act("catch", "main"));
  start.before = act("parent");
  start.place = Place::inner;
  Init outer(start);
  outer.read_line();
  ::kill(outer.pid(), SIGKILL);
  const std::string line = outer.read_line();
  return line.substr(0, line.find(" code"));
}

std::string pauses(const Trial& trial) {
  std::string codes;
  for (const int number : {SIGTERM, SIGINT}) {
    Init init(start_of(trial, trial.command));
    init.wait_until("the pause or its end", [&] { return is_done(init) || proc::look_at(init.pid()).state == 'Z'; });
    for (const int ignored : {SIGHUP, SIGQUIT, SIGUSR1, SIGALRM, 34}) init.signal(ignored);
    init.signal(number);
    codes += "exit " + std::to_string(init.exit_code()) + ' ';
  }
  return codes;
}
