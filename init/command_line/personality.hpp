// What the name that foster was called by changes. It is data: everything else sees what comes of it in Options.
#pragma once

#include <string_view>

#include "command_line/options.hpp"
#include "text.hpp"

namespace foster {

// Sets what holds under the name at the end of `path` (argv[0], or null): foster's own for one that is nobody's.
void take_personality(const char* path, Parsed& parsed);

// Sets what the other program's own variables say, as that one reads them.
void read_own_variables(const Personality& personality, char* const* environment, Options& options);

}  // namespace foster
