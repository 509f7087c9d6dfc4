// What can be seen of a process from outside, in /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

// Blocked or stopped, with no signal left that it has not been given.
bool is_at_rest(pid_t pid);
bool is_stopped(pid_t pid);

// Zombies are among them.
std::vector<pid_t> children_of(pid_t pid);

// Of the init, without orphans. Throws NotMeasured if there is none.
pid_t command_of(pid_t init);

// Both at rest, in this order: what the init had, it has handed on.
bool is_quiet(pid_t init, pid_t command);

// All orphans are gone, and the init rests.
bool has_reaped_all(pid_t init);

// Whether it came true in time.
bool came_true(const std::function<bool()>& condition, int limit_ms);

// Throws NotMeasured if it does not within half a minute.
void await(const std::function<bool()>& condition, const std::string& what);

std::uint64_t cpu_ns(pid_t pid);
double context_switches(pid_t pid);

// A row of /proc/PID/smaps_rollup.
double rollup_kib(pid_t pid, const std::string& row);

// The files that it has mapped.
std::set<std::string> mapped_files(pid_t pid);
