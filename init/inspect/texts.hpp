// What --ps prints and never looks at, by number: one table, which the compiler compresses in texts.cpp.
#pragma once

#include <cstdint>

#include "text.hpp"

namespace foster {

inline constexpr char state_letters[] = "RSDTtZIL";

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
  // Of one process.
  released,
  leader_ended,
  parents,
  one_parent,
  handles_term,
  blocks_term,
  ignores_term,
  ended_by_term,
  not_stopped_by_term,
  ignores_chld,
  near_limit,
  uncounted_files,
  // The states of a process, in the order of state_letters, and behind the last what has none of them.
  states,
  // See status_words.hpp.
  status_rows = states + sizeof state_letters
};

Text& add_text(Text& text, Say what, std::size_t further = 0);

}  // namespace foster
