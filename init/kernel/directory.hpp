// The numbers among the names in a directory: descriptors in /proc/self/fd, processes in /proc.
#pragma once

#include <dirent.h>

#include <array>
#include <climits>

#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

#ifdef __GLIBC__
using DirectoryEntry = dirent64;
#else
using DirectoryEntry = dirent;
#endif

// visit(number) for each; false if the list cannot be read to its end.
template <class Visit>
bool for_each_number(int directory, Visit visit) {
  alignas(DirectoryEntry) std::array<std::byte, 1024> room;
  for (;;) {
    const auto bytes = sys::twice([&] { return sys::list_directory(directory, room); });
    if (!bytes || bytes.value() == 0) return bool(bytes);
    for (std::size_t at = 0; at < bytes.value();) {
      const auto* entry = reinterpret_cast<const DirectoryEntry*>(&room[at]);
      at += entry->d_reclen;
      const int number = parse_number(entry->d_name, INT_MAX);
      if (number >= 0) visit(number);
    }
  }
}

}  // namespace foster
