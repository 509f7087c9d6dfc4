// The only place that enters the kernel. Each call says what it does in init's words and returns a Result; tests link
// another sys.cpp in its place. Behind each: the manual page that says what it can answer.
#pragma once

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace foster::sys {

// What a system call came to: a value from 0 up, or an errno. One register, as the kernel has it.
template <class T>
class [[nodiscard]] Result {
 public:
  constexpr explicit Result(long raw) : raw_(raw) {}
  explicit operator bool() const { return raw_ >= 0; }
  [[nodiscard]] T value() const { return static_cast<T>(raw_); }
  [[nodiscard]] int error() const { return raw_ < 0 ? static_cast<int>(-raw_) : 0; }
  // The same error where another value was to be had.
  template <class Other>
  [[nodiscard]] Result<Other> of() const {
    return Result<Other>(raw_);
  }

 private:
  long raw_;
};

// Of a call that has no more to say than that it was done (0), or why not (an errno, negative).
class [[nodiscard]] Done {
 public:
  constexpr explicit Done(long raw) : raw_(raw) {}
  explicit operator bool() const { return raw_ == 0; }
  [[nodiscard]] int error() const { return static_cast<int>(-raw_); }

 private:
  long raw_;
};

// What `call` answers, or where that is an error, what it answers when asked once more: where no other call can take
// its place, a single failure is to cost nothing.
template <class Call>
auto twice(Call call) {
  const auto answer = call();
  return answer ? answer : call();
}

inline constexpr int no_descriptor = -1;
inline constexpr int forever_ms = -1;  // no time limit

enum class Recipient : std::uint8_t { process, group };

// --- signals. Sets are the kernel's 64 bits: libc's sigfillset() leaves out the signals that libc keeps to itself.
Done set_signal_mask(std::uint64_t mask, std::uint64_t* old = nullptr);     // rt_sigprocmask(2), SIG_SETMASK
Result<bool> reset_signal(int number);                                      // rt_sigaction(2), SIG_DFL: was it ignored?
Done ignore_signal(int number);                                             // rt_sigaction(2), SIG_IGN
Result<int> wait_signal(std::uint64_t set, siginfo_t& info, int limit_ms);  // rt_sigtimedwait(2); EAGAIN: time is up
Done send_signal(pid_t pid, int number);                                    // kill(2)
Done send_signal_to_group(pid_t group, int number);                         // kill(2)
Done send_signal_to_all(int number);                                        // kill(2), to all but init and ourselves
Done queue_signal(pid_t pid, const siginfo_t& info);                        // rt_sigqueueinfo(2)
Done set_parent_death_signal(int number);                                   // PR_SET_PDEATHSIG(2const)
Result<int> open_signals(std::uint64_t set);                                // signalfd(2), close-on-exec, never waits
Result<std::size_t> read_signals(int fd, std::span<signalfd_siginfo> room);  // as many as there are; EAGAIN: none

// --- a process by its pidfd, which never stands for another one. A group is that of the process's number, as in
// kill(2), whether the process is still in it, or still there, or not.
Result<int> open_process(pid_t pid);  // pidfd_open(2), Linux 5.3
// pidfd_send_signal(2), the group from Linux 6.9 on; with `info`, all that it carries.
Done send_signal_by(int pidfd, Recipient recipient, int number, const siginfo_t* info);
Result<bool> can_tell_exit(int pidfd);                // PIDFD_GET_INFO, PIDFD_INFO_EXIT: Linux 6.16
Result<bool> find_exit(int pidfd, int& wait_status);  // PIDFD_GET_INFO; false: it is not reaped yet

// --- processes
pid_t own_pid();
pid_t parent_pid();                          // 0: outside the namespace
Result<pid_t> group_of(pid_t pid);           // getpgid(2); 0 is the caller
Done become_group_leader();                  // setpgid(2)
Done become_session_leader();                // setsid(2)
bool leads_session();                        // getsid(2): do we?
Done become_subreaper();                     // PR_SET_CHILD_SUBREAPER(2const), Linux 3.4
Result<bool> is_subreaper();                 // PR_GET_CHILD_SUBREAPER(2const)
Result<std::uint64_t> unique_id(pid_t pid);  // pidfd_open(2), its inode; Linux 6.9, of 64 bits
// wait4(2), WNOHANG | __WALL, on request with stops as well (WUNTRACED); 0: there is nothing to tell.
Result<pid_t> reap(pid_t pid, int& wait_status, bool stops);
Result<pid_t> reap_with_waitid(pid_t pid, int& wait_status, bool stops);  // the same by another call, if that one fails
inline constexpr pid_t any_child = -1;
Result<pid_t> find_dead_child();       // waitid(2), left in place; 0: none
Result<bool> is_stopped(pid_t child);  // waitid(2), left in place
// A child that shares our memory and runs `entry` on our stack, below what is in use, while we stand still until it
// execs or ends (clone(2), CLONE_VM | CLONE_VFORK). With `pidfd`, it is set to a close-on-exec pidfd of the child;
// before Linux 5.2 it stays.
Result<pid_t> clone_sharing_memory(int (*entry)(void*), void* argument, int* pidfd);
Result<pid_t> fork_child();                                                        // clone(2); 0 in the child
[[noreturn]] void exit_child(int code);                                            // _exit(2)
Done execute(const char* path, char* const* arguments, char* const* environment);  // execve(2)

// --- files
Result<int> open_to_read(const char* path);       // open(2), close-on-exec
Result<int> open_to_write_now(const char* path);  // open(2), and O_NONBLOCK
Result<std::size_t> read(int fd, std::span<std::byte> room);
Result<std::size_t> write(int fd, std::string_view bytes);
Result<std::size_t> write_now(int fd, std::string_view bytes);     // pwritev2(2), RWF_NOWAIT
Result<std::size_t> send_now(int socket, std::string_view bytes);  // send(2), MSG_DONTWAIT | MSG_NOSIGNAL
Result<std::size_t> end_of(int fd);                                // lseek(2): no pipe, socket or terminal has one
bool exists(const char* path);                                     // access(2)
bool is_directory(const char* path);                               // open(2), O_DIRECTORY
Done make_pipe(int& reader, int& writer);                          // pipe2(2), close-on-exec
Done close(int fd);
Done close_from(int first);                                             // close_range(2), Linux 5.9
Result<std::size_t> list_directory(int fd, std::span<std::byte> room);  // getdents64(2)
Result<int> copy_descriptor_to(int fd, int to);                         // dup3(2), close-on-exec
Result<int> copy_descriptor_from(int fd, int lowest);                   // fcntl(2), F_DUPFD_CLOEXEC
Result<int> descriptor_limit();                                         // prlimit(2), RLIMIT_NOFILE
Done change_directory(const char* path);
Result<bool> wait_readable(int fd, int limit_ms);  // poll(2); also true at its end
bool is_writable(int fd);                          // poll(2) without waiting
// poll(2): the sum of what there is: signals to read, and the process reaped (POLLHUP: POLLIN would come before its
// exit status is there). 0: time is up.
Result<int> wait_signals_or_exit(int signals, int pidfd, int limit_ms);
inline constexpr int signals_ready = 1;
inline constexpr int process_reaped = 2;
void sleep_ms(int duration_ms);
std::int64_t now_ms();  // since the boot: CLOCK_BOOTTIME; -1: it cannot be had

// --- terminals
Done give_up_terminal(int fd);                   // TIOCNOTTY(2const)
Done take_terminal(int fd);                      // TIOCSCTTY(2const)
Result<pid_t> foreground_group(int fd);          // TIOCGPGRP(2const)
Done set_foreground_group(int fd, pid_t group);  // TIOCSPGRP(2const)

// --- files of our own making
void take_modes_as_given();                     // umask(2)
Result<int> create_program(const char* path);   // open(2), O_EXCL, to write, close-on-exec, 0755
Done write_back(int fd);                        // fsync(2)
Done rename(const char* from, const char* to);  // rename(2)
Done remove(const char* path);                  // unlink(2)

// --- for --ps alone
bool is_terminal(int fd);  // TIOCGWINSZ(2const)
// mmap(2), mremap(2): from nothing (0 bytes) or from what it was before, to `to` bytes; what is new is zero.
Done resize_memory(void*& memory, std::size_t from, std::size_t to);

}  // namespace foster::sys
