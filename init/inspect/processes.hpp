// Every process that /proc shows, in memory of its own: the init's has no room for them.
#pragma once

#include <cstddef>
#include <span>

#include "inspect/process.hpp"

namespace foster {

class Processes {
 public:
  // 0, or the errno of /proc. Those that end while they are read are left out.
  int read();
  // In the order of their numbers, which is that of /proc.
  [[nodiscard]] std::span<Process> all() const { return {first_, count_}; }
  // Null if there is none.
  [[nodiscard]] Process* look_up(pid_t pid) const;
  [[nodiscard]] int count_zombies() const;

  // Puts each below its parent, in the same order.
  void link();

  // A while after read(), at all that cannot go on: a state of the moment is gone by then, and so is a zombie that is
  // waited for.
  void look_again() const;

 private:
  int add(pid_t pid);

  Process* first_ = nullptr;
  std::size_t count_ = 0;
  std::size_t room_ = 0;
};

}  // namespace foster
