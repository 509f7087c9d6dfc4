#include "scenario.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <functional>

#include "command.hpp"
#include "launch.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// What a wait on the tracer's side is woken by: every stop of what it traces.
int watch_children() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void take_all(int fd, std::string& text) {
  std::array<char, 4096> room{};
  for (ssize_t bytes = 0; (bytes = ::read(fd, room.data(), room.size())) > 0;) {
    text.append(room.data(), static_cast<std::size_t>(bytes));
  }
}

double cpu_seconds(pid_t pid) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int children_of(pid_t pid) {
  const std::string number = std::to_string(pid);
  std::ifstream file("/proc/" + number + "/task/" + number + "/children");
  int count = 0;
  for (pid_t child = 0; file >> child;) ++count;
  return count;
}

bool is_asleep(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  const auto name_end = line.rfind(") ");
  return name_end != std::string::npos && line[name_end + 2] == 'S';
}

std::vector<std::string> with_command(const Start& start) {
  std::vector<std::string> words = start.init;
  std::array<char, 4096> self{};
  if (::readlink("/proc/self/exe", self.data(), self.size() - 1) > 0) words.emplace_back(self.data());
  words.emplace_back(start.with_other ? "command-and-other" : "command");
  return words;
}

class Play {
 public:
  Play(const Start& start, const std::optional<Fault>& fault, const Limits& limits)
      : limits_(limits),
        stays_(fault && fault->stays),
        signal_(start.with_other ? SIGHUP : SIGTERM),
        wake_(watch_children()),
        launched_(launch(with_command(start), start.with_terminal)),
        tracer_(launched_.pid, fault) {
    for (const int fd : {launched_.output, launched_.errors}) ::fcntl(fd, F_SETFL, O_NONBLOCK);
    // The command's end of the pipe may be gone.
    ::signal(SIGPIPE, SIG_IGN);
    (void)!::write(launched_.gate, "", 1);
  }

  Outcome run() {
    if (reach([this] { return has_said("started"); }, limits_.step_ms)) act();
    outcome_.left_command = tracer_.has_ended() && !let_go_;
    finish();
    return outcome_;
  }

 private:
  void act() {
    next_step();
    if (!reach([this] { return has_said("ready"); }, limits_.step_ms)) return;
    // The one that is left is the command.
    outcome_.orphan_reaped = reach([this] { return children_of(launched_.pid) == 1; }, limits_.orphan_ms);
    settle();
    if (tracer_.has_ended()) return;
    ::kill(launched_.pid, signal_);
    outcome_.signal_seen = reach([this] { return has_said("signal"); }, limits_.orphan_ms);
    if (stays_) watch([this] { reach([] { return false; }, limits_.idle_ms); });
    if (tracer_.has_ended()) return;
    let_go_ = true;
    next_step();
    watch([this] { reach([] { return false; }, limits_.step_ms); });
  }

  // Until the init waits, so that each run makes the same calls in the same order. One that spins never does.
  void settle() {
    constexpr int limit_ms = 500;
    reach([this] { return is_asleep(launched_.pid); }, limit_ms);
  }

  // The command goes on for each byte.
  void next_step() {
    settle();
    (void)!::write(launched_.control, "", 1);
  }

  // While nothing happens that it has to do something about, an init rests.
  void watch(const std::function<void()>& wait) {
    const auto begin = Clock::now();
    const double cpu = cpu_seconds(launched_.pid);
    const int calls = tracer_.calls_of_init();
    wait();
    if (tracer_.has_ended()) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const double share = (cpu_seconds(launched_.pid) - cpu) / seconds;
    const double calls_a_second = (tracer_.calls_of_init() - calls) / seconds;
    constexpr double measurable = 4;  // seconds: in less, one percent is too little to tell
    outcome_.spins = outcome_.spins || (seconds > measurable ? share > 0.01 : calls_a_second > limits_.idle_calls);
  }

  void finish() {
    outcome_.ended = tracer_.has_ended();
    outcome_.status = tracer_.status();
    if (!outcome_.ended) {
      ::kill(launched_.pid, SIGKILL);
      reach([] { return false; }, limits_.step_ms);
    }
    take();
    outcome_.started = has_said("started");
    outcome_.injected = tracer_.was_injected();
    outcome_.crash = tracer_.crash();
    outcome_.calls = tracer_.calls();
  }

  [[nodiscard]] bool has_said(const char* word) const {
    return output_.find(std::string(word) + '\n') != std::string::npos;
  }

  void take() {
    take_all(launched_.output, output_);
    take_all(launched_.errors, outcome_.errors);
  }

  // Until it holds, the init has ended, or the time is over; true if it holds.
  bool reach(const std::function<bool()>& holds, int limit_ms) {
    const auto end = Clock::now() + std::chrono::milliseconds(limit_ms);
    for (;;) {
      signalfd_siginfo info{};
      (void)!::read(wake_, &info, sizeof info);
      tracer_.handle_stops();
      take();
      if (holds()) return true;
      if (tracer_.has_ended() || Clock::now() >= end) return false;
      wait_for_news();
    }
  }

  // A child that is gone makes no news on this side, so there is an end to the wait.
  void wait_for_news() const {
    constexpr int look_again_ms = 5;
    std::array<pollfd, 2> ends{
        {{.fd = wake_, .events = POLLIN, .revents = 0}, {.fd = launched_.output, .events = POLLIN, .revents = 0}}};
    (void)::poll(ends.data(), has_said("started") ? ends.size() : 1, look_again_ms);
  }

  Limits limits_;
  bool stays_;
  bool let_go_ = false;
  int signal_;
  int wake_;
  Launched launched_;
  Tracer tracer_;
  std::string output_;
  Outcome outcome_;
};

bool tells_of_signals(const std::string& errors) {
  return errors.find("signal") != std::string::npos || errors.find("SIG") != std::string::npos;
}

// Where the command's status cannot be learned at all there is none to end with: then it is to say so, and rest.
bool waits_for_status(const Outcome& outcome) {
  return !outcome.spins && outcome.errors.find("status") != std::string::npos;
}

std::string fault_of_end(const Outcome& outcome, bool stays) {
  if (outcome.left_command) return "left a running command, wait status " + std::to_string(outcome.status);
  if (!outcome.ended && stays && waits_for_status(outcome)) return "";
  if (!outcome.ended) return outcome.spins ? "hangs and spins" : "hangs";
  if (!WIFEXITED(outcome.status)) return "was killed by signal " + std::to_string(WTERMSIG(outcome.status));
  const int code = WEXITSTATUS(outcome.status);
  return code == command_status ? "" : "wrong status " + std::to_string(code);
}

// Empty: it did all that it promises.
std::string fault_of(const Outcome& outcome, bool stays) {
  std::string end = fault_of_end(outcome, stays);
  if (!end.empty()) return end;
  if (!outcome.orphan_reaped) return "a zombie";
  // What cannot be delivered at all is to be told at least.
  if (!outcome.signal_seen && !(stays && tells_of_signals(outcome.errors))) return "lost the signal";
  return outcome.spins ? "spins" : "";
}

}  // namespace

Outcome play(const Start& start, const std::optional<Fault>& fault, const Limits& limits) {
  return Play(start, fault, limits).run();
}

Judgement judge(const Outcome& outcome, const std::optional<Fault>& fault) {
  if (fault && !outcome.injected) return {Verdict::wrong, "the call was not made"};
  if (outcome.crash != 0) return {Verdict::wrong, "crashed by signal " + std::to_string(outcome.crash)};
  if (outcome.started) {
    const auto reason = fault_of(outcome, fault && fault->stays);
    return {reason.empty() ? Verdict::right : Verdict::wrong, reason};
  }
  if (!outcome.ended) return {Verdict::wrong, "hangs before the command runs"};
  if (outcome.errors.empty()) return {Verdict::wrong, "refused without a message"};
  if (fault && fault->error == late) return {Verdict::wrong, "refused, and nothing had failed"};
  const bool told = WIFEXITED(outcome.status) && WEXITSTATUS(outcome.status) != 0;
  return {told ? Verdict::refused : Verdict::wrong, told ? "" : "refused with status 0 or a signal"};
}
