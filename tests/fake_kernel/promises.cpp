#include "promises.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "policy/exit_status.hpp"
#include "policy/signals.hpp"

namespace fake {

namespace {

// How long a single fault may keep a zombie, or a signal from being handed on.
constexpr std::int64_t longest_delay_ms = 1600;

std::string name_of_signal(int number) {
  std::array<char, 32> room{};
  foster::Text text(room);
  return std::string(foster::add_signal(text, number).view());
}

class Judge {
 public:
  Judge(const Run& run, const Outcome& outcome) : run_(run), end_(outcome.end), kernel_(*outcome.kernel) {}

  std::vector<std::string> judge() {
    judge_end();
    if (end_ == End::exited) judge_status();
    if (kernel_.command_ran()) judge_signals();
    judge_zombies();
    judge_rest();
    if (kernel_.command_ran()) judge_place();
    if (run_.loop.is_kernels) judge_loop();
    if (end_ == End::exited) judge_others();
    if (!run_.fault.stays) judge_grace();
    if (is_free()) judge_time();
    if (is_free()) judge_words();
    judge_messages();
    broken_.insert(broken_.end(), kernel_.broken().begin(), kernel_.broken().end());
    return broken_;
  }

 private:
  void expect(bool holds, const std::string& promise) {
    if (!holds) broken_.push_back(promise);
  }

  void judge_end() {
    expect(end_ != End::killed, "init is killed by a signal");
    expect(end_ != End::hung || waits_in_vain(), "init hangs");
    // A status that nobody else has is asked for until it is there; that this fails is told.
    const bool is_deaf = run_.scenario.pauses() && stays_in(Call::wait_signal);
    const bool has_to_try = (stays_in(Call::find_exit) || is_deaf) && (says("cannot ") || may_be_silent());
    expect(end_ != End::stalled || has_to_try, "init tries for ever");
    expect(end_ != End::spun, "init spins");
  }

  void judge_status() {
    const int status = kernel_.exit_status();
    expect(!kernel_.main_lives(), "init leaves while the main command lives");
    if (run_.scenario.pauses() && status == 0) {
      expect(has_had(SIGTERM) || has_had(SIGINT), "init leaves unasked");
    } else if (kernel_.command_ran() || WIFSIGNALED(kernel_.main_command().status)) {
      const int right = foster::exit_code(kernel_.main_command().status);
      expect(status == right || (status == 0 && is_zero(kernel_.main_command().status)),
             "exit status " + std::to_string(status) + " in place of " + std::to_string(right));
    } else {
      expect(status >= 125 && status <= 127, "exit status " + std::to_string(status) + " without a command");
      expect(says("cannot ") || may_be_silent(), "init refuses without a word");
    }
    expect(!is_free() || status == run_.scenario.exit_code, "exit status " + std::to_string(status));
  }

  // Each that came while the main command had a second to live was seen by it, or waits in its mask; or, where it
  // could not be, is reported.
  void judge_signals() {
    for (const auto& sent : kernel_.sent()) {
      if (sent.info.si_signo == SIGCHLD) continue;
      const bool is_queued = sent.info.si_code == SI_QUEUE && carries_values();
      const auto is_it = [&](const siginfo_t& seen) {
        return seen.si_signo == sent.info.si_signo &&
               (!is_queued || seen.si_value.sival_int == sent.info.si_value.sival_int);
      };
      if (!kernel_.main_lives() && kernel_.main_command().dead_since_ms < sent.at_ms + longest_delay_ms) continue;
      const auto name = name_of_signal(sent.info.si_signo);
      const bool has_it =
          std::ranges::any_of(kernel_.seen(), is_it) || std::ranges::any_of(kernel_.main_command().pending, is_it);
      // Without an answer of the terminal, nobody knows whether the command may go on.
      if (sent.info.si_signo == SIGCONT && run_.fault.stays && is_call_of_terminal()) continue;
      const bool is_told = says(name) || says_that_it_is_deaf() || may_be_silent() || main_seems_gone();
      expect(has_it || (may_be_undelivered() && is_told), name + " is lost");
    }
  }

  // With --wait the others are gone before init is, or go with PID 1 if they cannot be ended, which is told; and the
  // terminal is given back.
  void judge_others() {
    const bool is_helpless = run_.scenario.pid1 && stays_in(Call::send_signal_to_all);
    // Nobody there to be signalled is an answer.
    const bool is_told = says("does not reach") || may_be_silent() || run_.fault.error == ESRCH;
    const bool is_to_wait = run_.scenario.waits() && kernel_.command_ran() && !(is_helpless && is_told);
    expect(!is_to_wait || !kernel_.leaves_children(), "init leaves while others live");
    const bool is_out_of_reach = stays_in(Call::foreground_group) || stays_in(Call::set_foreground_group);
    const bool has_tty = run_.fault.at == 0 || !is_call_of_terminal();
    expect(!kernel_.has_lost_foreground() || is_out_of_reach || !has_tty, "init does not take the foreground back");
  }

  // After a single fault nobody is killed who was not asked to end before, unless that is told.
  void judge_grace() {
    for (const Process& process : kernel_.processes()) {
      if (process.other < 0) continue;
      const auto& right = run_.scenario.others[static_cast<std::size_t>(process.other)].receives;
      const bool is_asked = std::ranges::find(right, SIGTERM, &Received::number) != right.end();
      const bool is_killed = std::ranges::find(process.received, SIGKILL, &Received::number) != process.received.end();
      const bool was_asked = std::ranges::find(process.received, SIGTERM, &Received::number) != process.received.end();
      const bool is_told = says("does not reach") || may_be_silent();
      expect(!is_asked || !is_killed || was_asked || is_told, "another one is killed without a TERM");
    }
  }

  // Each has had the signals that it was to have, when it was to have them; nothing else has woken init up.
  void judge_time() {
    for (const Process& process : kernel_.processes()) {
      if (process.other < 0) continue;
      const auto& right = run_.scenario.others[static_cast<std::size_t>(process.other)].receives;
      expect(process.received == right, "another one gets " + list_of(process.received));
    }
    const auto& right = run_.scenario.does.receives;
    if (!right.empty()) {
      expect(kernel_.main_command().received == right, "main gets " + list_of(kernel_.main_command().received));
    }
    const int woken = kernel_.woken_by_clock();
    expect(woken == run_.scenario.limits, "the clock wakes init up " + std::to_string(woken) + " times");
  }

  void judge_words() {
    for (const auto& words : run_.scenario.says) expect(says(words), "it does not say: " + words);
    const std::string& log = kernel_.log();
    const auto& right = run_.scenario.log_says;
    const bool is_right = run_.scenario.log == Log::empty ? log.find(right) != std::string::npos : log == right;
    expect(is_right, "the termination log has: " + log);
  }

  static std::string list_of(const std::vector<Received>& all) {
    std::string text;
    for (const auto& [number, at_ms] : all) {
      text += name_of_signal(number) + " after " + std::to_string(at_ms) + " ms, ";
    }
    return text + "nothing more";
  }

  void judge_zombies() {
    expect(!kernel_.rested_with_zombie(), "init rests with a zombie");
    const bool is_late = kernel_.oldest_zombie_ms() > longest_delay_ms;
    expect(run_.fault.stays || !is_late, "a zombie is " + std::to_string(kernel_.oldest_zombie_ms()) + " ms old");
  }

  // It wakes up only because something happened; after an error that has passed, again.
  void judge_rest() {
    constexpr int most_retries = 10;
    const int allowed = run_.scenario.limits + (run_.fault.at == 0 ? 0 : most_retries);
    const int woken = kernel_.woken_by_clock();
    expect(run_.fault.stays || woken <= allowed, "init wakes up " + std::to_string(woken) + " times for nothing");
  }

  // Whatever the choice of the loop came to, nothing is left of it but what that loop needs.
  void judge_place() {
    const std::array choosing{Call::can_tell_exit,       Call::send_signal_by, Call::open_signals,
                              Call::ignore_signal,       Call::open_process,   Call::wait_signals_or_exit,
                              Call::clone_sharing_memory};
    const bool is_fault = run_.fault.at != 0;
    if (is_fault && std::ranges::find(choosing, failing_call()) == choosing.end()) return;
    expect(kernel_.needless_descriptors().empty(), "init keeps a descriptor that it has no use for");
    expect(kernel_.directory() == "/", "init sits in " + kernel_.directory());
  }

  // Once the command runs, it is too late to refuse.
  void judge_loop() {
    const bool is_told = says("cannot ") || may_be_silent();
    expect(!kernel_.command_ran() || kernel_.reaps() || is_told,
           "init reaps in spite of --reap=kernel, without a word");
  }

  void judge_messages() {
    std::string_view rest = kernel_.errors();
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      expect(line.starts_with("foster: ") && line.size() < rest.size(), "not a line: " + std::string(line));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
  }

  // What stderr itself answers when it is full, or nobody reads it any more, costs the message.
  [[nodiscard]] bool may_be_silent() const {
    const Fault& fault = run_.fault;
    if (run_.scenario.stderr_closed) return true;
    if (fault.at == 0) return false;
    const Call call = failing_call();
    const bool writes = call == Call::send_now || call == Call::open_to_write_now || call == Call::write;
    const std::array gone{EAGAIN, EBADF, ECONNRESET, ENOTCONN, ENXIO, EPIPE};
    return writes && std::ranges::find(gone, fault.error) != gone.end();
  }

  [[nodiscard]] bool is_free() const { return run_.fault.at == 0 && run_.early.before == 0; }

  [[nodiscard]] bool has_had(int number) const {
    return std::ranges::any_of(kernel_.sent(), [=](const Sent& sent) { return sent.info.si_signo == number; });
  }

  // By --exit-zero=forwarded.
  [[nodiscard]] bool is_zero(int wait_status) const {
    const auto& options = run_.scenario.options;
    const bool is_asked_for = std::ranges::find(options, "--exit-zero=forwarded") != options.end();
    return is_asked_for && WIFSIGNALED(wait_status) && has_had(WTERMSIG(wait_status));
  }

  [[nodiscard]] bool is_call_of_terminal() const {
    const Call call = failing_call();
    return call == Call::foreground_group || call == Call::set_foreground_group || call == Call::group_of;
  }

  // For others that it cannot reach, and has said so; or of whom the kernel says that they are not there.
  [[nodiscard]] bool waits_in_vain() const {
    const bool is_waiting = run_.scenario.waits() && kernel_.command_ran() && !kernel_.main_lives();
    const bool is_told = says("cannot ") || says("does not reach") || may_be_silent();
    const bool is_answer = stays_in(Call::send_signal_to_all, ESRCH) || stays_in(Call::send_signal, ESRCH);
    return is_waiting && kernel_.leaves_children() && run_.fault.stays && (is_told || is_answer);
  }

  // A single fault passes.
  [[nodiscard]] bool may_be_undelivered() const { return run_.fault.stays || run_.scenario.does.other_user; }

  // A signal that cannot be received has no name.
  [[nodiscard]] bool says_that_it_is_deaf() const { return stays_in(Call::wait_signal) && says("cannot "); }

  // Without a pidfd, a group takes no value.
  [[nodiscard]] bool carries_values() const {
    return kernel_.reaps() || std::ranges::find(run_.scenario.options, "-c") != run_.scenario.options.end();
  }

  // Where the kernel reaps, getpgid(2) says ESRCH of a process that has ended, and of no other one.
  [[nodiscard]] bool main_seems_gone() const {
    return kernel_.reaps() && stays_in(Call::group_of) && run_.fault.error == ESRCH;
  }

  [[nodiscard]] Call failing_call() const { return last_trace().entry(run_.fault.side, run_.fault.at).call; }
  [[nodiscard]] bool stays_in(Call call) const {
    return run_.fault.at != 0 && run_.fault.stays && failing_call() == call;
  }

  [[nodiscard]] bool stays_in(Call call, int error) const { return stays_in(call) && run_.fault.error == error; }

  [[nodiscard]] bool says(const std::string& words) const { return kernel_.errors().find(words) != std::string::npos; }

  const Run& run_;
  End end_;
  const FakeKernel& kernel_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_promises(const Run& run, const Outcome& outcome) { return Judge(run, outcome).judge(); }

}  // namespace fake
