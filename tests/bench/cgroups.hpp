// Control groups of our own, of version 1 or 2, whichever the machine has for a controller.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

class Cgroup {
 public:
  // New and empty, with these controllers ("pids cpu"; version 1: the first of them). Throws NotMeasured where none can
  // be had.
  explicit Cgroup(const std::string& controllers);
  // In another one of version 2, for its processes: the other one may have none itself.
  Cgroup(const Cgroup& parent, const std::string& name);
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;
  ~Cgroup();

  [[nodiscard]] int version() const { return version_; }
  [[nodiscard]] std::string procs() const { return folder_ + "/cgroup.procs"; }
  void add(pid_t pid) const { set("cgroup.procs", std::to_string(pid)); }
  [[nodiscard]] bool takes(const std::string& file, const std::string& value) const;
  void set(const std::string& file, const std::string& value) const;
  [[nodiscard]] std::uint64_t get(const std::string& file) const;

  // In version 2, for those that are made in it.
  void hand_down(const std::string& controller) const { set("cgroup.subtree_control", "+" + controller); }

 private:
  std::string folder_;
  int version_ = 1;
};

// What the memory one's processes are charged with once it has settled: the kernel charges in advance, for each CPU,
// and gives back late. To be called on the CPU that they run on.
std::uint64_t memory_in_use(const Cgroup& memory);
