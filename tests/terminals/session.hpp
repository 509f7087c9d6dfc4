// A person at a terminal: what is typed, what is read, and what the processes behind it do.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "terminal.hpp"
#include "ways.hpp"

class Session {
 public:
  // With a shell it is at its prompt, and `command` is typed into it; else the init runs it.
  Session(const Way& way, const Words& command);
  // A shell at its prompt, and nothing else yet.
  explicit Session(const Way& way);

  void type(const std::string& line) { terminal_.send(line + "\n"); }
  void press(const std::string& key) { terminal_.send(key); }
  void resize(unsigned short rows, unsigned short columns) { terminal_.resize(rows, columns); }
  void hang_up() { terminal_.hang_up(); }
  [[nodiscard]] const std::string& terminal_name() const { return terminal_.name(); }

  // Each waits, and throws when that does not come. What was read before counts no more.
  std::string read_until(const std::string& text);  // what comes before it
  std::string read_line() { return read_until("\n"); }
  void wait_for(const std::string& text) { (void)read_until(text); }
  void wait_for_prompt() { wait_for(prompt); }
  [[nodiscard]] bool is_prompted() const { return unread_.find(prompt) != std::string::npos; }
  void wait_until(const std::string& what, const std::function<bool()>& holds);
  // A line into the shell, and what it prints until the next prompt.
  std::string ask(const std::string& line);
  // What the shell makes of an expression. Its notices of jobs, or the last words of an init, may stand on either side.
  std::string expand(const std::string& expression);
  // The line comes back from a cat: it reads the terminal, in the foreground.
  void check_echo(const std::string& line);

  // The process of that name; "" is the init. Waits for it.
  pid_t find(const std::string& name);
  pid_t find_init() { return find(""); }
  [[nodiscard]] bool is_there(const std::string& name);  // "" is the init
  void wait_until_stopped(pid_t pid);
  void wait_until_job_stopped();  // all that is below the shell
  // The job runs, and the foreground is no longer the shell's: the command's group has it, or the init's. The shell and
  // all inits wait, so that no CONT is under way any more: the kernel takes it for the end of a stop that is pending.
  void wait_until_in_charge();
  // It has run since it had slept or been put aside `switches` times, and has nothing left to do.
  void wait_until_settled(pid_t pid, std::uint64_t switches);

  // By stty(1): the shell's terminal is to be like that from now on.
  void change_settings(const std::string& words);
  // The shell has the terminal, as it left it.
  void check_shell_has_terminal();
  // Waits for the init's end: its exit status, as a shell counts. The shell prompts, and has its terminal as before.
  int status();
  // Without a shell: the end of the session's leader.
  int exit_code() { return processes_.exit_code(); }

 private:
  [[noreturn]] void give_up(const std::string& what);

  Way way_;
  Terminal terminal_;
  Init processes_;
  pid_t shell_ = 0;  // the one that prompts
  std::string unread_;
  std::string transcript_;  // all that was ever read
  std::string settings_;    // of the shell's terminal: stty -g
};

// What the test does in each of these ways; a failure names the way.
void in_each(const std::vector<Way>& ways, const std::function<void(const Way&)>& visit);

// fg, and what the shell says then: the line of the job, with `command` in it.
void bring_back(Session& session, const std::string& command);

// Ctrl-Z in front of a shell: its prompt comes, the terminal is its own, init and command are stopped.
void stop_by_key(Session& session, const std::string& command);

// The whole job is stopped, and remains so; the shell names the reason, as for a job without an init, and has its
// terminal.
void check_stopped(Session& session, const std::string& command, const std::string& reason);
