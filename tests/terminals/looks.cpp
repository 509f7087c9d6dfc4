#include "looks.hpp"

#include <cstdlib>
#include <sstream>

#include "proc.hpp"

namespace looks {

namespace {

// Field `number` of /proc/PID/stat, as proc(5) counts from the state, which is the third.
long stat_field(pid_t pid, int number) {
  constexpr int first_after_name = 3;
  const std::string line = proc::read(pid, "stat");
  const auto end_of_name = line.rfind(')');
  if (end_of_name == std::string::npos) return -1;
  std::istringstream fields(line.substr(end_of_name + 1));
  std::string field;
  for (int i = first_after_name; i <= number; ++i) fields >> field;
  return std::atol(field.c_str());
}

}  // namespace

pid_t foreground_of(pid_t pid) {
  constexpr int tpgid = 8;
  return static_cast<pid_t>(stat_field(pid, tpgid));
}

bool is_in_foreground(pid_t pid) { return foreground_of(pid) == proc::look_at(pid).group; }

bool is_stopped(pid_t pid) { return proc::look_at(pid).state == 'T'; }

bool is_at_rest(pid_t pid) {
  return proc::look_at(pid).state == 'S' && proc::signal_set(pid, "SigPnd") == 0 &&
         proc::signal_set(pid, "ShdPnd") == 0;
}

long processor_time(pid_t pid) {
  constexpr int utime = 14;
  constexpr int stime = 15;
  return stat_field(pid, utime) + stat_field(pid, stime);
}

std::uint64_t sleeps(pid_t pid) {
  return std::strtoull(proc::status_field(pid, "voluntary_ctxt_switches").c_str(), nullptr, 10);
}

std::vector<pid_t> family(pid_t pid) {
  std::vector<pid_t> all{pid};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const pid_t child : proc::children(all[i])) all.push_back(child);
  }
  return all;
}

std::string name_of(pid_t pid) { return proc::status_field(pid, "Name"); }

}  // namespace looks
