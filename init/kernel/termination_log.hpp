// The file that a cluster shows as the container's termination message.
#pragma once

#include <string_view>

namespace foster {

// Writes the line there, if the file exists and is empty: nothing is created, and nothing that the command has left
// there is overwritten. Never waits, whatever the file is.
void write_termination_log(const char* path, std::string_view line);

}  // namespace foster
