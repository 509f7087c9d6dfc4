// What orphans cost an init that gets all the CPU that it wants.
#include "call_counter.hpp"
#include "errors.hpp"
#include "measurement.hpp"
#include "observe.hpp"
#include "storm.hpp"

namespace {

constexpr double ns_per_us = 1000;
constexpr int lone_orphans = 20;
constexpr int many_orphans = 1000;

double per(std::uint64_t ns, int orphans) { return static_cast<double>(ns) / ns_per_us / orphans; }

std::vector<Value> calls_for_lone(const Subject& subject) {
  Storm storm(subject, 1);
  CallCounter counter(storm.init());
  for (int i = 0; i < lone_orphans; ++i) {
    storm.start();
    counter.run_until([&] { return storm.is_over(0) && has_reaped_all(storm.init()); }, "the end of an orphan");
    (void)storm.refused_forks();
  }
  return {{static_cast<double>(counter.count()) / lone_orphans, {}}};
}

// They all wait for it: the tracer holds it until the last one is there.
std::vector<Value> calls_in_storm(const Subject& subject) {
  Storm storm(subject, many_orphans);
  CallCounter counter(storm.init());
  counter.hold();
  storm.start();
  (void)storm.refused_forks();
  counter.run_until([&] { return has_reaped_all(storm.init()); }, "the end of the orphans");
  return {{static_cast<double>(counter.count()) / many_orphans, {}}};
}

// Wall time, and CPU time of PID 1, for each. All on one CPU, where nobody waits for another one to wake up.
std::vector<Value> cost(const Subject& subject, int orphans) {
  const Pinned pinned;
  Storm storm(subject, orphans);
  const auto cpu = cpu_ns(storm.init());
  const auto start = now_ns();
  storm.start();
  if (storm.refused_forks() != 0) throw NotMeasured("some forks were refused");
  await([&] { return has_reaped_all(storm.init()); }, "the end of the orphans");
  const auto end = now_ns();
  return {{per(end - start, orphans), {}}, {per(cpu_ns(storm.init()) - cpu, orphans), {}}};
}

std::vector<Value> cpu_cost(const Subject& subject) {
  constexpr int orphans = 10'000;
  return {cost(subject, orphans).back()};
}

Measurement growth(const std::string& name, int orphans, int per_ten_rounds) {
  return {{{"growth_orphans_" + name + "_us", "us"}, {"growth_orphans_" + name + "_cpu_us", "us"}},
          per_ten_rounds,
          [orphans](const Subject& subject) { return cost(subject, orphans); }};
}

}  // namespace

std::vector<Measurement> orphan_measurements() {
  return {
      {{{"calls_orphan_alone", "calls"}}, 2, calls_for_lone},
      {{{"calls_orphan_storm", "calls"}}, 2, calls_in_storm},
      {{{"cpu_orphan_us", "us"}}, 5, cpu_cost},
      growth("1k", 1000, 5),
      growth("10k", 10'000, 5),
      growth("100k", 100'000, 1),
  };
}
