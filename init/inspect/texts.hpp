// What --ps prints and never looks at, by number: one table, which the compiler compresses in texts.cpp.
#pragma once

#include <cstdint>

#include "text.hpp"

namespace foster {

enum class Say : std::uint8_t {
  // Why a zombie is still there.
  reaped,
  traced,
  outside,
  unseen,
  // From here on its parent is named first.
  stopped,
  held,
  stuck,
  // From here on its parent could wait.
  executed,
  careless,
  // What is said besides.
  zombie,
  parent,
  remind,
  no_init,
  end_parent,
  end_container,
  no_kill,
  too_many,
  tasks,
  hidden_tasks,
  limit,
  other_namespace,
  hidden,
  // The states of a process, in the order of state_letters, and behind the last what has none of them.
  states
};

inline constexpr char state_letters[] = "RSDTtZIL";

Text& add_text(Text& text, Say what, std::size_t further = 0);

}  // namespace foster
