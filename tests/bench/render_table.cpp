#include "render_table.hpp"

#include <algorithm>

namespace render {
namespace {

constexpr auto table = std::to_array<Row>({
    {"start_times_tini", "start_us", Kind::times_tini, 3,
     "start: execve of init to the command's first instruction, over none, × tini"},
    {"start_times_floor", "start_us", Kind::times_floor, 2, "start, over none, × floor"},
    {"start_us", "start_us", Kind::median, 1, "start, µs"},
    {"run_times_tini", "run_us", Kind::times_tini, 3, "run and exit, over none, × tini"},
    {"run_times_floor", "run_us", Kind::times_floor, 2, "run and exit, over none, × floor"},
    {"run_us", "run_us", Kind::median, 1, "run and exit, µs"},
    {"calls_start_parent", "calls_start_parent", Kind::median, 1, "system calls until the command is exec'd: PID 1"},
    {"calls_start_child", "calls_start_child", Kind::median, 1, "system calls until the command is exec'd: child"},
    {"calls_signal_child", "calls_signal_child", Kind::median, 2, "system calls per forwarded signal: to the child"},
    {"calls_signal_group", "calls_signal_group", Kind::median, 2, "system calls per forwarded signal: to the group"},
    {"calls_signal_burst", "calls_signal_burst", Kind::median, 2, "system calls per forwarded signal: in a burst"},
    {"latency_us", "latency_us", Kind::median, 1, "one-way latency through init, same CPU, µs (none: a direct kill)"},
    {"latency_times_tini", "latency_us", Kind::times_tini, 3, "one-way latency, over none, × tini"},
    {"latency_times_floor", "latency_us", Kind::times_floor, 2, "one-way latency, over none, × floor"},
    {"values_arrived", "values_arrived", Kind::median, 1, "queued values (sigqueue) that arrive, of 5,000"},
    {"signals_lost_standard", "signals_lost_standard", Kind::median, 1,
     "standard signals sent to init that never arrive"},
    {"signals_lost", "signals_lost", Kind::median, 1,
     "signals sent to init that never arrive, real-time ones included"},
    {"calls_orphan_alone", "calls_orphan_alone", Kind::median, 1, "system calls per orphan: alone"},
    {"calls_orphan_storm", "calls_orphan_storm", Kind::median, 1, "system calls per orphan: in a storm"},
    {"cpu_orphan_us", "cpu_orphan_us", Kind::median, 2, "CPU of PID 1 per orphan, µs"},
    {"zombies_peak", "zombies_peak", Kind::median, 1, "10,000 orphans, init at nice 19: most zombies at once"},
    {"forks_refused", "forks_refused", Kind::median, 1,
     "3,000 forks, init at 2 % of a CPU, pids limit 100: forks refused"},
    {"wakeups_per_s", "wakeups_per_s", Kind::median, 2, "wake-ups per second at rest"},
    {"charged_over_none", "charged_kib", Kind::over_none, 1,
     "memory charged to the cgroup per container, over none, KiB"},
    {"charged_kib", "charged_kib", Kind::median, 1, "memory charged to the cgroup per container, KiB"},
    {"private_dirty_kib", "private_dirty_kib", Kind::median, 1, "private dirty memory, KiB"},
    {"rss_kib", "rss_kib", Kind::median, 1, "resident memory, KiB"},
    {"bytes", "bytes", Kind::median, 1, "bytes in the image, with libc and loader where it needs them"},
});

constexpr Row grown(std::string_view figure, std::string_view title) {
  return {figure, figure, Kind::median, 2, title};
}

constexpr auto growth_table = std::to_array<Row>({
    grown("growth_orphans_1k_us", "1,000 orphans: µs for each"),
    grown("growth_orphans_10k_us", "10,000 orphans: µs for each"),
    grown("growth_orphans_100k_us", "100,000 orphans: µs for each"),
    grown("growth_orphans_1k_cpu_us", "1,000 orphans: CPU of PID 1, µs for each"),
    grown("growth_orphans_10k_cpu_us", "10,000 orphans: CPU of PID 1, µs for each"),
    grown("growth_orphans_100k_cpu_us", "100,000 orphans: CPU of PID 1, µs for each"),
    grown("growth_containers_1_ms", "1 container: ms until its command runs"),
    grown("growth_containers_10_ms", "10 containers: ms until all commands run"),
    grown("growth_containers_100_ms", "100 containers: ms until all commands run"),
    grown("growth_containers_500_ms", "500 containers: ms until all commands run"),
    grown("growth_containers_1_kib", "1 container: KiB charged"),
    grown("growth_containers_10_kib", "10 containers: KiB charged for each"),
    grown("growth_containers_100_kib", "100 containers: KiB charged for each"),
    grown("growth_containers_500_kib", "500 containers: KiB charged for each"),
});

using enum Bound;
constexpr auto goal_table = std::to_array<Goal>({
    {"start_times_tini", Init::foster_init, at_most, 0.12},
    {"start_times_tini", Init::foster_kernel, at_most, 0.13},
    {"run_times_tini", Init::foster_init, at_most, 0.14},
    {"run_times_tini", Init::foster_kernel, at_most, 0.15},
    {"calls_start_parent", Init::foster_init, at_most, 12},
    {"calls_start_parent", Init::foster_kernel, at_most, 12},
    {"calls_start_child", Init::foster_init, at_most, 7},
    {"calls_start_child", Init::foster_kernel, at_most, 7},
    {"calls_signal_child", Init::foster_init, at_most, 2},
    {"calls_signal_child", Init::foster_kernel, at_most, 3},
    {"calls_signal_group", Init::foster_init, at_most, 3},
    {"calls_signal_group", Init::foster_kernel, at_most, 4},
    {"calls_signal_burst", Init::foster_kernel, below_row, 0, "calls_signal_child"},
    {"latency_us", Init::foster_init, at_most, 15.8},
    {"latency_us", Init::foster_kernel, at_most, 17},
    {"values_arrived", Init::foster_init, at_least, 5000},
    {"values_arrived", Init::foster_kernel, at_least, 5000},
    {"signals_lost_standard", Init::foster_init, at_most, 0},
    {"signals_lost", Init::foster_init, at_most, 0},
    {"signals_lost_standard", Init::foster_kernel, at_most, 0},
    {"signals_lost", Init::foster_kernel, at_most, 0},
    {"calls_orphan_alone", Init::foster_init, at_most, 3},
    {"calls_orphan_alone", Init::foster_kernel, at_most, 0},
    {"calls_orphan_storm", Init::foster_init, at_most, 1},
    {"calls_orphan_storm", Init::foster_kernel, at_most, 0},
    {"cpu_orphan_us", Init::foster_init, at_most_tini},
    {"cpu_orphan_us", Init::foster_kernel, at_most, 0},
    {"zombies_peak", Init::foster_init, at_most_tini},
    {"zombies_peak", Init::foster_kernel, at_most, 50},
    {"forks_refused", Init::foster_init, at_most_tini},
    {"forks_refused", Init::foster_kernel, at_most, 20},
    {"wakeups_per_s", Init::foster_init, at_most, 0},
    {"wakeups_per_s", Init::foster_kernel, at_most, 0},
    {"charged_over_none", Init::foster_init, at_most, 74},
    {"charged_over_none", Init::foster_kernel, at_most, 76},
    {"private_dirty_kib", Init::foster_init, at_most, 12},
    {"private_dirty_kib", Init::foster_kernel, at_most, 12},
    {"bytes", Init::foster_init, at_most, 40'000},
    {"bytes", Init::foster_kernel, at_most, 40'000},
});

}  // namespace

std::span<const Row> rows() { return table; }
std::span<const Row> growth_rows() { return growth_table; }
std::span<const Goal> goals() { return goal_table; }

const Row* find_row(std::string_view name) {
  for (const auto list : {rows(), growth_rows()}) {
    const auto row = std::ranges::find(list, name, &Row::name);
    if (row != list.end()) return &*row;
  }
  return nullptr;
}

bool is_figure(std::string_view figure) {
  return std::ranges::any_of(std::array{rows(), growth_rows()}, [figure](std::span<const Row> list) {
    return std::ranges::find(list, figure, &Row::figure) != list.end();
  });
}

}  // namespace render
