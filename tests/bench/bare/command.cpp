// What the inits run, small enough not to count. Its first argument says what it does.
//   stamp      says when its first instruction ran, and ends
//   park       is there
//   listen     says which signals come
//   orphans N  makes N orphans for each byte that it reads, each when the one before it has been left behind
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>

#include "bare.hpp"
#include "wire.hpp"

namespace {

constexpr int input = 0;
constexpr int output = 1;
constexpr std::size_t stack_size = 4096;

template <typename T>
void say(const T& value) {
  if (call(SYS_write, output, &value, sizeof value) != word(sizeof value)) leave(1);
}

[[noreturn]] void park() {
  say(ready_byte);
  for (;;) call(SYS_ppoll, 0L, 0L, 0L, 0L, 0L);
}

[[noreturn]] void listen() {
  set_mask(all_signals, nullptr);
  say(ready_byte);
  for (;;) {
    siginfo_t info{};
    if (wait_for_signal(&info) < 0) continue;
    const std::uint64_t now = now_ns();
    say(Heard{now, __builtin_bit_cast(std::uint64_t, info.si_value), info.si_signo, info.si_code});
  }
}

// A pause after a refusal, as a program would make one; short, so that there is always somebody who wants to fork.
void wait_a_moment() {
  const timespec moment{0, 100'000};
  call(SYS_nanosleep, &moment, 0L);
}

// Refusals are counted.
template <typename Fork>
long fork_at_last(Number& refused, Fork fork) {
  for (;;) {
    const long pid = fork();
    if (pid >= 0) return pid;
    if (pid != -EAGAIN) leave(1);
    ++refused;
    wait_a_moment();
  }
}

// A process that is there only to end. It shares our memory and our stack, and touches neither: nothing could be made
// faster.
long clone_what_ends() {
  long result = SYS_clone;
  register long no_tls __asm__("r8") = 0;
  register long no_child_tid __asm__("r10") = 0;
  __asm__ volatile(
      "  syscall\n"
      "  test %%rax, %%rax\n"
      "  jnz 1f\n"
      "  xor %%edi, %%edi\n"
      "  mov %[end], %%eax\n"
      "  syscall\n"
      "1:\n"
      : "+a"(result)
      : "D"(long{CLONE_VM | SIGCHLD}), "S"(0L), "d"(0L), "r"(no_tls), "r"(no_child_tid), [end] "i"(SYS_exit_group)
      : "rcx", "r11", "memory");
  return result;
}

// In a process that shares our memory, and is gone as soon as it has a child.
int leave_orphan(void* refused) {
  fork_at_last(*static_cast<Number*>(refused), clone_what_ends);
  return 0;
}

void make_orphan(Number& refused) {
  alignas(16) static char stack[stack_size];
  const long parent = fork_at_last(refused, [&refused] {
    return bare_clone(CLONE_VM | CLONE_VFORK | SIGCHLD, stack + stack_size, leave_orphan, &refused, nullptr);
  });
  call(SYS_wait4, parent, 0L, 0L, 0L);
}

unsigned long number_of(const char* text) {
  unsigned long value = 0;
  for (; *text != '\0'; ++text) value = value * 10 + static_cast<unsigned long>(*text - '0');
  return value;
}

[[noreturn]] void make_orphans(unsigned long count) {
  call(SYS_setpriority, PRIO_PROCESS, 0L, 0L);  // whatever its init has been given
  say(ready_byte);
  char byte = 0;
  while (call(SYS_read, input, &byte, 1L) == 1) {
    Number refused = 0;
    for (unsigned long i = 0; i < count; ++i) make_orphan(refused);
    say(refused);
  }
  leave(0);
}

}  // namespace

void bare_main(char** stack) {
  const Number start = now_ns();
  const char* const mode = stack[2];
  switch (mode == nullptr ? '\0' : *mode) {
    case 's':
      say(start);
      leave(0);
    case 'p':
      park();
    case 'l':
      listen();
    case 'o':
      make_orphans(stack[3] == nullptr ? 0 : number_of(stack[3]));
    default:
      leave(2);
  }
}
