// What lines of /proc/PID/status mean.
#pragma once

#include "text.hpp"

namespace foster {

// Appends it for one line, which ends with a newline or a NUL, its tabs replaced by blanks. `rows` is the text of
// Say::status_rows.
void add_words(Text& text, const char* rows, const char* line);

}  // namespace foster
