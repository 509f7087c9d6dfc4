// From the execve of the init to the command's first instruction, and to the end of both.
#include <sys/mman.h>
#include <sys/wait.h>

#include <memory>

#include "bare/wire.hpp"
#include "call_counter.hpp"
#include "container.hpp"
#include "errors.hpp"
#include "measurement.hpp"

namespace {

constexpr double ns_per_us = 1000;

double us_between(std::uint64_t from, std::uint64_t to) { return static_cast<double>(to - from) / ns_per_us; }

struct Unmap {
  void operator()(std::uint64_t* page) const { ::munmap(page, sizeof *page); }
};
using SharedTime = std::unique_ptr<std::uint64_t, Unmap>;

SharedTime shared_time() {
  void* const page = ::mmap(nullptr, sizeof(Number), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) not_measured("no shared memory");
  return SharedTime(static_cast<std::uint64_t*>(page));
}

std::vector<Value> start_and_run(const Subject& subject) {
  const Pinned pinned;
  const auto executed = shared_time();
  Container container({.words = words_of(subject, Target::usual, command("stamp")), .executed_at = executed.get()});
  const int status = container.await_end();
  const auto ended = now_ns();
  if (status != 0) throw NotMeasured("it did not end with 0, as its command did");
  return {{us_between(*executed, container.read<Number>()), {}}, {us_between(*executed, ended), {}}};
}

std::vector<Value> start_calls(const Subject& subject) {
  need_init(subject);
  const Container container({.words = words_of(subject, Target::usual, command("park"))}, true);
  const auto [parent, child] = count_start_calls(container.pid(), [&] { container.open_gate(); });
  return {{static_cast<double>(parent), {}}, {static_cast<double>(child), {}}};
}

}  // namespace

std::vector<Measurement> start_measurements() {
  return {
      {{{"start_us", "us"}, {"run_us", "us"}}, 300, start_and_run},
      {{{"calls_start_parent", "calls"}, {"calls_start_child", "calls"}}, 2, start_calls},
  };
}
