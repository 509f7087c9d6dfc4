// Follows an init and its child through their system calls, and makes one of them fail or come late.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

enum class Phase {
  set_up,  // the init, until it has a child
  child,   // the child, until its exec
  loop,    // the init, from then on
};

struct Call {
  Phase phase;
  long number;
  int occurrence;  // of this call in this phase, from 1
};

constexpr int late = 0;  // in place of an error: the call is made, but late

struct Fault {
  Call at;
  int error;
  bool stays;  // every later call of that number fails as well, in whatever phase the same process is
};

class Tracer {
 public:
  // The process waits for its exec into the init; it is traced from here on.
  Tracer(pid_t init, std::optional<Fault> fault);

  // Handles all that the kernel has to tell now.
  void handle_stops();

  [[nodiscard]] bool has_ended() const { return ended_; }
  [[nodiscard]] int status() const { return status_; }
  // The signal of a fault in the init itself, or 0. The kernel kills no traced PID 1 for it, so it is told apart here.
  [[nodiscard]] int crash() const { return crash_; }
  [[nodiscard]] bool was_injected() const { return injections_ > 0; }
  [[nodiscard]] int calls_of_init() const { return calls_of_init_; }
  // Every call that can fail, in its order.
  [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }

 private:
  void handle(pid_t pid, int status);
  void handle_event(pid_t pid, int event);
  void handle_signal(pid_t pid, int number);
  void handle_call(pid_t pid);
  void enter(pid_t pid, long number);
  [[nodiscard]] bool fails(pid_t pid, const Call& call) const;
  [[nodiscard]] Phase phase_of(pid_t pid) const;

  pid_t init_;
  std::optional<Fault> fault_;
  bool executed_ = false;   // the init itself
  bool gate_open_ = false;  // libc's start-up lies behind
  bool has_child_ = false;
  bool ended_ = false;
  int status_ = 0;
  int crash_ = 0;
  int injections_ = 0;
  int calls_of_init_ = 0;
  std::map<std::pair<Phase, long>, int> counts_;
  std::map<pid_t, bool> failing_;  // who is in a call that fails
  std::vector<Call> calls_;
};
