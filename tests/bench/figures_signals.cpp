// Signals on their way through the init to the command.
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <set>

#include "bare/wire.hpp"
#include "call_counter.hpp"
#include "container.hpp"
#include "errors.hpp"
#include "measurement.hpp"
#include "observe.hpp"

namespace {

constexpr double ns_per_us = 1000;
constexpr int last_signal = 64;
constexpr int last_standard_signal = 31;
constexpr int real_time_signal = 40;  // one that no libc keeps for itself
constexpr int lone_signals = 20;
constexpr int burst = 100;
constexpr int latency_signals = 200;
constexpr int values = 5000;
constexpr int settle_limit_ms = 2000;  // only a signal that an init holds back for ever gets there

// An init with a command that says which signals come.
class Listening {
 public:
  Listening(const Subject& subject, Target target)
      : container_({.words = words_of(subject, target, command("listen"))}) {
    container_.await_ready();
    command_ = subject.is_none() ? container_.pid() : command_of(container_.pid());
    await([this] { return is_quiet(); }, "the init and its command at rest");
  }

  [[nodiscard]] pid_t init() const { return container_.pid(); }
  [[nodiscard]] pid_t command_pid() const { return command_; }
  [[nodiscard]] bool is_quiet() const { return ::is_quiet(init(), command_); }
  [[nodiscard]] bool has_heard() const { return container_.has_said_something(0); }
  Heard hear() { return container_.read<Heard>(); }

  std::vector<Heard> hear_all() {
    std::vector<Heard> all;
    while (has_heard()) all.push_back(hear());
    return all;
  }

  void send(int number) const {
    if (::kill(init(), number) < 0) not_measured("cannot send a signal");
  }

  void queue(int number, std::uint64_t value) const {
    siginfo_t info{};
    info.si_signo = number;
    info.si_code = SI_QUEUE;
    info.si_pid = ::getpid();
    info.si_value.sival_ptr = reinterpret_cast<void*>(value);
    if (::syscall(SYS_rt_sigqueueinfo, init(), number, &info) < 0) not_measured("cannot queue a signal (ulimit -i)");
  }

 private:
  Container container_;
  pid_t command_ = -1;
};

std::vector<Value> calls_for_lone(const Subject& subject, Target target) {
  need_init(subject);
  Listening listening(subject, target);
  CallCounter counter(listening.init());
  for (int i = 0; i < lone_signals; ++i) {
    listening.send(SIGUSR1);
    counter.run_until([&] { return listening.has_heard() && listening.is_quiet(); }, "a signal's arrival");
    (void)listening.hear();
  }
  return {{static_cast<double>(counter.count()) / lone_signals, {}}};
}

std::vector<Value> calls_for_burst(const Subject& subject) {
  need_init(subject);
  Listening listening(subject, Target::child);
  CallCounter counter(listening.init());
  counter.hold();
  for (int i = 0; i < burst; ++i) listening.queue(real_time_signal, 0);
  counter.run_until([&] { return listening.is_quiet(); }, "the end of a burst of signals");
  const auto arrived = listening.hear_all().size();
  if (arrived != burst) throw NotMeasured(std::to_string(arrived) + " of a burst's 100 signals arrived");
  return {{static_cast<double>(counter.count()) / burst, {}}};
}

std::vector<Value> latency(const Subject& subject) {
  const Pinned pinned;
  Listening listening(subject, Target::child);
  std::vector<double> all;
  for (int i = 0; i < latency_signals; ++i) {
    const auto sent = now_ns();
    listening.send(SIGUSR1);
    all.push_back(static_cast<double>(listening.hear().at_ns - sent) / ns_per_us);
    await([&] { return listening.is_quiet(); }, "the init and its command at rest");
  }
  const auto middle = all.begin() + latency_signals / 2;
  std::ranges::nth_element(all, middle);
  return {{*middle, {}}};
}

std::vector<Value> values_arrived(const Subject& subject) {
  need_init(subject);
  Listening listening(subject, Target::child);
  for (std::uint64_t value = 1; value <= values; ++value) listening.queue(real_time_signal, value);
  (void)came_true([&] { return listening.is_quiet(); }, settle_limit_ms);
  std::uint64_t last = 0;
  int arrived = 0;
  for (const Heard& heard : listening.hear_all()) {
    if (heard.number != real_time_signal || heard.code != SI_QUEUE || heard.value <= last) continue;
    last = heard.value;
    ++arrived;
  }
  return {{static_cast<double>(arrived), {}}};
}

// One at a time: a CONT would flush the TSTP, TTIN and TTOU that wait, and the other way round.
bool arrives(Listening& listening, int number) {
  listening.send(number);
  (void)came_true([&] { return listening.is_quiet(); }, settle_limit_ms);
  if (is_stopped(listening.command_pid())) {  // some inits make a stop of what asks for one
    ::kill(listening.command_pid(), SIGCONT);
    (void)came_true([&] { return !is_stopped(listening.command_pid()) && listening.is_quiet(); }, settle_limit_ms);
  }
  const auto heard = listening.hear_all();
  return std::ranges::any_of(heard, [number](const Heard& one) { return one.number == number; });
}

std::vector<Value> signals_lost(const Subject& subject) {
  need_init(subject);
  const std::set<int> not_for_the_command{SIGKILL, SIGSTOP, SIGCHLD};
  Listening listening(subject, Target::usual);
  int lost = 0;
  int standard_lost = 0;
  for (int number = 1; number <= last_signal; ++number) {
    if (not_for_the_command.contains(number) || arrives(listening, number)) continue;
    ++lost;
    if (number <= last_standard_signal) ++standard_lost;
  }
  return {{static_cast<double>(lost), {}}, {static_cast<double>(standard_lost), {}}};
}

}  // namespace

std::vector<Measurement> signal_measurements() {
  const auto to = [](Target target) {
    return [target](const Subject& subject) { return calls_for_lone(subject, target); };
  };
  return {
      {{{"calls_signal_child", "calls"}}, 2, to(Target::child)},
      {{{"calls_signal_group", "calls"}}, 2, to(Target::group)},
      {{{"calls_signal_burst", "calls"}}, 2, calls_for_burst},
      {{{"latency_us", "us"}}, 50, latency},
      {{{"values_arrived", "signals"}}, 3, values_arrived},
      {{{"signals_lost", "signals"}, {"signals_lost_standard", "signals"}}, 2, signals_lost},
  };
}
