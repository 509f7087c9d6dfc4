// init/kernel/sys.hpp, in place of sys.cpp: hands every call to the simulated kernel or to the real one, through the
// gate. A call that is added there is added here, in calls.hpp and in the simulated kernel; the linker insists.
#include <unistd.h>

#include <cerrno>

#include "gate.hpp"
#include "kernel.hpp"
#include "kernel/real_sys.hpp"
#include "kernel/sys.hpp"

namespace foster::sys {

namespace {

using fake::Call;
using fake::FakeKernel;

template <class T>
long raw(const real_sys::Result<T>& result) {
  return result ? static_cast<long>(result.value()) : -result.error();
}

long raw(const real_sys::Done& result) { return -result.error(); }

long raw(bool is_true) { return is_true ? 1 : 0; }

template <class Real, class Fake, class... Argument>
long forward(Call call, Real real, Fake simulated, Argument&&... argument) {
  return fake::gate().pass(call, [&] {
    FakeKernel* const kernel = fake::gate().kernel();
    return kernel != nullptr ? (kernel->*simulated)(argument...) : raw(real(argument...));
  });
}

// A call of sys.hpp whose name the three have in common.
#define FORWARD(name, ...) forward(Call::name, real_sys::name, &FakeKernel::name __VA_OPT__(, ) __VA_ARGS__)

struct Entry {
  int (*entry)(void*);
  void* argument;
};

int enter_child(void* argument) {
  const Entry entry = *static_cast<Entry*>(argument);
  fake::gate().set_side(fake::Side::child);
  return entry.entry(entry.argument);
}

}  // namespace

Done set_signal_mask(std::uint64_t mask, std::uint64_t* old) { return Done(FORWARD(set_signal_mask, mask, old)); }
Result<bool> reset_signal(int number) { return Result<bool>(FORWARD(reset_signal, number)); }
Done ignore_signal(int number) { return Done(FORWARD(ignore_signal, number)); }
Result<int> wait_signal(std::uint64_t set, siginfo_t& info, int limit_ms) {
  const Result<int> taken(FORWARD(wait_signal, set, info, limit_ms));
  // EAGAIN is no fault where it says that the time is up: no kernel says so before.
  FakeKernel* const kernel = fake::gate().kernel();
  const bool is_too_early = fake::gate().was_refused() && taken.error() == EAGAIN && limit_ms > 0;
  return kernel != nullptr && is_too_early ? Result<int>(kernel->wait_signal(set, info, limit_ms)) : taken;
}
Done send_signal(pid_t pid, int number) { return Done(FORWARD(send_signal, pid, number)); }
Done send_signal_to_group(pid_t group, int number) { return Done(FORWARD(send_signal_to_group, group, number)); }
Done send_signal_to_all(int number) { return Done(FORWARD(send_signal_to_all, number)); }
Done queue_signal(pid_t pid, const siginfo_t& info) { return Done(FORWARD(queue_signal, pid, info)); }
Done set_parent_death_signal(int number) { return Done(FORWARD(set_parent_death_signal, number)); }

Result<int> open_signals(std::uint64_t set) { return Result<int>(FORWARD(open_signals, set)); }
Result<std::size_t> read_signals(int fd, std::span<signalfd_siginfo> room) {
  return Result<std::size_t>(FORWARD(read_signals, fd, room));
}
Result<int> open_process(pid_t pid) { return Result<int>(FORWARD(open_process, pid)); }
Done send_signal_by(int pidfd, Recipient recipient, int number, const siginfo_t* info) {
  return Done(fake::gate().pass(Call::send_signal_by, [&] {
    FakeKernel* const kernel = fake::gate().kernel();
    if (kernel != nullptr) return kernel->send_signal_by(pidfd, recipient, number, info);
    return raw(real_sys::send_signal_by(pidfd, static_cast<real_sys::Recipient>(recipient), number, info));
  }));
}
Result<bool> can_tell_exit(int pidfd) { return Result<bool>(FORWARD(can_tell_exit, pidfd)); }
Result<bool> find_exit(int pidfd, int& wait_status) { return Result<bool>(FORWARD(find_exit, pidfd, wait_status)); }

// Neither of the two can fail.
pid_t own_pid() {
  FakeKernel* const kernel = fake::gate().kernel();
  return kernel != nullptr ? static_cast<pid_t>(kernel->own_pid()) : real_sys::own_pid();
}
pid_t parent_pid() {
  FakeKernel* const kernel = fake::gate().kernel();
  return kernel != nullptr ? static_cast<pid_t>(kernel->parent_pid()) : real_sys::parent_pid();
}

Result<pid_t> group_of(pid_t pid) { return Result<pid_t>(FORWARD(group_of, pid)); }
Done become_group_leader() { return Done(FORWARD(become_group_leader)); }
Done become_session_leader() { return Done(FORWARD(become_session_leader)); }
bool leads_session() { return FORWARD(leads_session) > 0; }
Done become_subreaper() { return Done(FORWARD(become_subreaper)); }
Result<bool> is_subreaper() { return Result<bool>(FORWARD(is_subreaper)); }
Result<std::uint64_t> unique_id(pid_t pid) { return Result<std::uint64_t>(FORWARD(unique_id, pid)); }
Result<pid_t> reap(pid_t pid, int& wait_status, bool stops) {
  return Result<pid_t>(FORWARD(reap, pid, wait_status, stops));
}
Result<pid_t> reap_with_waitid(pid_t pid, int& wait_status, bool stops) {
  return Result<pid_t>(FORWARD(reap_with_waitid, pid, wait_status, stops));
}
Result<pid_t> find_dead_child() { return Result<pid_t>(FORWARD(find_dead_child)); }
Result<bool> is_stopped(pid_t child) { return Result<bool>(FORWARD(is_stopped, child)); }

Result<pid_t> clone_sharing_memory(int (*entry)(void*), void* argument, int* pidfd) {
  Entry child{entry, argument};
  const long result = FORWARD(clone_sharing_memory, enter_child, &child, pidfd);
  fake::gate().set_side(fake::Side::parent);
  return Result<pid_t>(result);
}

Result<pid_t> fork_child() {
  const long result = FORWARD(fork_child);
  fake::gate().set_side(result == 0 ? fake::Side::child : fake::Side::parent);
  return Result<pid_t>(result);
}

void exit_child(int code) {
  if (FakeKernel* const kernel = fake::gate().kernel()) kernel->exit_child(code);
  real_sys::exit_child(code);
}

Done execute(const char* path, char* const* arguments, char* const* environment) {
  return Done(FORWARD(execute, path, arguments, environment));
}

Result<int> open_to_read(const char* path) { return Result<int>(FORWARD(open_to_read, path)); }
Result<int> open_to_write_now(const char* path) { return Result<int>(FORWARD(open_to_write_now, path)); }
Result<std::size_t> read(int fd, std::span<std::byte> room) { return Result<std::size_t>(FORWARD(read, fd, room)); }
Result<std::size_t> write(int fd, std::string_view bytes) { return Result<std::size_t>(FORWARD(write, fd, bytes)); }
Result<std::size_t> write_now(int fd, std::string_view bytes) {
  return Result<std::size_t>(FORWARD(write_now, fd, bytes));
}
Result<std::size_t> send_now(int socket, std::string_view bytes) {
  return Result<std::size_t>(FORWARD(send_now, socket, bytes));
}
Result<std::size_t> end_of(int fd) { return Result<std::size_t>(FORWARD(end_of, fd)); }
bool exists(const char* path) { return FORWARD(exists, path) > 0; }
bool is_directory(const char* path) { return FORWARD(is_directory, path) > 0; }
Done make_pipe(int& reader, int& writer) { return Done(FORWARD(make_pipe, reader, writer)); }
Done close(int fd) { return Done(FORWARD(close, fd)); }
Done close_from(int first) { return Done(FORWARD(close_from, first)); }
Result<std::size_t> list_directory(int fd, std::span<std::byte> room) {
  return Result<std::size_t>(FORWARD(list_directory, fd, room));
}
Result<int> copy_descriptor_to(int fd, int to) { return Result<int>(FORWARD(copy_descriptor_to, fd, to)); }
Result<int> copy_descriptor_from(int fd, int lowest) { return Result<int>(FORWARD(copy_descriptor_from, fd, lowest)); }
Result<int> descriptor_limit() { return Result<int>(FORWARD(descriptor_limit)); }
Done change_directory(const char* path) { return Done(FORWARD(change_directory, path)); }
Result<bool> wait_readable(int fd, int limit_ms) { return Result<bool>(FORWARD(wait_readable, fd, limit_ms)); }
bool is_writable(int fd) { return FORWARD(is_writable, fd) > 0; }
Result<int> wait_signals_or_exit(int signals, int pidfd, int limit_ms) {
  return Result<int>(FORWARD(wait_signals_or_exit, signals, pidfd, limit_ms));
}

void sleep_ms(int duration_ms) {
  (void)fake::gate().pass(Call::sleep_ms, [&] {
    if (FakeKernel* const kernel = fake::gate().kernel()) return kernel->sleep_ms(duration_ms);
    real_sys::sleep_ms(duration_ms);
    return 0L;
  });
}

// It cannot fail.
std::int64_t now_ms() {
  const FakeKernel* const kernel = fake::gate().kernel();
  return kernel != nullptr ? kernel->now_ms() : real_sys::now_ms();
}

Done give_up_terminal(int fd) { return Done(FORWARD(give_up_terminal, fd)); }
Done take_terminal(int fd) { return Done(FORWARD(take_terminal, fd)); }
Result<pid_t> foreground_group(int fd) { return Result<pid_t>(FORWARD(foreground_group, fd)); }
Done set_foreground_group(int fd, pid_t group) { return Done(FORWARD(set_foreground_group, fd, group)); }

// --install and --ps are no part of the init: no scenario comes here.
void take_modes_as_given() { real_sys::take_modes_as_given(); }
Result<int> create_program(const char* path) { return Result<int>(raw(real_sys::create_program(path))); }
Done write_back(int fd) { return Done(raw(real_sys::write_back(fd))); }
Done rename(const char* from, const char* to) { return Done(raw(real_sys::rename(from, to))); }
Done remove(const char* path) { return Done(raw(real_sys::remove(path))); }
bool is_terminal(int fd) { return real_sys::is_terminal(fd); }
Done resize_memory(void*& memory, std::size_t from, std::size_t to) {
  return Done(-real_sys::resize_memory(memory, from, to).error());
}

}  // namespace foster::sys
