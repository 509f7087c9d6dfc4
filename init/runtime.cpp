// What the C++ library's headers want from a library that is not linked.
#include <cstddef>

namespace std {

// A failed bounds check (_GLIBCXX_ASSERTIONS): a fault of init's own, which must not go on.
void __glibcxx_assert_fail(const char* /*file*/, int /*line*/, const char* /*function*/,
                           const char* /*condition*/) noexcept {
  __builtin_trap();
}

}  // namespace std
