// Leaving a function from deep below it, and coming back to one a second time, as a fork does.
#pragma once

#include <csetjmp>
#include <cstddef>
#include <vector>

namespace fake {

// if (setjmp(jump.place) == 0) …; longjmp(jump.place, 1) comes back to it. The function that called setjmp must not
// have returned by then.
struct Jump {
  std::jmp_buf place;
};

// fork() in one process: a copy of the stack is kept while the child runs on it, and put back for the parent.
class ForkPoint {
 public:
  // The stack above this address belongs to the test, and is left alone.
  void set_base(void* base) { base_ = static_cast<std::byte*>(base); }

  // 0 at first, for the child; 1 when come_back() was called, for the parent, all of whose frames are as they were.
  int fork();
  [[noreturn]] void come_back();

 private:
  void save();

  std::byte* base_ = nullptr;
  std::byte* low_ = nullptr;
  std::vector<std::byte> copy_;
  Jump jump_;
};

}  // namespace fake
