// Counts system calls with ptrace(2), as they are entered.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

// Of a process that is at rest. A tracer's interruption ends the wait of whoever it stops: what that costs is found out
// first, and not counted.
class CallCounter {
 public:
  // It runs, and is traced. Throws NotMeasured.
  explicit CallCounter(pid_t pid);

  // It stands still until run_until().
  void hold();

  // Lets it run, and returns once this is so.
  void run_until(const std::function<bool()>& condition, const std::string& what);

  [[nodiscard]] int count() const { return count_; }

 private:
  void handle(int status);

  pid_t pid_;
  bool held_ = false;
  int count_ = 0;
  int after_hold_ = 0;  // how many calls it makes only because it was held
};

struct StartCalls {
  int parent = 0;
  int child = 0;
};

// Of PID 1, after its own exec, up to and with the one that makes its child; and of that child, up to and with the exec
// of the command. What PID 1 does besides, while its child is on its way, is not counted: it makes nobody wait. PID 1
// is still before its exec, and `go` lets it go on.
StartCalls count_start_calls(pid_t init, const std::function<void()>& go);
