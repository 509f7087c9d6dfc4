// Starts the init under test in namespaces of its own, and watches it from outside.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "held_calls.hpp"
#include "pipe.hpp"
#include "proc.hpp"

using Words = std::vector<std::string>;

// What is tested, and the program that it runs: from FOSTER_BINARY and FOSTER_ACTOR. Options that every start gets
// first, such as one that forces a loop, stand in INIT_OPTIONS, separated by blanks.
const std::string& init_binary();
const std::string& actor();
const Words& init_options();

// {"a"} + {"b", "c"}
Words operator+(Words first, const Words& second);
// "a b c", to be shown.
std::string joined(const Words& words);
// The actor's words: act("exit", "3") is {"/…/actor", "exit", "3"}.
template <class... Word>
Words act(const Word&... words) {
  return {actor(), words...};
}

enum class Place {
  pid1,   // PID 1 of the new namespace
  inner,  // the child of another PID 1, `actor outer`, that reaps and tells of it
};

struct Start {
  Words words{};   // what stands after the init's name: options and the command
  Words before{};  // stands before it: actor words that end by executing the rest
  Words environment{"PATH=/usr/bin:/bin"};
  Place place = Place::pid1;
  std::string init{};                   // another one than init_binary(), which gets no init_options()
  bool bare = false;                    // without the init: `words` are executed themselves
  bool own_proc = true;                 // a fresh /proc; else there is none
  bool terminal = false;                // a new terminal as 0, 1 and 2, and the controlling one
  std::function<void()> before_exec{};  // in the launcher, the last thing before it executes
  std::vector<long> hold{};             // system calls to stop at their entry: see held_calls.hpp
};

class Init {
 public:
  // Returns when the init is executed (Place::inner: the outer PID 1). Throws if that cannot be done.
  explicit Init(const Start& start);
  Init(const Words& words) : Init(Start{.words = words}) {}
  ~Init();
  Init(const Init&) = delete;
  Init& operator=(const Init&) = delete;

  // As the test's own namespace counts.
  pid_t pid();
  pid_t namespace_pid1() const { return first_; }
  // The init's first child; waits for it.
  pid_t command();

  void signal(int number);
  void queue(int number, int value);

  // Each waits for what it returns, and throws when that does not come.
  std::string read_line() { return line_of(out_); }
  std::string read_error() { return line_of(err_); }
  std::string all_output() { return rest_of(out_); }
  std::string all_errors() { return rest_of(err_); }
  int wait();                                         // the wait status
  int exit_code();                                    // wait(), and it must have exited
  std::string report() { return line_of(reports_); }  // Place::inner: the next line of the outer PID 1
  // Place::inner: what the outer PID 1 reaped besides the init, until the init ended: "ended PID STATUS".
  [[nodiscard]] const Words& reaped_outside() const { return reaped_outside_; }

  void write(const std::string& text) const;
  [[nodiscard]] bool has_output();
  std::string drain_errors();  // what is there now
  // The test's side of the terminal.
  [[nodiscard]] int terminal() const { return out_.fd(); }

  HeldCall next_held();
  void let_go(const HeldCall& call) const { held_.let_go(call); }

  // Waits until `holds` does; the text says what for. What lasts for microseconds only wants no pause between two
  // looks.
  void wait_until(const std::string& what, const std::function<bool()>& holds, int pause_ms = 1);
  // Waits until the init sits in its wait, whichever of its loops it is in, with nothing pending.
  void wait_until_at_rest();
  // True if it does so now.
  bool is_at_rest();

 private:
  std::string line_of(Lines& lines);
  std::string rest_of(Lines& lines);
  void wait_readable(int fd, const std::string& what);
  void let_all_go();
  void read_started();
  void wait_for_exec(const Descriptor& failure, Descriptor& listener_socket);
  [[noreturn]] void give_up(const std::string& what);

  Place place_;
  pid_t first_ = -1;  // PID 1 of the namespace
  pid_t pid_ = -1;
  Descriptor first_handle_;
  Descriptor in_;
  Lines out_, err_, reports_;
  HeldCalls held_;
  std::string own_end_;  // how the line begins that tells of the init's end
  Words reaped_outside_;
  int status_ = -1;
};

// How often a race is run: RACE_RUNS, or 200.
int race_runs();

// AddressSanitizer's runtime cannot start without /proc.
bool init_is_sanitized();

// Says once that something was not tested, and why; main tells how many there were.
void skip(const std::string& why);
int count_skipped();

// Numbers 1 to 64 that can be sent and are forwarded: all but KILL, STOP and CHLD.
std::vector<int> forwarded_signals();
