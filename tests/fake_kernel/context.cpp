#include "context.hpp"

#include <cstring>

#include "sanitized.hpp"

#if FAKE_KERNEL_SANITIZED
#include <sanitizer/asan_interface.h>
#else
static void __asan_handle_no_return() {}
#endif

namespace fake {

// The frame of a function that is called from there lies below the caller's, so the copy has the whole of it.
[[gnu::noinline]] void ForkPoint::save() {
  low_ = static_cast<std::byte*>(__builtin_frame_address(0));
  __asan_handle_no_return();  // so that the marks around variables are no error below
  copy_.assign(low_, base_);
}

[[gnu::noinline]] int ForkPoint::fork() {
  if (setjmp(jump_.place) != 0) return 1;
  save();
  return 0;
}

// What is put back must not be what this very function stands on: go below it first.
[[gnu::noinline]] void ForkPoint::come_back() {
  constexpr std::size_t margin = 4096;
  volatile std::byte room[margin];
  room[0] = std::byte{0};
  if (const_cast<std::byte*>(&room[0]) + 2 * margin > low_) come_back();
  __asan_handle_no_return();
  std::memcpy(low_, copy_.data(), copy_.size());
  std::longjmp(jump_.place, 1);
}

}  // namespace fake
