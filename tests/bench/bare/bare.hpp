// Just enough for a program without a libc. x86-64 only.
#pragma once

#include <sys/syscall.h>

#include <csignal>
#include <cstdint>
#include <ctime>

#ifndef __x86_64__
#error "these programs know the system calls of x86-64 only"
#endif

using SignalSet = std::uint64_t;  // the kernel's own
constexpr SignalSet all_signals = ~SignalSet{0};

// What the program does. The stack is as the kernel left it: argc, the arguments, the environment.
extern "C" [[noreturn]] void bare_main(char** stack);

// The system call clone, its child on a stack of its own. The child ends with what `run` returns.
extern "C" long bare_clone(unsigned long flags, void* stack_end, int (*run)(void*), void* argument, int* pidfd);

template <typename T>
long word(T value) {
  if constexpr (sizeof(T) < sizeof(long)) {
    return static_cast<long>(value);
  } else {
    return __builtin_bit_cast(long, value);
  }
}

template <typename A = long, typename B = long, typename C = long, typename D = long, typename E = long>
long call(long number, A a = {}, B b = {}, C c = {}, D d = {}, E e = {}) {
  long result = number;
  register long r10 __asm__("r10") = word(d);
  register long r8 __asm__("r8") = word(e);
  __asm__ volatile("syscall"
                   : "+a"(result)
                   : "D"(word(a)), "S"(word(b)), "d"(word(c)), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}

[[noreturn]] inline void leave(int code) {
  for (;;) call(SYS_exit_group, code);
}

inline std::uint64_t now_ns() {
  timespec now{};
  call(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
}

inline long set_mask(SignalSet set, SignalSet* old) {
  return call(SYS_rt_sigprocmask, SIG_SETMASK, &set, old, sizeof set);
}

inline long wait_for_signal(siginfo_t* info) {
  return call(SYS_rt_sigtimedwait, &all_signals, info, 0L, sizeof(SignalSet));
}
