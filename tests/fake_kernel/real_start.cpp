#include "real_start.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "real_look.hpp"
#include "run.hpp"

namespace fake {

namespace {

constexpr int exit_trouble = 99;
constexpr int first_to_close = 3;
constexpr int last_to_close = 1023;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  ::_exit(exit_trouble);
}

void check(bool done, const char* what) {
  if (!done) give_up(what);
}

void set_mask(std::uint64_t mask) {
  check(::syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, nullptr, sizeof mask) == 0, "rt_sigprocmask");
}

// The same uid and gid inside as outside.
void write_maps(uid_t user, gid_t group) {
  if (user == 0) return;
  const auto line = [](unsigned id) { return std::to_string(id) + " " + std::to_string(id) + " 1"; };
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/uid_map") << line(user);
  std::ofstream("/proc/self/gid_map") << line(group);
}

void leave_zombie() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t info{};
  check(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0, "waitid");
}

// The command gets it back with its exec, as root.
void drop_permission_to_kill() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, 2> sets{};
  check(::syscall(SYS_capget, &header, sets.data()) == 0, "capget");
  sets[0].effective &= ~(1U << CAP_KILL);
  sets[0].permitted &= ~(1U << CAP_KILL);
  check(::syscall(SYS_capset, &header, sets.data()) == 0, "capset");
}

void take_standard_descriptors(const RealStart& start) {
  const std::array own{start.pipes[0][0], start.pipes[1][1], start.pipes[2][1]};
  std::array<int, 3> moved{};
  std::ranges::transform(own, moved.begin(), [](int fd) { return ::fcntl(fd, F_DUPFD, last_to_close / 2); });
  for (int fd = 0; fd < first_to_close; ++fd) check(::dup2(moved[static_cast<std::size_t>(fd)], fd) == fd, "dup2");
  for (int fd = first_to_close; fd <= last_to_close; ++fd) ::close(fd);
}

// What the kernel counts of our memory, in a file of our own.
void pretend_cgroup(const Scenario& scenario) {
  const bool is_first = scenario.cgroup == Cgroup::v1 || scenario.cgroup == Cgroup::v1_at_root;
  const std::string mount = "/sys/fs/cgroup";
  check(::mount("none", mount.c_str(), "tmpfs", 0, nullptr) == 0, "cover /sys/fs/cgroup");
  const std::string file = scenario.cgroup == Cgroup::v1           ? "/memory/pod/memory.oom_control"
                           : scenario.cgroup == Cgroup::v1_at_root ? "/memory/memory.oom_control"
                                                                   : "/pod/memory.events";
  if (scenario.cgroup != Cgroup::nowhere) {
    std::filesystem::create_directories(std::filesystem::path(mount + file).parent_path());
    std::ofstream(mount + file) << "oom_kill_disable 0\noom_kill " << scenario.oom_kills << '\n';
  }
  std::ofstream(mount + "/own") << (is_first ? "2:cpu:/pod\n1:memory:/pod\n" : "0::/pod\n");
  check(::mount((mount + "/own").c_str(), "/proc/self/cgroup", nullptr, MS_BIND, nullptr) == 0, "cover the cgroup");
}

[[noreturn]] void be_init(const RealStart& start) {
  const Scenario& scenario = *start.scenario;
  take_standard_descriptors(start);
  for (int number = 1; number < SIGSYS; ++number) ::signal(number, SIG_DFL);
  set_mask(0);
  pretend_cgroup(scenario);
  if (scenario.proc != Proc::mounted) check(::mount("none", "/proc", "tmpfs", 0, nullptr) == 0, "cover /proc");
  if (scenario.stderr_closed) ::close(STDERR_FILENO);
  if (scenario.inherited_descriptor > 0) check(::dup2(0, scenario.inherited_descriptor) > 0, "dup2");
  if (scenario.inherited_zombie) leave_zombie();
  if (scenario.child_signal_ignored) ::signal(SIGCHLD, SIG_IGN);
  if (scenario.does.other_user) drop_permission_to_kill();
  Arguments arguments(start.words);
  Arguments environment(start.environment);
  if (scenario.all_blocked) set_mask(~std::uint64_t{0});
  gate().open(*start.trace, nullptr, start.fault, scenario.refused_clones);
  ::_exit(foster_main(arguments.argc(), arguments.argv(), environment.argv()));
}

// What a shell, or a container's own init, may be to foster. Its child is init, which gets the signals of the scenario.
[[noreturn]] void be_outer(const RealStart& start) {
  // A stranger to init: before it, so that it is there when init looks.
  if (::fork() == 0) {
    set_mask(~std::uint64_t{0});
    for (;;) ::pause();
  }
  const pid_t child = ::fork();
  if (child == 0) {
    check(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
    be_init(start);
  }
  int status = 0;
  while (::waitpid(-1, &status, 0) != child) {
  }
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : exit_trouble);
}

bool loses_parent(const Scenario& scenario) {
  return std::ranges::any_of(scenario.happenings,
                             [](const Happening& happening) { return happening.what == Happening::What::parent_dies; });
}

// As be_outer(), with a process in between that ends when it is told to: init is adopted then.
[[noreturn]] void be_outer_of_two(const RealStart& start) {
  const auto [ends, told] = start.pipes[3];
  if (::fork() == 0) {
    if (::fork() == 0) be_init(start);
    ::close(told);
    char byte = 0;
    ::_exit(static_cast<int>(::read(ends, &byte, 1)));
  }
  ::close(told);
  int status = 0;
  (void)::wait(&status);
  (void)::wait(&status);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : exit_trouble);
}

[[noreturn]] void be_first(const RealStart& start, uid_t user, gid_t group) {
  check(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
  write_maps(user, group);
  check(::setsid() >= 0, "setsid");
  check(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "make mounts private");
  check(::mount("proc", "/proc", "proc", 0, nullptr) == 0, "mount /proc");
  if (!start.scenario->has_shell) check(::mount("none", "/bin", "tmpfs", 0, nullptr) == 0, "cover /bin");
  if (start.scenario->pid1) be_init(start);
  if (loses_parent(*start.scenario)) be_outer_of_two(start);
  be_outer(start);
}

pid_t clone_into_namespaces() {
  const unsigned long user = ::getuid() == 0 ? 0UL : CLONE_NEWUSER;
  const unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | user | SIGCHLD;
  return static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
}

}  // namespace

RealStart::~RealStart() {
  for (const auto& pipe : pipes) {
    for (const int fd : pipe) {
      if (fd >= 0) ::close(fd);
    }
  }
}

void RealStart::end_parent() {
  ::close(pipes[3][1]);
  pipes[3][1] = -1;
}

pid_t RealStart::init_pid() const {
  if (scenario->pid1) return first;
  const pid_t child = children_of(first).back();
  return loses_parent(*scenario) ? children_of(child).at(0) : child;
}

pid_t start_on_real_kernel(RealStart& start) {
  const uid_t user = ::getuid();
  const gid_t group = ::getgid();
  for (auto& pipe : start.pipes) {
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  }
  for (const int fd : {start.output(), start.errors()}) ::fcntl(fd, F_SETFL, O_NONBLOCK);
  start.trace->count = {};
  start.first = clone_into_namespaces();
  if (start.first == 0) be_first(start, user, group);
  if (start.first < 0) throw std::runtime_error("clone");
  for (int* const fd : {&start.pipes[0][0], &start.pipes[1][1], &start.pipes[2][1], &start.pipes[3][0]}) {
    ::close(*fd);
    *fd = -1;
  }
  return start.first;
}

bool namespaces_are_allowed() {
  const pid_t child = clone_into_namespaces();
  if (child == 0) ::_exit(0);
  if (child < 0) return false;
  ::waitpid(child, nullptr, 0);
  return true;
}

}  // namespace fake
