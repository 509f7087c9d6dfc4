// What foster promises, as far as a look from outside shows it.
#pragma once

#include <string>
#include <vector>

#include "run.hpp"

namespace fake {

// In words, each promise that this run broke.
std::vector<std::string> broken_promises(const Run& run, const Outcome& outcome);

}  // namespace fake
