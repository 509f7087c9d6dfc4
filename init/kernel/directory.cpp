#include "kernel/directory.hpp"

#include <dirent.h>

#include <climits>
#include <cstring>

#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

#ifdef __GLIBC__
using DirectoryEntry = dirent64;
#else
using DirectoryEntry = dirent;
#endif

}  // namespace

int Numbers::next() {
  for (;;) {
    if (at_ >= read_) {
      const auto bytes = sys::twice([&] { return sys::list_directory(directory_, room_); });
      error_ = bytes.error();
      if (!bytes || bytes.value() == 0) return -1;
      read_ = bytes.value();
      at_ = 0;
    }
    const auto* const entry = reinterpret_cast<const DirectoryEntry*>(&room_[at_]);
    at_ += entry->d_reclen;
    const int number = parse_number({entry->d_name, std::strlen(entry->d_name)}, INT_MAX);
    if (number >= 0) return number;
  }
}

}  // namespace foster
