#include "observe.hpp"

#include <unistd.h>

#include <ctime>
#include <fstream>
#include <map>
#include <sstream>

#include "errors.hpp"
#include "launcher.hpp"

namespace {

constexpr std::uint64_t ns_per_ms = 1'000'000;
constexpr int patience_ms = 30'000;
constexpr useconds_t between_looks_us = 50;

std::string path_of(pid_t pid, const char* file) { return "/proc/" + std::to_string(pid) + "/" + file; }

using Rows = std::map<std::string, std::string>;  // "Name:   value", without the colon and the space

Rows rows_of(pid_t pid, const char* file) {
  Rows rows;
  std::ifstream stream(path_of(pid, file));
  for (std::string line; std::getline(stream, line);) {
    const auto colon = line.find(':');
    const auto value = line.find_first_not_of(" \t", colon + 1);
    if (colon != std::string::npos && value != std::string::npos) rows[line.substr(0, colon)] = line.substr(value);
  }
  if (rows.empty()) throw NotMeasured("cannot read " + std::string(file) + " of its process");
  return rows;
}

bool is_empty_set(const std::string& hex) { return hex.find_first_not_of('0') == std::string::npos; }

}  // namespace

bool is_at_rest(pid_t pid) {
  const Rows rows = rows_of(pid, "status");
  const char state = rows.at("State").front();
  return (state == 'S' || state == 'T') && is_empty_set(rows.at("SigPnd")) && is_empty_set(rows.at("ShdPnd"));
}

bool is_stopped(pid_t pid) { return rows_of(pid, "status").at("State").front() == 'T'; }

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream stream(path_of(pid, "task/") + std::to_string(pid) + "/children");
  if (!stream) throw NotMeasured("this kernel does not list a process's children");
  std::vector<pid_t> children;
  for (pid_t child = 0; stream >> child;) children.push_back(child);
  return children;
}

pid_t command_of(pid_t init) {
  const auto children = children_of(init);
  if (children.empty()) throw NotMeasured("its command is gone");
  return children.front();
}

bool is_quiet(pid_t init, pid_t command) { return is_at_rest(init) && is_at_rest(command); }

bool has_reaped_all(pid_t init) { return children_of(init).size() == 1 && is_at_rest(init); }

bool came_true(const std::function<bool()>& condition, int limit_ms) {
  const std::uint64_t end = now_ns() + static_cast<std::uint64_t>(limit_ms) * ns_per_ms;
  while (!condition()) {
    if (now_ns() > end) return false;
    ::usleep(between_looks_us);
  }
  return true;
}

void await(const std::function<bool()>& condition, const std::string& what) {
  if (!came_true(condition, patience_ms)) throw NotMeasured("waited in vain for half a minute: " + what);
}

std::uint64_t cpu_ns(pid_t pid) {
  clockid_t clock{};
  timespec used{};
  errno = ::clock_getcpuclockid(pid, &clock);
  if (errno != 0 || ::clock_gettime(clock, &used) < 0) not_measured("no clock of its CPU time");
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(used.tv_nsec);
}

double context_switches(pid_t pid) {
  const Rows rows = rows_of(pid, "status");
  return std::stod(rows.at("voluntary_ctxt_switches")) + std::stod(rows.at("nonvoluntary_ctxt_switches"));
}

double rollup_kib(pid_t pid, const std::string& row) { return std::stod(rows_of(pid, "smaps_rollup").at(row)); }

std::set<std::string> mapped_files(pid_t pid) {
  std::set<std::string> files;
  std::ifstream stream(path_of(pid, "maps"));
  for (std::string line; std::getline(stream, line);) {
    const auto slash = line.find('/');
    if (slash != std::string::npos) files.insert(line.substr(slash));
  }
  return files;
}
