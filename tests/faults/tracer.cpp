#include "tracer.hpp"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <system_error>
#include <thread>

#ifndef __x86_64__
#error "the injector knows the registers of x86-64 only"
#endif

namespace {

constexpr int call_stop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

long ptrace_call(long request, pid_t pid, unsigned long address, const void* data) {
  return ::syscall(SYS_ptrace, request, pid, address, data);
}

const void* as_data(long value) { return reinterpret_cast<const void*>(value); }

// A process that was killed in between has nothing more to be told.
void resume(pid_t pid, int number = 0) { (void)ptrace_call(PTRACE_SYSCALL, pid, 0, as_data(number)); }

void set_register(pid_t pid, std::size_t offset, long value) {
  (void)ptrace_call(PTRACE_POKEUSER, pid, offset, as_data(value));
}

// They never return, or (brk) with no errno.
bool can_fail(long number) {
  constexpr std::array never{SYS_exit, SYS_exit_group, SYS_rt_sigreturn, SYS_brk, SYS_restart_syscall};
  return std::ranges::find(never, number) == never.end();
}

// The first call that all these inits make themselves, and no libc before main.
bool opens_gate(long number) { return number == SYS_rt_sigprocmask || number == SYS_rt_sigaction; }

bool is_fault_of_its_own(int number) {
  return number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE || number == SIGABRT ||
         number == SIGTRAP || number == SIGSYS;
}

}  // namespace

Tracer::Tracer(pid_t init, std::optional<Fault> fault) : init_(init), fault_(fault) {
  constexpr long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                           PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
  if (ptrace_call(PTRACE_SEIZE, init, 0, as_data(options)) < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot trace the init");
  }
}

void Tracer::handle_stops() {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG | __WALL)) > 0;) handle(pid, status);
}

void Tracer::handle(pid_t pid, int status) {
  if (!WIFSTOPPED(status)) {
    if (pid != init_) return;
    ended_ = true;
    status_ = status;
  } else if (const int event = status >> 16; event != 0) {
    handle_event(pid, event);
  } else if (WSTOPSIG(status) == call_stop) {
    handle_call(pid);
  } else {
    handle_signal(pid, WSTOPSIG(status));
  }
}

void Tracer::handle_event(pid_t pid, int event) {
  if (event == PTRACE_EVENT_EXEC) {
    if (pid != init_) {
      (void)ptrace_call(PTRACE_DETACH, pid, 0, nullptr);
      return;
    }
    executed_ = true;
  } else if (event != PTRACE_EVENT_STOP && pid == init_) {
    has_child_ = true;
  }
  resume(pid);
}

void Tracer::handle_signal(pid_t pid, int number) {
  if (pid == init_ && is_fault_of_its_own(number)) {
    crash_ = number;
    (void)::kill(init_, SIGKILL);
  } else {
    resume(pid, number);
  }
}

void Tracer::handle_call(pid_t pid) {
  __ptrace_syscall_info info{};
  if (ptrace_call(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 0 && executed_) {
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
      enter(pid, static_cast<long>(info.entry.nr));
    } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && failing_[pid]) {
      set_register(pid, offsetof(user, regs.rax), -fault_->error);
      failing_[pid] = false;
    }
  }
  resume(pid);
}

void Tracer::enter(pid_t pid, long number) {
  gate_open_ = gate_open_ || opens_gate(number);
  if (!gate_open_ || !can_fail(number)) return;
  if (pid == init_) ++calls_of_init_;
  const Phase phase = phase_of(pid);
  const Call call{phase, number, ++counts_[{phase, number}]};
  calls_.push_back(call);
  if (!fails(pid, call)) return;
  ++injections_;
  if (fault_->error == late) {
    constexpr auto delay = std::chrono::milliseconds(50);
    std::this_thread::sleep_for(delay);
  } else {
    set_register(pid, offsetof(user, regs.orig_rax), -1);
    failing_[pid] = true;
  }
}

bool Tracer::fails(pid_t pid, const Call& call) const {
  if (!fault_ || call.number != fault_->at.number) return false;
  if (call.phase == fault_->at.phase && call.occurrence == fault_->at.occurrence) return true;
  const bool same_process = (pid == init_) == (fault_->at.phase != Phase::child);
  return fault_->stays && injections_ > 0 && same_process;
}

Phase Tracer::phase_of(pid_t pid) const {
  if (pid != init_) return Phase::child;
  return has_child_ ? Phase::loop : Phase::set_up;
}
