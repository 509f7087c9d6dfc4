#include "real.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "command.hpp"
#include "kernel/real_sys.hpp"
#include "real_look.hpp"
#include "real_start.hpp"

namespace fake {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds time_limit{20};  // only a failure reaches it

// The files of the simulated kernel, see kernel_files.cpp.
const std::string& folder() {
  static const std::string path = [] {
    std::string made = std::filesystem::temp_directory_path() / "fake_kernel.XXXXXX";
    if (::mkdtemp(made.data()) == nullptr) throw std::runtime_error("mkdtemp");
    std::filesystem::create_symlink(std::filesystem::read_symlink("/proc/self/exe"), made + "/command");
    const auto make = [&](const char* name, const std::string& content, mode_t mode) {
      std::ofstream(made + "/" + name) << content;
      ::chmod((made + "/" + name).c_str(), mode);
    };
    ::chmod(made.c_str(), 0755);
    make("plain", "exec " + made + "/command\n", 0755);
    make("forbidden",
         "\x7f"
         "ELF",
         0644);
    make("elf",
         "\x7f"
         "ELF",
         0755);
    make("orphaned", "#!/nowhere/interpreter\n", 0755);
    static const struct Remover {
      std::string path;
      ~Remover() { std::filesystem::remove_all(path); }
    } remover{made};
    return made;
  }();
  return path;
}

class RealRun {
 public:
  RealRun(const Run& run, Trace& trace) : scenario_(run.scenario), trace_(trace) {
    start_.scenario = &run.scenario;
    start_.trace = &trace;
    start_.words = words_of(run);
    start_.fault = run.fault;
    for (auto& word : start_.words) put_into_folder(word);
    start_.environment = {"PATH=/nowhere:" + folder(), std::string(command_variable) + "=" + described(scenario_)};
    start_.environment.insert(start_.environment.end(), scenario_.environment.begin(), scenario_.environment.end());
    prepare_log();
    first_ = start_on_real_kernel(start_);
  }
  ~RealRun() {
    if (first_ > 0 && ::kill(first_, SIGKILL) == 0) ::waitpid(first_, nullptr, 0);
  }
  RealRun(const RealRun&) = delete;
  RealRun& operator=(const RealRun&) = delete;

  RealOutcome run() {
    wait_until("the command", [&] { return is_over() || has_started(); });
    if (is_over()) return finish();
    init_ = start_.init_pid();
    if (!scenario_.pauses()) main_ = children_of(init_).at(0);
    if (!scenario_.pauses()) others_ = children_of(main_);
    for (const auto& happening : scenario_.happenings) {
      wait_until("rest", [&] { return is_over() || is_at_rest(); });
      if (is_over()) break;
      happen(happening);
    }
    return finish();
  }

 private:
  template <class Holds>
  void wait_until(const char* what, Holds holds) {
    const auto end = Clock::now() + time_limit;
    while (!holds()) {
      if (Clock::now() > end)
        throw std::runtime_error(scenario_.name + ": waited in vain for " + what + ": " + errors_);
      read_all();
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  }

  void read_all() {
    std::array<char, 4096> room{};
    for (ssize_t count = 0; (count = ::read(start_.output(), room.data(), room.size())) > 0;) {
      output_.append(room.data(), static_cast<std::size_t>(count));
    }
    for (ssize_t count = 0; (count = ::read(start_.errors(), room.data(), room.size())) > 0;) {
      errors_.append(room.data(), static_cast<std::size_t>(count));
    }
  }

  bool is_over() {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(first_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
  }

  // Init in its wait, the command in its own, and nothing there to take. The trace says which call it is in before it
  // is in it.
  bool is_at_rest() {
    const int count = trace_.count_of(Side::parent);
    if (count == 0) return false;
    const Entry& last = trace_.entry(Side::parent, count);
    const bool waits = last.call == Call::wait_signal || last.call == Call::wait_signals_or_exit;
    if (!waits || last.outcome != did_not_return) return false;
    const bool main_is_gone = main_ < 0 || ::kill(main_, 0) != 0;
    return sleeps(init_) && (main_is_gone || sleeps(main_));
  }

  bool has_started() {
    if (!scenario_.pauses()) return output_.find("ready\n") != std::string::npos;
    const int count = trace_.count_of(Side::parent);
    return count > 0 && trace_.entry(Side::parent, count).call == Call::wait_signal &&
           trace_.entry(Side::parent, count).outcome == did_not_return;
  }

  static void put_into_folder(std::string& word) {
    const auto at = word.find("=/t/");
    if (at != std::string::npos) word.replace(at + 1, 2, folder());
  }

  void prepare_log() const {
    const std::string path = folder() + "/log";
    std::filesystem::remove(path);
    if (scenario_.log != Log::absent)
      std::ofstream(path) << (scenario_.log == Log::full ? "left by the command\n" : "");
  }

  void say(const std::string& words) const {
    if (::write(start_.input(), words.data(), words.size()) < 0) throw std::runtime_error("the command reads nothing");
  }

  // The first is taken at once; the rest has to come before the next call, as in the simulated kernel.
  void burst(const std::vector<int>& signals) {
    trace_.hold = true;
    const int before = trace_.count_of(Side::parent);
    ::kill(init_, signals.front());
    wait_until("the first signal", [&] { return trace_.entry(Side::parent, before).outcome != did_not_return; });
    for (std::size_t i = 1; i < signals.size(); ++i) ::kill(init_, signals[i]);
    trace_.hold = false;
  }

  void happen(const Happening& happening) {
    const int before = trace_.count_of(Side::parent);
    switch (happening.what) {
      case Happening::What::orphans:
        return make_orphans(happening.number);
      case Happening::What::signal:
        ::kill(init_, happening.number);
        break;
      case Happening::What::queued:
        ::sigqueue(init_, happening.number, {.sival_int = happening.value});
        break;
      case Happening::What::burst:
        burst(happening.signals);
        break;
      case Happening::What::main_exits:
        say("exit " + std::to_string(happening.number) + "\n");
        break;
      case Happening::What::main_killed:
        say("kill " + std::to_string(happening.number) + "\n");
        break;
      case Happening::What::parent_dies:
        start_.end_parent();
        break;
      case Happening::What::other_exits:
        ::kill(others_.at(static_cast<std::size_t>(happening.number)), ends_other);
        break;
      case Happening::What::limit:
        break;
      case Happening::What::typed:
      case Happening::What::reads:
      case Happening::What::takes_front:
      case Happening::What::to_front:
      case Happening::What::to_back:
        throw std::runtime_error(scenario_.name + ": there is no terminal");
    }
    wait_until("an effect", [&] { return is_over() || trace_.entry(Side::parent, before).outcome != did_not_return; });
  }

  // All of them are dead before init makes its next call, as in the simulated kernel.
  void make_orphans(int count) {
    notes_ += std::exchange(output_, {});
    const auto before = children_of(init_).size();
    trace_.hold = true;
    say("orphans " + std::to_string(count) + "\n");
    wait_until("the orphans", [&] { return output_.find("done\n") != std::string::npos; });
    const auto is_dead_or_old = [&](pid_t child) { return child == main_ || is_zombie(child); };
    wait_until("their end", [&] { return std::ranges::all_of(children_of(init_), is_dead_or_old); });
    trace_.hold = false;
    wait_until("their reaping", [&] { return children_of(init_).size() == before; });
  }

  RealOutcome finish() {
    wait_until("the end", [&] { return is_over(); });
    read_all();
    RealOutcome outcome;
    ::waitpid(first_, &outcome.wait_status, 0);
    first_ = -1;
    std::istringstream lines(notes_ + output_);
    std::string word;
    for (int number = 0, value = 0; lines >> word;) {
      if (word == "saw" && lines >> number >> value) outcome.seen.push_back({number, value});
    }
    outcome.errors = errors_;
    return outcome;
  }

  const Scenario& scenario_;
  Trace& trace_;
  RealStart start_;
  pid_t first_ = -1;
  pid_t init_ = -1;
  pid_t main_ = -1;
  std::vector<pid_t> others_;
  std::string notes_;  // what came before output_
  std::string output_;
  std::string errors_;
};

}  // namespace

namespace {

// As init finds it out, of this very process.
bool kernel_can_reap() {
  const auto self = foster::real_sys::open_process(::getpid());
  if (!self) return false;
  const auto can = foster::real_sys::can_tell_exit(self.value());
  ::close(self.value());
  return can && can.value();
}

}  // namespace

RealOutcome perform_on_real_kernel(const Run& run, Trace& trace) { return RealRun(run, trace).run(); }

std::string why_not_real(const Scenario& scenario, const Loop& loop) {
  // The simulated kernel is a new one; without a choice the loop would be another one here.
  const bool wants_kernel = loop.is_kernels || loop.options.empty();
  if (wants_kernel && scenario.needs_init.empty() && !kernel_can_reap()) return "this kernel tells no exit status";
  if (!scenario.why_simulated.empty()) return scenario.why_simulated;
  if (scenario.old_kernel) return "only an older one is as that";
  if (scenario.does.other_user && wants_kernel) return "the command may be the other user before init has looked";
  if (scenario.does.other_user && ::getuid() != 0) return "only root can be another user";
  return namespaces_are_allowed() ? "" : "this user may not make PID and mount namespaces here";
}

Trace& shared_trace() {
  static Trace* const trace = [] {
    void* const room = ::mmap(nullptr, sizeof(Trace), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) throw std::runtime_error("mmap");
    return static_cast<Trace*>(room);
  }();
  return *trace;
}

}  // namespace fake
