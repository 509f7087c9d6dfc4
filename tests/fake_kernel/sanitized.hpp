// Is this program built with the address sanitizer?
#pragma once

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define FAKE_KERNEL_SANITIZED 1
#else
#define FAKE_KERNEL_SANITIZED 0
#endif

namespace fake {

inline constexpr bool is_sanitized = FAKE_KERNEL_SANITIZED != 0;

}  // namespace fake
