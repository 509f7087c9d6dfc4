// Orphans of an init that hardly gets any CPU.
#include <algorithm>

#include "cgroups.hpp"
#include "errors.hpp"
#include "measurement.hpp"
#include "observe.hpp"
#include "storm.hpp"

namespace {

constexpr int nicest = 19;
constexpr int orphans_for_peak = 10'000;
constexpr int forks = 3000;
constexpr int most_processes = 100;
constexpr std::uint64_t living = 2;  // the init and its command

// On one CPU; who looks on is on any.
Storm pinned_storm(const Subject& subject, int orphans, const Launch& launch) {
  const Pinned pinned;
  return {subject, orphans, launch};
}

// A zombie counts among the cgroup's processes until it is reaped. (An orphan and its parent are there as well for a
// moment, so up to two of them are no zombies.)
std::vector<Value> zombies_peak(const Subject& subject) {
  need_init(subject);
  const Cgroup pids("pids");
  // The command makes itself as nice as anybody else.
  Storm storm = pinned_storm(subject, orphans_for_peak, {.niceness = nicest, .cgroups = {pids.procs()}});
  std::uint64_t peak = 0;
  storm.start();
  do {
    peak = std::max(peak, pids.get("pids.current"));
  } while (!storm.is_over(1));
  if (storm.refused_forks() != 0) throw NotMeasured("some forks were refused");
  return {{static_cast<double>(std::max(peak, living) - living), {}}};
}

// The limit is for all of them, the throttle for the init alone, once its command runs.
std::uint64_t refused_v1(const Subject& subject, const Cgroup& pids) {
  const Cgroup cpu("cpu");
  cpu.set("cpu.cfs_period_us", "100000");
  cpu.set("cpu.cfs_quota_us", "2000");
  pids.set("pids.max", std::to_string(most_processes));
  Storm storm = pinned_storm(subject, forks, {.cgroups = {pids.procs()}});
  cpu.add(storm.init());
  storm.start();
  return storm.refused_forks();
}

std::uint64_t refused_v2(const Subject& subject, const Cgroup& pids) {
  pids.hand_down("cpu");
  pids.set("pids.max", std::to_string(most_processes));
  const Cgroup for_init(pids, "init");
  const Cgroup for_command(pids, "command");
  Storm storm = pinned_storm(subject, forks, {.cgroups = {for_init.procs()}});
  for_command.add(command_of(storm.init()));
  for_init.set("cpu.max", "2000 100000");
  storm.start();
  return storm.refused_forks();
}

std::vector<Value> forks_refused(const Subject& subject) {
  need_init(subject);
  const Cgroup pids("pids cpu");
  const auto refused = pids.version() == 1 ? refused_v1(subject, pids) : refused_v2(subject, pids);
  return {{static_cast<double>(refused), {}}};
}

}  // namespace

std::vector<Measurement> starved_measurements() {
  return {
      {{{"zombies_peak", "zombies"}}, 12, zombies_peak},
      {{{"forks_refused", "forks"}}, 12, forks_refused},
  };
}
