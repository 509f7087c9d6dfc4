#include "call_counter.hpp"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "errors.hpp"
#include "launcher.hpp"
#include "observe.hpp"

namespace {

constexpr std::uint64_t settled_ns = 50'000'000;
constexpr int call_stop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

long ptrace_call(long request, pid_t pid, unsigned long address, const void* data) {
  return ::syscall(SYS_ptrace, request, pid, address, data);
}

const void* as_data(long value) { return reinterpret_cast<const void*>(value); }

void seize(pid_t pid, long options) {
  if (ptrace_call(PTRACE_SEIZE, pid, 0, as_data(PTRACE_O_TRACESYSGOOD | options)) < 0) not_measured("no ptrace");
}

bool is_call_stop(int status) { return status >> 8 == call_stop; }

bool enters_call(pid_t pid) {
  __ptrace_syscall_info info{};
  if (ptrace_call(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) < 0) not_measured("PTRACE_GET_SYSCALL_INFO");
  return info.op == PTRACE_SYSCALL_INFO_ENTRY;
}

// With the signal that it was stopped for, if any.
void resume(pid_t pid, int status) {
  const bool for_signal = status >> 16 == 0 && !is_call_stop(status);
  (void)ptrace_call(PTRACE_SYSCALL, pid, 0, as_data(for_signal ? WSTOPSIG(status) : 0));
}

class StartCounter {
 public:
  explicit StartCounter(pid_t init) : init_(init) {}

  [[nodiscard]] bool command_runs() const { return command_runs_; }
  [[nodiscard]] StartCalls calls() const { return calls_; }

  void handle(pid_t pid, int status) {
    if (!WIFSTOPPED(status)) {
      if (pid == init_) throw NotMeasured("it ended before its command ran");
      return;
    }
    const int event = status >> 16;
    if (event == PTRACE_EVENT_EXEC) {
      init_runs_ = true;
      command_runs_ = pid != init_;
    } else if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE) {
      has_child_ = has_child_ || pid == init_;
    } else if (is_call_stop(status) && enters_call(pid)) {
      count(pid);
    }
    if (command_runs_) {
      // Its end is to wait for nobody but PID 1.
      (void)ptrace_call(PTRACE_DETACH, pid, 0, nullptr);
    } else {
      resume(pid, status);
    }
  }

 private:
  void count(pid_t pid) {
    if (!init_runs_) return;
    if (pid != init_) {
      ++calls_.child;
    } else if (!has_child_) {
      ++calls_.parent;
    }
  }

  pid_t init_;
  bool init_runs_ = false;
  bool has_child_ = false;
  bool command_runs_ = false;
  StartCalls calls_;
};

}  // namespace

CallCounter::CallCounter(pid_t pid) : pid_(pid) {
  seize(pid, 0);
  hold();
  // It may rest between two of them as well.
  run_until(
      [this, count = -1, since = now_ns()]() mutable {
        if (count_ != count) since = now_ns();
        count = count_;
        return is_at_rest(pid_) && now_ns() - since > settled_ns;
      },
      "PID 1 at rest");
  after_hold_ = count_;
  count_ = 0;
}

void CallCounter::hold() {
  if (ptrace_call(PTRACE_INTERRUPT, pid_, 0, nullptr) < 0 || ::waitpid(pid_, nullptr, __WALL) < 0) {
    not_measured("cannot interrupt PID 1");
  }
  held_ = true;
  count_ -= after_hold_;
}

void CallCounter::handle(int status) {
  if (!WIFSTOPPED(status)) throw NotMeasured("PID 1 ended while its calls were counted");
  if (is_call_stop(status) && enters_call(pid_)) ++count_;
  resume(pid_, status);
}

void CallCounter::run_until(const std::function<bool()>& condition, const std::string& what) {
  if (held_) resume(pid_, PTRACE_EVENT_STOP << 16);
  held_ = false;
  const auto goes_on = [&] {
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG | __WALL) > 0) handle(status);
    return condition();
  };
  await(goes_on, what);
}

StartCalls count_start_calls(pid_t init, const std::function<void()>& go) {
  seize(init, PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  if (ptrace_call(PTRACE_INTERRUPT, init, 0, nullptr) < 0) not_measured("cannot interrupt PID 1");
  go();
  StartCounter counter(init);
  const auto command_runs = [&] {
    int status = 0;
    for (pid_t pid = 0; !counter.command_runs() && (pid = ::waitpid(-1, &status, WNOHANG | __WALL)) > 0;) {
      counter.handle(pid, status);
    }
    return counter.command_runs();
  };
  await(command_runs, "the exec of the command");
  return counter.calls();
}
