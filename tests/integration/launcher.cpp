#include "launcher.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "held_calls.hpp"

namespace {

constexpr int last_standard_signal = 31;
constexpr int most_descriptors = 1024;

class Launcher {
 public:
  explicit Launcher(const Launch& launch) : launch_(launch) {}

  [[noreturn]] void run() {
    die_with_the_test();
    become_user();
    if (::setsid() < 0) fail("setsid");
    make_proc();
    take_standard_descriptors();
    close_the_rest_at_exec();
    reset_signals();
    if (launch_.before_exec) launch_.before_exec();
    if (!launch_.hold.empty()) send_listener(hold_calls(launch_.hold));
    execute();
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    const std::string text = std::string(what) + ": " + std::strerror(errno);
    (void)!::write(launch_.failure, text.data(), text.size());
    ::_exit(1);
  }

  // The parent may be gone before prctl: then the gate is at its end.
  void die_with_the_test() const {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) fail("PR_SET_PDEATHSIG");
    char byte = 0;
    if (::read(launch_.gate, &byte, 1) != 1) ::_exit(1);
  }

  void write_map(const char* path, const std::string& text) const {
    const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || ::write(fd, text.data(), text.size()) < 0) fail(path);
    ::close(fd);
  }

  static std::string to_itself(unsigned id) { return std::to_string(id) + " " + std::to_string(id) + " 1"; }

  void become_user() const {
    if (launch_.user == 0) return;
    write_map("/proc/self/setgroups", "deny");
    write_map("/proc/self/uid_map", to_itself(launch_.user));
    write_map("/proc/self/gid_map", to_itself(launch_.group));
  }

  void make_proc() const {
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0) fail("make mounts private");
    const char* const type = launch_.own_proc ? "proc" : "tmpfs";
    if (::mount(type, "/proc", type, 0, nullptr) < 0) fail("mount on /proc");
  }

  void take_standard_descriptors() const {
    // Away from 0 to 2 first, so that none of the three covers another one's source.
    std::array<int, 3> sources{};
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const bool opened = !launch_.terminal.empty();
      sources[i] = opened ? ::open(launch_.terminal.c_str(), O_RDWR) : launch_.standard[i];
      sources[i] = ::fcntl(sources[i], F_DUPFD_CLOEXEC, 3);
      if (sources[i] < 0) fail("open the standard descriptors");
    }
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (::dup2(sources[i], static_cast<int>(i)) < 0) fail("dup2");
    }
  }

  void close_the_rest_at_exec() const {
    for (int fd = 3; fd < most_descriptors; ++fd) {
      const int flag = fd == launch_.handed_down ? 0 : FD_CLOEXEC;
      (void)::fcntl(fd, F_SETFD, flag);
    }
  }

  void reset_signals() const {
    for (int number = 1; number <= last_standard_signal; ++number) ::signal(number, SIG_DFL);
    const std::uint64_t none = 0;  // the kernel's set: libc's leaves some signals out
    if (::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, sizeof none) < 0) fail("rt_sigprocmask");
  }

  void send_listener(int listener) const {
    if (listener < 0) fail("hold system calls");
    char byte = 0;
    iovec part{&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &listener, sizeof listener);
    if (::sendmsg(launch_.listener_socket, &message, 0) < 0) fail("sendmsg");
    ::close(listener);
  }

  static std::vector<char*> pointers(const std::vector<std::string>& strings) {
    std::vector<char*> all;
    all.reserve(strings.size() + 1);
    for (const auto& string : strings) all.push_back(const_cast<char*>(string.c_str()));
    all.push_back(nullptr);
    return all;
  }

  [[noreturn]] void execute() const {
    ::execve(launch_.words[0].c_str(), pointers(launch_.words).data(), pointers(launch_.environment).data());
    fail(launch_.words[0].c_str());
  }

  const Launch& launch_;
};

pid_t clone_with(unsigned long flags) {
  return static_cast<pid_t>(::syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
}

}  // namespace

pid_t clone_into_namespaces() {
  const unsigned long user = ::getuid() == 0 ? 0UL : CLONE_NEWUSER;
  return clone_with(CLONE_NEWPID | CLONE_NEWNS | user);
}

void launch(const Launch& launch) { Launcher(launch).run(); }

bool namespaces_are_allowed() {
  const pid_t child = clone_into_namespaces();
  if (child == 0) ::_exit(0);
  if (child < 0) return false;
  ::waitpid(child, nullptr, 0);
  return true;
}
