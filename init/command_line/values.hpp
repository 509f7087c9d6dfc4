// What the value of each option means.
#pragma once

#include "command_line/options.hpp"
#include "command_line/table.hpp"

namespace foster {

// Sets what `id` stands for; a switch that was given takes "yes". False if the word is not an allowed one.
bool set_option(Options& options, OptionId id, const char* word, bool in_environment);

}  // namespace foster
