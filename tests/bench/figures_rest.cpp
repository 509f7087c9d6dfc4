// An init at rest: its wake-ups, its memory, its files.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "container.hpp"
#include "errors.hpp"
#include "measurement.hpp"
#include "observe.hpp"

namespace {

constexpr unsigned watched_s = 5;

class Resting {
 public:
  explicit Resting(const Subject& subject) : container_({.words = words_of(subject, Target::usual, command("park"))}) {
    container_.await_ready();
    await([this] { return is_at_rest(container_.pid()); }, "the init at rest");
  }
  [[nodiscard]] pid_t init() const { return container_.pid(); }

 private:
  Container container_;
};

std::vector<Value> wakeups(const Subject& subject) {
  need_init(subject);
  const Resting resting(subject);
  const double before = context_switches(resting.init());
  ::sleep(watched_s);
  return {{(context_switches(resting.init()) - before) / watched_s, {}}};
}

// The pages of a file that was just written count as dirty, and as private if nobody else maps it.
void write_back(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 || ::fsync(file.get()) < 0) not_measured(path);
}

std::vector<Value> memory(const Subject& subject) {
  need_init(subject);
  write_back(subject.path);
  const Resting resting(subject);
  return {{rollup_kib(resting.init(), "Private_Dirty"), {}}, {rollup_kib(resting.init(), "Rss"), {}}};
}

// With what the loader brought: every file that the running init has mapped.
std::vector<Value> bytes(const Subject& subject) {
  need_init(subject);
  const Resting resting(subject);
  double sum = 0;
  for (const auto& file : mapped_files(resting.init())) sum += static_cast<double>(std::filesystem::file_size(file));
  return {{sum, {}}};
}

}  // namespace

std::vector<Measurement> rest_measurements() {
  return {
      {{{"wakeups_per_s", "1/s"}}, 1, wakeups},
      {{{"private_dirty_kib", "KiB"}, {"rss_kib", "KiB"}}, 30, memory},
      {{{"bytes", "bytes"}}, 1, bytes},
  };
}
