// Writing that may wait, for what is no init: answers, and copies of a file.
#pragma once

#include <string_view>

namespace foster {

// All of it. 0, or the errno.
int write_all(int fd, std::string_view bytes);

}  // namespace foster
