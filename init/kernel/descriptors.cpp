#include "kernel/descriptors.hpp"

#include <algorithm>

#include "kernel/directory.hpp"
#include "kernel/sys.hpp"

namespace foster {

namespace {

constexpr int first_own = 3;

// Closes what is listed in one round; the number of descriptors closed, or -1 if the list cannot be read.
int close_listed(int list, int first) {
  Numbers descriptors(list);
  int closed = 0;
  for (int fd = descriptors.next(); fd >= 0; fd = descriptors.next()) {
    if (fd >= first && fd != list && sys::close(fd)) ++closed;
  }
  return descriptors.error() == 0 ? closed : -1;
}

// Entries may be passed over while others vanish, so it is read again until nothing is left to close.
// Not inlined: its room would be part of the frame that stays.
[[gnu::noinline]] bool close_by_list(int first) {
  for (;;) {
    const auto list = sys::open_to_read("/proc/self/fd");
    if (!list) return false;
    const int closed = close_listed(list.value(), first);
    (void)sys::close(list.value());
    if (closed <= 0) return closed == 0;
  }
}

// Without close_range and without /proc one number after another is tried, and the limit may allow for a billion: the
// first 65,536 take a few milliseconds, and nobody hands down more.
void close_by_number(int first) {
  constexpr int bound = 65536;
  const auto limit = sys::descriptor_limit();
  const int end = limit ? std::min(limit.value(), bound) : bound;
  for (int fd = first; fd < end; ++fd) (void)sys::close(fd);
}

void close_all_from(int first) {
  if (sys::close_from(first) || close_by_list(first)) return;
  close_by_number(first);
}

int move_to_first(int own) {
  if (own < 0 || own == first_own) return own;
  const auto copied = sys::copy_descriptor_to(own, first_own);
  (void)sys::close(own);
  return copied ? copied.value() : sys::no_descriptor;
}

}  // namespace

int keep_only(int own) {
  const int kept = move_to_first(own);
  close_all_from(kept < 0 ? first_own : first_own + 1);
  return kept;
}

int moved_up(int fd) {
  if (fd >= first_own || fd == sys::no_descriptor) return fd;
  const auto moved = sys::copy_descriptor_from(fd, first_own);
  (void)sys::close(fd);
  return moved ? moved.value() : sys::no_descriptor;
}

}  // namespace foster
