// Many containers at once: the time until all their commands run, and the memory that is charged to their cgroup.
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <utility>

#include "bare/wire.hpp"
#include "cgroups.hpp"
#include "container.hpp"
#include "errors.hpp"
#include "measurement.hpp"
#include "observe.hpp"

namespace {

constexpr double bytes_per_kib = 1024;
constexpr double ns_per_ms = 1'000'000;

// All with the same stdout.
class Crowd {
 public:
  explicit Crowd(Launch what) : what_(std::move(what)) { what_.output = output_.writer.get(); }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd() {
    for (const pid_t init : inits_) ::kill(init, SIGKILL);
    for (const pid_t init : inits_) ::waitpid(init, nullptr, 0);
  }

  void start(int count) {
    for (int i = 0; i < count; ++i) inits_.push_back(launch(what_));
  }

  void await_commands() {
    std::string ready(inits_.size(), '\0');
    read_from(output_.reader.get(), ready.data(), ready.size());
  }

  void await_rest() const {
    await([this] { return std::ranges::all_of(inits_, is_at_rest); }, "the inits at rest");
  }

 private:
  Launch what_;
  Pipe output_;
  std::vector<pid_t> inits_;
};

Launch parked_in(const std::optional<Cgroup>& memory, const Subject& subject) {
  Launch what{.words = words_of(subject, Target::usual, command("park"))};
  if (memory) what.cgroups = {memory->procs()};
  return what;
}

// As the crowd will be, but in a cgroup of its own: that is charged with the files that they all share, and the kernel
// lets the next process into a cgroup at once, where it may wait for milliseconds to let in the first one.
void prepare(const Launch& what) {
  Crowd crowd(what);
  crowd.start(1);
  crowd.await_commands();
}

double start_ms(Crowd& crowd, int count) {
  const auto start = now_ns();
  crowd.start(count);
  crowd.await_commands();
  return static_cast<double>(now_ns() - start) / ns_per_ms;
}

Value charged_kib(const Cgroup& memory, int count) {
  return {static_cast<double>(memory_in_use(memory)) / bytes_per_kib / count, {}};
}

// On one CPU, where what the kernel charges in advance is given back at once.
std::vector<Value> start_crowd(const Subject& subject, int count) {
  const Pinned pinned;
  std::optional<Cgroup> elsewhere;
  std::optional<Cgroup> memory;
  Value kib;
  try {
    elsewhere.emplace("memory");
    memory.emplace("memory");
  } catch (const NotMeasured& error) {
    kib.missing = error.what();
  }
  prepare(parked_in(elsewhere, subject));
  Crowd crowd(parked_in(memory, subject));
  const Value ms{start_ms(crowd, count), {}};
  crowd.await_rest();
  if (memory) kib = charged_kib(*memory, count);
  return {ms, kib};
}

std::vector<Value> charged(const Subject& subject) {
  constexpr int count = 50;
  return {start_crowd(subject, count).back()};
}

Measurement growth(int count, int per_ten_rounds) {
  const std::string name = "growth_containers_" + std::to_string(count);
  return {{{name + "_ms", "ms"}, {name + "_kib", "KiB"}}, per_ten_rounds, [count](const Subject& subject) {
            return start_crowd(subject, count);
          }};
}

}  // namespace

std::vector<Measurement> crowd_measurements() {
  return {
      {{{"charged_kib", "KiB"}}, 10, charged}, growth(1, 20), growth(10, 10), growth(100, 5), growth(500, 3),
  };
}
