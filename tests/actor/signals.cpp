#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <sstream>
#include <vector>

#include "actor.hpp"

namespace actor {

namespace {

constexpr std::size_t set_bytes = sizeof(std::uint64_t);
constexpr std::uint64_t all_signals = ~std::uint64_t{0};

// The kernel's own struct sigaction: libc's call refuses the two signals that it keeps for its threads.
struct KernelAction {
  Handler handler = nullptr;
  unsigned long flags = 0;
#ifdef __x86_64__
  void (*restorer)() = nullptr;
#endif
  std::uint64_t mask = 0;
};

#ifdef __x86_64__
// The one architecture where the way back from a handler must be brought along (signal(7), sigreturn(2)).
extern "C" void actor_return_from_handler();
asm(".text\n"
    ".type actor_return_from_handler,@function\n"
    "actor_return_from_handler:\n"
    "  mov $15, %eax\n"
    "  syscall\n");
constexpr unsigned long has_restorer = 0x04000000;
#endif

std::vector<int> signals_in(const char* list) {
  if (list == nullptr) fail("a list of signals is missing");
  std::istringstream words(list);
  std::vector<int> numbers;
  for (std::string word; std::getline(words, word, ',');) numbers.push_back(static_cast<int>(number(word.c_str())));
  return numbers;
}

void send_to(pid_t pid, int signal) {
  if (::syscall(SYS_kill, pid, signal) < 0) fail("kill");
}

std::array<char, 32> name_to_tell{};

void tell(int signal, void* information, void*) {
  const auto* const info = static_cast<const siginfo_t*>(information);
  std::array<char, 128> line{};
  std::size_t length = 0;
  const auto add_text = [&](const char* text) {
    while (*text != '\0') line[length++] = *text++;
  };
  const auto add_number = [&](int value) {
    std::array<char, 12> digits{};
    std::size_t first = digits.size();
    unsigned rest = value < 0 ? 0U - static_cast<unsigned>(value) : static_cast<unsigned>(value);
    do digits[--first] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0) line[length++] = '-';
    while (first < digits.size()) line[length++] = digits[first++];
  };
  add_text(name_to_tell.data());
  add_text(" signal ");
  add_number(signal);
  add_text(" code ");
  add_number(info->si_code);
  add_text(" value ");
  add_number(info->si_code == SI_QUEUE ? info->si_value.sival_int : 0);
  add_text("\n");
  (void)!::write(STDOUT_FILENO, line.data(), length);
}

int code_at_term = 0;

void exit_now(int, void*, void*) { ::_exit(code_at_term); }

}  // namespace

Handler default_handler() { return nullptr; }

Handler ignoring_handler() {
  Handler handler = nullptr;
  const std::uintptr_t one = 1;
  std::memcpy(&handler, &one, sizeof handler);
  return handler;
}

std::uintptr_t set_handler(int signal, const Handler* handler) {
  KernelAction action;
  KernelAction old;
  if (handler != nullptr) {
    action.handler = *handler;
    action.flags = SA_SIGINFO | SA_RESTART;
    action.mask = all_signals;
#ifdef __x86_64__
    action.flags |= has_restorer;
    action.restorer = actor_return_from_handler;
#endif
  }
  const KernelAction* const wanted = handler == nullptr ? nullptr : &action;
  if (::syscall(SYS_rt_sigaction, signal, wanted, &old, set_bytes) < 0) fail("rt_sigaction");
  return reinterpret_cast<std::uintptr_t>(old.handler);
}

std::uint64_t blocked_signals() {
  std::uint64_t set = 0;
  if (::syscall(SYS_rt_sigprocmask, SIG_BLOCK, nullptr, &set, set_bytes) < 0) fail("rt_sigprocmask");
  return set;
}

int catch_all(Words words) {
  if (words[0] == nullptr) fail("a name is missing");
  std::strncpy(name_to_tell.data(), words[0], name_to_tell.size() - 1);
  const Handler handler = tell;
  for (int signal = 1; signal <= last_signal; ++signal) {
    if (signal != SIGKILL && signal != SIGSTOP) set_handler(signal, &handler);
  }
  say(std::string(words[0]) + " ready");
  for (;;) ::pause();
}

int on_term(Words words) {
  code_at_term = static_cast<int>(number(words[0]));
  const Handler handler = exit_now;
  set_handler(SIGTERM, &handler);
  say("ready");
  for (;;) ::pause();
}

int die(Words words) {
  const int signal = static_cast<int>(number(words[0]));
  const Handler handler = default_handler();
  if (signal != SIGKILL && signal != SIGSTOP) set_handler(signal, &handler);
  send_to(::getpid(), signal);
  fail("still alive");
}

int ignore(Words words) {
  const Handler handler = ignoring_handler();
  for (const int signal : signals_in(words[0])) set_handler(signal, &handler);
  execute(words + 1);
}

int send(Words words) {
  const auto pid = static_cast<pid_t>(number(words[0]));
  for (const int signal : signals_in(words[1])) send_to(pid, signal);
  execute(words + 2);
}

}  // namespace actor
