#include "session.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "looks.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// Only a failure waits that long.
std::chrono::seconds time_limit() {
  constexpr int usual_seconds = 30;
  const char* const text = std::getenv("TERMINALS_LIMIT");
  const int seconds = text == nullptr ? usual_seconds : std::atoi(text);
  if (seconds <= 0) throw std::runtime_error("TERMINALS_LIMIT must be a number of seconds from 1 on");
  return std::chrono::seconds(seconds);
}

// As /proc tells it.
std::string name_of_init() {
  constexpr std::size_t longest = 15;
  return init_binary().substr(init_binary().rfind('/') + 1).substr(0, longest);
}

// The outermost init, but the innermost command: a shell or another PID 1 above it may have its name.
pid_t find_below(pid_t root, const std::string& name) {
  pid_t found = 0;
  for (const pid_t pid : looks::family(root)) {
    if (name.empty() && looks::name_of(pid) == name_of_init()) return pid;
    if (!name.empty() && looks::name_of(pid) == name) found = pid;
  }
  return found;
}

}  // namespace

Session::Session(const Way& way, const Words& command)
    : way_(way), processes_(start_of(way, command, terminal_.name())) {
  if (!has_shell(way_)) return;
  wait_for_prompt();
  shell_ = find(way_.leader == Leader::dash ? "dash" : "bash");
  settings_ = expand("$(stty -g)");
  if (!command.empty()) type(typed(way_, command));
}

Session::Session(const Way& way) : Session(way, Words{}) {}

std::string Session::read_until(const std::string& text) {
  const auto end = Clock::now() + time_limit();
  auto found = unread_.find(text);
  while (found == std::string::npos) {
    if (Clock::now() > end) give_up("waited in vain to read \"" + text + "\"");
    const std::string more = terminal_.receive();
    unread_ += more;
    transcript_ += more;
    found = unread_.find(text);
  }
  const std::string before = unread_.substr(0, found);
  unread_.erase(0, found + text.size());
  return before;
}

void Session::wait_until(const std::string& what, const std::function<bool()>& holds) {
  const auto end = Clock::now() + time_limit();
  while (!holds()) {
    if (Clock::now() > end) give_up("waited in vain for " + what);
    const std::string more = terminal_.receive();
    unread_ += more;
    transcript_ += more;
  }
}

std::string Session::ask(const std::string& line) {
  type(line);
  return read_until(prompt);
}

std::string Session::expand(const std::string& expression) {
  type("echo \"{{" + expression + "}}\"");
  wait_for("{{");
  const std::string value = read_until("}}");
  wait_for_prompt();
  return value;
}

void Session::check_echo(const std::string& line) {
  type(line);
  CHECK(read_line() == line);
}

pid_t Session::find(const std::string& name) {
  pid_t found = 0;
  wait_until(name.empty() ? "the init" : name, [&] {
    found = find_below(processes_.namespace_pid1(), name);
    return found != 0;
  });
  return found;
}

bool Session::is_there(const std::string& name) { return find_below(processes_.namespace_pid1(), name) != 0; }

void Session::wait_until_stopped(pid_t pid) {
  wait_until(looks::name_of(pid) + " to be stopped", [pid] { return looks::is_stopped(pid); });
}

void Session::wait_until_job_stopped() {
  wait_until("all of the job to be stopped", [this] {
    const std::vector<pid_t> job = looks::family(shell_);
    return std::all_of(job.begin() + 1, job.end(), looks::is_stopped);
  });
}

void Session::wait_until_in_charge() {
  wait_until("the job to be in the foreground", [this] {
    const bool shell_waits = !looks::is_in_foreground(shell_) && proc::blocked_in(shell_) == SYS_wait4;
    const std::vector<pid_t> job = looks::family(shell_);
    // Each hands on to the next one below it: in that order nothing can slip by.
    return shell_waits && std::all_of(job.begin() + 1, job.end(), looks::is_at_rest);
  });
}

void Session::wait_until_settled(pid_t pid, std::uint64_t switches) {
  wait_until(looks::name_of(pid) + " to have done what there was to do",
             [pid, switches] { return proc::context_switches(pid) > switches && looks::is_at_rest(pid); });
}

void Session::change_settings(const std::string& words) {
  ask("stty " + words);
  settings_ = expand("$(stty -g)");
}

void Session::check_shell_has_terminal() {
  CHECK(looks::is_in_foreground(shell_));
  CHECK(expand("$(stty -g)") == settings_);
}

int Session::status() {
  if (!has_shell(way_)) return exit_code();
  wait_for_prompt();
  const std::string value = expand("$?");
  check_shell_has_terminal();
  return std::stoi(value);
}

void Session::give_up(const std::string& what) {
  std::ostringstream text;
  text << what << "; processes:";
  for (const pid_t pid : looks::family(processes_.namespace_pid1())) {
    const auto process = proc::look_at(pid);
    text << " " << looks::name_of(pid) << " " << pid << " " << process.state << " group " << process.group
         << " foreground " << looks::foreground_of(pid) << ",";
  }
  text << " on the terminal: \"" << transcript_ << "\"";
  throw std::runtime_error(text.str());
}

void in_each(const std::vector<Way>& ways, const std::function<void(const Way&)>& visit) {
  for (const auto& way : ways) {
    INFO(way.name);
    visit(way);
  }
}

void bring_back(Session& session, const std::string& command) {
  session.type("fg");
  session.wait_for(command);
  session.read_line();
}

void stop_by_key(Session& session, const std::string& command) {
  session.press(ctrl_z);
  session.wait_for_prompt();
  // The shell may have seen another one of its job stop first.
  session.wait_until_stopped(session.find(command));
  session.wait_until_stopped(session.find_init());
  session.check_shell_has_terminal();
}

void check_stopped(Session& session, const std::string& command, const std::string& reason) {
  const pid_t pid = session.find(command), init = session.find_init();
  session.wait_until_job_stopped();
  CHECK(session.ask("jobs -l").find("Stopped (" + reason + ")") != std::string::npos);
  const auto switches = proc::context_switches(pid), init_switches = proc::context_switches(init);
  session.check_shell_has_terminal();
  CHECK(session.ask("read x; echo got $x\nfor the shell") == "got for the shell\n");
  CHECK(looks::is_stopped(pid));
  CHECK(proc::context_switches(pid) == switches);
  CHECK(looks::is_stopped(init));
  CHECK(proc::context_switches(init) == init_switches);
}
