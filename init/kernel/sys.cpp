#include "kernel/sys.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <type_traits>

// Newer than some headers that foster is built with; the numbers are the kernel's own.
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000  // include/uapi/linux/sched.h, Linux 5.2
#endif
#ifndef SYS_close_range
#define SYS_close_range 436  // the same on every architecture, Linux 5.9
#endif
#ifndef SYS_mmap2
#define SYS_mmap2 SYS_mmap  // where there are two, the newer one counts the offset in pages
#endif
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424  // the same on every architecture, Linux 5.1
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434  // the same on every architecture, Linux 5.3
#endif
#ifndef SYS_clock_gettime
#define SYS_clock_gettime SYS_clock_gettime32  // musl's name for the call with the native long
#endif
#ifndef SYS_clock_nanosleep
#define SYS_clock_nanosleep SYS_clock_nanosleep_time32
#endif
#ifndef SYS_renameat
#define SYS_renameat SYS_renameat2  // newer architectures have no other; without flags it is the same
#endif
#ifndef RWF_NOWAIT
#define RWF_NOWAIT 0x00000008  // include/uapi/linux/fs.h, Linux 4.14
#endif

// A child that runs on memory of ours ends in an exec and never leaves its functions: what AddressSanitizer has marked
// on that stack must be taken back for it.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FOSTER_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define FOSTER_ADDRESS_SANITIZER
#endif
#ifdef FOSTER_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
constexpr std::size_t sanitized_stack_bytes = 65536;  // more than the child uses
#else
#define ASAN_UNPOISON_MEMORY_REGION(address, size)
#endif

namespace foster::sys {

namespace {

static_assert(sizeof(unsigned long) == 8 || __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "a signal set of 64 bits has the layout of the kernel's array of longs");
constexpr long signal_set_bytes = sizeof(std::uint64_t);

// libc's answer as the kernel gave it.
[[gnu::noinline]] long checked(long result) { return result < 0 ? -errno : result; }

// One function that every call goes through, most of them with nothing but their number and arguments to add. libc's
// own wrappers bring emulations for kernels that are older than foster's oldest.
[[gnu::noinline]] long enter_with_four(long number, long a, long b, long c, long d) {
  return checked(::syscall(number, a, b, c, d, 0L, 0L));
}

// Most have no fourth argument, and many no third, and need not set it.
[[gnu::noinline]] long enter_with_three(long number, long a, long b, long c) {
  return enter_with_four(number, a, b, c, 0);
}
[[gnu::noinline]] long enter_with_two(long number, long a, long b) { return enter_with_three(number, a, b, 0); }

template <class T>
long word(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<long>(value);
  } else {
    return static_cast<long>(value);
  }
}

template <class A = int, class B = int>
long enter(long number, A a = 0, B b = 0) {
  return enter_with_two(number, word(a), word(b));
}

template <class A, class B, class C>
long enter(long number, A a, B b, C c) {
  return enter_with_three(number, word(a), word(b), word(c));
}

template <class A, class B, class C, class D>
long enter(long number, A a, B b, C c, D d) {
  return enter_with_four(number, word(a), word(b), word(c), word(d));
}

// struct sigaction as the kernel has it: handler and flags come first on every architecture, and what follows (a
// restorer on some, the mask) stays zero.
struct KernelAction {
  std::uintptr_t handler = 0;
  std::array<unsigned long, 7> rest{};
};
constexpr std::uintptr_t ignored_handler = 1;  // SIG_IGN

// Was it ignored before?
long set_handler(int number, std::uintptr_t handler) {
  KernelAction action{.handler = handler};
  // It is read before the old one is written.
  const long result = enter(SYS_rt_sigaction, number, &action, &action, signal_set_bytes);
  return result < 0 ? result : action.handler == ignored_handler ? 1 : 0;
}

constexpr std::ptrdiff_t frames_bytes = 512;

// The kernel's struct timespec with the native long: what the oldest calls take, on every kernel.
struct KernelTime {
  [[gnu::noinline]] explicit KernelTime(int duration_ms)
      : seconds(duration_ms / 1000), nanoseconds(duration_ms % 1000 * 1'000'000L) {}
  long seconds;
  long nanoseconds;
};

// The third argument is a time limit, if there is one.
[[gnu::noinline]] long enter_with_limit(long number, long a, long b, int limit_ms, long d) {
  const KernelTime limit(limit_ms);
  return enter(number, a, b, limit_ms == forever_ms ? nullptr : &limit, d);
}

long poll_all(std::span<pollfd> entries, int limit_ms) {
  return enter_with_limit(SYS_ppoll, word(entries.data()), word(entries.size()), limit_ms, 0);
}

long poll_one(int fd, short events, int limit_ms) {
  pollfd entry{.fd = fd, .events = events, .revents = 0};
  return poll_all({&entry, 1}, limit_ms);
}

// The wait status that wait4(2) would have given.
int wait_status_of(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return (info.si_status & 0xff) << 8;
  if (info.si_code == CLD_STOPPED) return (info.si_status & 0xff) << 8 | 0x7f;
  constexpr int core_dumped = 0x80;
  return info.si_status | (info.si_code == CLD_DUMPED ? core_dumped : 0);
}

// The pid of a child in the state that is asked for; 0: there is none.
long look_at_child(pid_t pid, int options, int* wait_status) {
  siginfo_t info;
  info.si_pid = 0;
  // waitid(2) does not say so, but Linux takes __WALL here, too (kernel/exit.c).
  const long result = enter(SYS_waitid, pid == any_child ? P_ALL : P_PID, pid, &info, options | WNOHANG | __WALL);
  if (result < 0 || info.si_pid == 0) return result;
  if (wait_status != nullptr) *wait_status = wait_status_of(info);
  return info.si_pid;
}

// include/uapi/linux/pidfd.h. What a kernel does not have it leaves as it is.
struct PidfdInfo {
  std::uint64_t mask = 0;
  std::uint64_t cgroup = 0;
  std::array<std::uint32_t, 11> ids{};
  std::int32_t exit_code = 0;  // a wait status
  std::array<std::uint32_t, 2> core_dump{};
  std::array<std::uint64_t, 2>
      supported_mask{};  // in the first; in the second where two fields more were put before it
};
static_assert(sizeof(PidfdInfo) == 88, "the kernel tells the versions of the struct apart by their size");
constexpr std::uint64_t info_exit = 1 << 3;            // PIDFD_INFO_EXIT, Linux 6.15
constexpr std::uint64_t info_core_dump = 1 << 4;       // PIDFD_INFO_COREDUMP, Linux 6.16
constexpr std::uint64_t info_supported_mask = 1 << 5;  // PIDFD_INFO_SUPPORTED_MASK, Linux 6.19
constexpr int signal_process_group = 1 << 2;           // PIDFD_SIGNAL_PROCESS_GROUP, Linux 6.9

long get_info(int pidfd, PidfdInfo& info) { return enter(SYS_ioctl, pidfd, _IOWR(0xFF, 11, PidfdInfo), &info); }

// Gives the terminal a group, or asks for it: the group that it has afterwards.
[[gnu::noinline]] long exchange_group(int fd, unsigned long request, pid_t group) {
  const long result = enter(SYS_ioctl, fd, request, &group);
  return result < 0 ? result : group;
}

// What is made is a program; else the mode says nothing.
long open_file(const char* path, int flags) {
  return enter(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC | O_NOCTTY, 0755);
}

}  // namespace

Done set_signal_mask(std::uint64_t mask, std::uint64_t* old) {
  return Done(enter(SYS_rt_sigprocmask, SIG_SETMASK, &mask, old, signal_set_bytes));
}

Result<bool> reset_signal(int number) { return Result<bool>(set_handler(number, 0)); }

Done ignore_signal(int number) { return Done(std::min(set_handler(number, ignored_handler), 0L)); }

Result<int> wait_signal(std::uint64_t set, siginfo_t& info, int limit_ms) {
  return Result<int>(enter_with_limit(SYS_rt_sigtimedwait, word(&set), word(&info), limit_ms, signal_set_bytes));
}

Done send_signal(pid_t pid, int number) { return Done(enter(SYS_kill, pid, number)); }

Done send_signal_to_group(pid_t group, int number) { return send_signal(-group, number); }

Done send_signal_to_all(int number) { return send_signal(-1, number); }

Done queue_signal(pid_t pid, const siginfo_t& info) {
  return Done(enter(SYS_rt_sigqueueinfo, pid, info.si_signo, &info));
}

Done set_parent_death_signal(int number) { return Done(enter(SYS_prctl, PR_SET_PDEATHSIG, number)); }

Result<int> open_signals(std::uint64_t set) {
  return Result<int>(enter(SYS_signalfd4, no_descriptor, &set, signal_set_bytes, SFD_CLOEXEC | SFD_NONBLOCK));
}

Result<std::size_t> read_signals(int fd, std::span<signalfd_siginfo> room) {
  const long bytes = enter(SYS_read, fd, room.data(), room.size_bytes());
  return Result<std::size_t>(bytes < 0 ? bytes : bytes / static_cast<long>(sizeof(signalfd_siginfo)));
}

Result<int> open_process(pid_t pid) { return Result<int>(enter(SYS_pidfd_open, pid, 0)); }

Done send_signal_by(int pidfd, Recipient recipient, int number, const siginfo_t* info) {
  const int flags = recipient == Recipient::group ? signal_process_group : 0;
  return Done(enter(SYS_pidfd_send_signal, pidfd, number, info, flags));
}

Result<bool> can_tell_exit(int pidfd) {
  PidfdInfo info{.mask = info_exit | info_core_dump | info_supported_mask};
  const long result = get_info(pidfd, info);
  // Of a living process nothing else shows it: what came one version later, or the kernel's own word.
  const std::uint64_t supported = info.supported_mask[0] | info.supported_mask[1];
  const bool can = (info.mask & info_core_dump) != 0 || (supported & info_exit) != 0;
  return Result<bool>(result < 0 ? result : can ? 1 : 0);
}

Result<bool> find_exit(int pidfd, int& wait_status) {
  PidfdInfo info{.mask = info_exit};
  const long result = get_info(pidfd, info);
  if (result < 0) return Result<bool>(result);
  wait_status = info.exit_code;
  return Result<bool>((info.mask & info_exit) != 0 ? 1 : 0);
}

pid_t own_pid() { return ::getpid(); }

pid_t parent_pid() { return ::getppid(); }

Result<pid_t> group_of(pid_t pid) { return Result<pid_t>(enter(SYS_getpgid, pid)); }

Done become_group_leader() { return Done(enter(SYS_setpgid, 0, 0)); }

bool leads_session() { return enter(SYS_getsid) == own_pid(); }

Done become_session_leader() { return Done(std::min(enter(SYS_setsid), 0L)); }

Done become_subreaper() { return Done(enter(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1)); }

Result<bool> is_subreaper() {
  int is_one = 0;
  const long result = enter(SYS_prctl, PR_GET_CHILD_SUBREAPER, &is_one);
  return Result<bool>(result < 0 ? result : is_one);
}

// Where the kernel's words are of 32 bits the inode's number is only half of it (sd_pidfd_get_inode_id(3)).
Result<std::uint64_t> unique_id(pid_t pid) {
#if __SIZEOF_LONG__ == 8
  const long fd = enter(SYS_pidfd_open, pid, 0);
  if (fd < 0) return Result<std::uint64_t>(fd);
  struct stat status {};
  const long result = enter(SYS_fstat, fd, &status);
  (void)close(static_cast<int>(fd));
  return Result<std::uint64_t>(result < 0 ? result : static_cast<long>(status.st_ino));
#else
  (void)pid;
  return Result<std::uint64_t>(-EOPNOTSUPP);
#endif
}

Result<pid_t> reap(pid_t pid, int& wait_status, bool stops) {
  return Result<pid_t>(enter(SYS_wait4, pid, &wait_status, WNOHANG | __WALL | (stops ? WUNTRACED : 0)));
}

Result<pid_t> reap_with_waitid(pid_t pid, int& wait_status, bool stops) {
  return Result<pid_t>(look_at_child(pid, WEXITED | (stops ? WSTOPPED : 0), &wait_status));
}

Result<pid_t> find_dead_child() { return Result<pid_t>(look_at_child(any_child, WEXITED | WNOWAIT, nullptr)); }

Result<bool> is_stopped(pid_t child) { return Result<bool>(look_at_child(child, WSTOPPED | WNOWAIT, nullptr)); }

Result<pid_t> clone_sharing_memory(int (*entry)(void*), void* argument, int* pidfd) {
  const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD | (pidfd != nullptr ? CLONE_PIDFD : 0);
  // As vfork(2) has it, but below all that is in use while we stand still: this frame, and that of libc's wrapper.
  auto* const stack = static_cast<std::byte*>(__builtin_frame_address(0)) - frames_bytes;
  // The wrapper takes the pidfd where the parent's copy of the thread id would go.
  const long result = checked(::clone(entry, stack, flags, argument, pidfd, nullptr, nullptr));
  ASAN_UNPOISON_MEMORY_REGION(stack - sanitized_stack_bytes, sanitized_stack_bytes);
  return Result<pid_t>(result);
}

Result<pid_t> fork_child() {
#ifdef __s390x__
  return Result<pid_t>(enter(SYS_clone, 0, SIGCHLD));  // the stack comes first there (clone(2))
#else
  return Result<pid_t>(enter(SYS_clone, SIGCHLD));
#endif
}

void exit_child(int code) { ::_Exit(code); }

Done execute(const char* path, char* const* arguments, char* const* environment) {
  return Done(enter(SYS_execve, path, arguments, environment));
}

Result<int> open_to_read(const char* path) { return Result<int>(open_file(path, O_RDONLY)); }

Result<int> open_to_write_now(const char* path) { return Result<int>(open_file(path, O_WRONLY | O_NONBLOCK)); }

Result<std::size_t> read(int fd, std::span<std::byte> room) {
  return Result<std::size_t>(enter(SYS_read, fd, room.data(), room.size()));
}

Result<std::size_t> write(int fd, std::string_view bytes) {
  return Result<std::size_t>(enter(SYS_write, fd, bytes.data(), bytes.size()));
}

Result<std::size_t> write_now(int fd, std::string_view bytes) {
  const iovec part{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  // The offset -1, in two halves, is "where the file is".
  return Result<std::size_t>(checked(::syscall(SYS_pwritev2, fd, &part, 1L, -1L, -1L, RWF_NOWAIT)));
}

Result<std::size_t> send_now(int socket, std::string_view bytes) {
  constexpr int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
#ifdef SYS_socketcall
  return Result<std::size_t>(checked(::send(socket, bytes.data(), bytes.size(), flags)));  // where sendto is too new
#else
  return Result<std::size_t>(enter(SYS_sendto, socket, bytes.data(), bytes.size(), flags));
#endif
}

Result<std::size_t> end_of(int fd) {
#if __SIZEOF_LONG__ == 8
  return Result<std::size_t>(enter(SYS_lseek, fd, 0, SEEK_END));
#else
  return Result<std::size_t>(checked(word(::lseek(fd, 0, SEEK_END))));
#endif
}

bool exists(const char* path) { return enter(SYS_faccessat, AT_FDCWD, path, F_OK) == 0; }

bool is_directory(const char* path) {
  const long fd = open_file(path, O_PATH | O_DIRECTORY);
  if (fd >= 0) (void)close(static_cast<int>(fd));
  return fd >= 0;
}

Done make_pipe(int& reader, int& writer) {
  std::array<int, 2> ends{no_descriptor, no_descriptor};
  const long result = enter(SYS_pipe2, ends.data(), O_CLOEXEC);
  reader = ends[0];
  writer = ends[1];
  return Done(result);
}

Done close(int fd) { return Done(enter(SYS_close, fd)); }

Done close_from(int first) { return Done(enter(SYS_close_range, first, ~0U, 0)); }

Result<std::size_t> list_directory(int fd, std::span<std::byte> room) {
  return Result<std::size_t>(enter(SYS_getdents64, fd, room.data(), room.size()));
}

Result<int> copy_descriptor_to(int fd, int to) { return Result<int>(enter(SYS_dup3, fd, to, O_CLOEXEC)); }

Result<int> copy_descriptor_from(int fd, int lowest) {
  return Result<int>(enter(SYS_fcntl, fd, F_DUPFD_CLOEXEC, lowest));
}

Result<int> descriptor_limit() {
  std::array<std::uint64_t, 2> limit{};  // the current and the highest
  const long result = enter(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, limit.data());
  return Result<int>(result < 0 ? result : static_cast<long>(std::min<std::uint64_t>(limit[0], INT_MAX)));
}

Done change_directory(const char* path) { return Done(enter(SYS_chdir, path)); }

Result<bool> wait_readable(int fd, int limit_ms) { return Result<bool>(poll_one(fd, POLLIN, limit_ms)); }

Result<int> wait_signals_or_exit(int signals, int pidfd, int limit_ms) {
  std::array<pollfd, 2> entries{
      {{.fd = signals, .events = POLLIN, .revents = 0}, {.fd = pidfd, .events = 0, .revents = 0}}};
  const long result = poll_all(entries, limit_ms);
  if (result <= 0) return Result<int>(result);
  return Result<int>((entries[0].revents != 0 ? signals_ready : 0) | (entries[1].revents != 0 ? process_reaped : 0));
}

bool is_writable(int fd) { return poll_one(fd, POLLOUT, 0) > 0; }

std::int64_t now_ms() {
  KernelTime now(0);
  // A second time, for a deadline that is wrong is worse than a call too many.
  if (!twice([&now] { return Done(enter(SYS_clock_gettime, CLOCK_BOOTTIME, &now)); })) return -1;
  return std::int64_t{now.seconds} * 1000 + now.nanoseconds / 1'000'000;
}

void sleep_ms(int duration_ms) { (void)enter_with_limit(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, duration_ms, 0); }

Done give_up_terminal(int fd) { return Done(enter(SYS_ioctl, fd, TIOCNOTTY)); }

Done take_terminal(int fd) { return Done(enter(SYS_ioctl, fd, TIOCSCTTY)); }

Result<pid_t> foreground_group(int fd) { return Result<pid_t>(exchange_group(fd, TIOCGPGRP, 0)); }

Done set_foreground_group(int fd, pid_t group) { return Done(std::min(exchange_group(fd, TIOCSPGRP, group), 0L)); }

void take_modes_as_given() { (void)enter(SYS_umask, 0); }

Result<int> create_program(const char* path) { return Result<int>(open_file(path, O_WRONLY | O_CREAT | O_EXCL)); }

Done write_back(int fd) { return Done(enter(SYS_fsync, fd)); }

Done rename(const char* from, const char* to) { return Done(enter(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to)); }

Done remove(const char* path) { return Done(enter(SYS_unlinkat, AT_FDCWD, path, 0)); }

bool is_terminal(int fd) {
  winsize size;
  return enter(SYS_ioctl, fd, TIOCGWINSZ, &size) == 0;
}

Done resize_memory(void*& memory, std::size_t from, std::size_t to) {
  constexpr long protection = PROT_READ | PROT_WRITE;
  constexpr long flags = MAP_PRIVATE | MAP_ANONYMOUS;
  long address = 0;
  if (from > 0) {
    address = ::syscall(SYS_mremap, memory, from, to, MREMAP_MAYMOVE);
  } else {
#ifdef __s390x__
    const std::array<long, 6> arguments{0, static_cast<long>(to), protection, flags, -1, 0};  // one there (mmap(2))
    address = ::syscall(SYS_mmap, arguments.data());
#else
    address = ::syscall(SYS_mmap2, 0L, to, protection, flags, -1L, 0L);
#endif
  }
  if (address == -1) return Done(-errno);
  memory = reinterpret_cast<void*>(address);
  return Done(0);
}

}  // namespace foster::sys
