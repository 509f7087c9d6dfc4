#include "floor.hpp"

namespace {

constexpr std::size_t stack_size = 1024;
constexpr int not_found = 127;

int run(void* argument) {
  const auto* const command = static_cast<Command*>(argument);
  set_mask(command->mask, nullptr);
  call(SYS_execve, command->words[0], command->words, command->environment);
  return not_found;
}

}  // namespace

Command read_command(char** stack) {
  const auto argc = __builtin_bit_cast(long, stack[0]);
  char** words = stack + 2;
  if (argc > 1 && words[0][0] == '-') ++words;
  Command command{words, stack + argc + 2, 0};
  set_mask(all_signals, &command.mask);
  return command;
}

long start(Command& command, unsigned long flags, int* pidfd) {
  alignas(16) char stack[stack_size];
  return bare_clone(CLONE_VM | CLONE_VFORK | SIGCHLD | flags, stack + stack_size, run, &command, pidfd);
}

void leave_with(int status) {
  const int number = status & 0x7f;
  leave(number != 0 ? 128 + number : (status >> 8) & 0xff);
}

void forward(long child, siginfo_t& info) {
  if (info.si_code == SI_QUEUE) {
    call(SYS_rt_sigqueueinfo, child, info.si_signo, &info);
  } else {
    call(SYS_kill, child, info.si_signo);
  }
}
