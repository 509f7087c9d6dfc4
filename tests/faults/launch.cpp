#include "launch.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace {

struct Pipe {
  int reader = -1;
  int writer = -1;
};

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) fail("cannot make a pipe");
  return {ends[0], ends[1]};
}

void write_file(const char* path, const std::string& text) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || ::write(fd, text.data(), text.size()) < 0) fail(path);
  ::close(fd);
}

// Somebody else than root becomes it in a user namespace.
void become_root(uid_t user, gid_t group) {
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
  write_file("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
}

void enter_namespaces(uid_t user, gid_t group) {
  // Whatever ends us is not to leave it waiting at the gate.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (user != 0) become_root(user, group);
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) fail("cannot make the mounts private");
  if (::mount("proc", "/proc", "proc", 0, nullptr) < 0) fail("cannot mount /proc");
  // A group and a session that can be named inside.
  ::setsid();
}

void execute(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  fail(arguments[0]);
}

struct Ends {
  Pipe gate = make_pipe();
  Pipe control = make_pipe();
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  int terminal = -1;
};

// The other side stays open, and unread, until we end.
int open_terminal() {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || ::grantpt(master) < 0 || ::unlockpt(master) < 0) fail("cannot make a terminal");
  const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) fail("cannot open the terminal");
  return terminal;
}

// Nothing else is open for it, whoever called us.
void place_descriptors(const Ends& ends) {
  const int input = ends.terminal >= 0 ? ends.terminal : ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (ends.terminal >= 0 && ::ioctl(ends.terminal, TIOCSCTTY, 0) < 0) fail("cannot control the terminal");
  ::dup2(input, STDIN_FILENO);
  ::dup2(ends.output.writer, STDOUT_FILENO);
  ::dup2(ends.errors.writer, STDERR_FILENO);
  // One that has this number already would keep its flag.
  const int control = ::fcntl(ends.control.reader, F_DUPFD_CLOEXEC, control_fd + 1);
  ::dup2(control, control_fd);
  ::close_range(control_fd + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

[[noreturn]] void become_init(const std::vector<std::string>& words, const Ends& ends, uid_t user, gid_t group) {
  try {
    enter_namespaces(user, group);
    char byte = 0;
    if (::read(ends.gate.reader, &byte, 1) != 1) ::_exit(1);
    place_descriptors(ends);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    execute(words);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "inject: %s\n", error.what());
  }
  ::_exit(1);
}

}  // namespace

Launched launch(const std::vector<std::string>& words, bool with_terminal) {
  const Ends ends{.terminal = with_terminal ? open_terminal() : -1};
  const uid_t user = ::geteuid();
  const gid_t group = ::getegid();
  const unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | SIGCHLD | (user == 0 ? 0UL : CLONE_NEWUSER);
  const auto pid = static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
  if (pid < 0) throw NoNamespace(errno, std::generic_category(), "cannot make a PID namespace");
  if (pid == 0) become_init(words, ends, user, group);
  for (const int fd : {ends.gate.reader, ends.control.reader, ends.output.writer, ends.errors.writer}) ::close(fd);
  return {.pid = pid,
          .gate = ends.gate.writer,
          .control = ends.control.writer,
          .output = ends.output.reader,
          .errors = ends.errors.reader};
}
