#include "scene.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "harness.hpp"

namespace scene {

namespace {

constexpr int exit_broken = 99;  // of a process that could not do its part

// A child in these namespaces that does its work, and ends.
pid_t fork_for(const Work& work, unsigned long namespaces = 0) {
  const auto child = static_cast<pid_t>(::syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0));
  if (child != 0) return static_cast<pid_t>(checked(child, "clone"));
  // The test program's own handlers are not meant for it.
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  try {
    work();
  } catch (const std::exception& error) {
    std::cerr << "in a scene: " << error.what() << std::endl;
    ::_exit(exit_broken);
  }
  ::_exit(0);
}

// A child that tells when its work is done, and then goes on.
pid_t fork_and_wait(const Work& work, const Work& then, unsigned long namespaces = 0) {
  Pipe ready = make_pipe();
  const pid_t child = fork_for(
      [&] {
        ready.reader.close();
        work();
        checked(::write(ready.writer.get(), "", 1), "write");
        ready.writer.close();
        then();
      },
      namespaces);
  ready.writer.close();
  char byte = 0;
  if (::read(ready.reader.get(), &byte, 1) != 1) throw std::runtime_error("a process of the scene ended early");
  return child;
}

void execute(const Words& words) {
  std::vector<char*> pointers;
  for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  checked(::execv(pointers[0], pointers.data()), words[0]);
}

void reap_for_ever() {
  for (;;) {
    if (::waitpid(-1, nullptr, 0) < 0) ::poll(nullptr, 0, 1);
  }
}

void make_proc() {
  checked(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "make mounts private");
  checked(::mount("proc", "/proc", "proc", 0, nullptr), "mount /proc");
}

Descriptor namespace_of(pid_t pid, const std::string& name) {
  const std::string path = "/proc/" + std::to_string(pid) + "/ns/" + name;
  return Descriptor(static_cast<int>(checked(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path)));
}

std::string rest_of(int fd) {
  std::string text;
  std::array<char, 65536> room;
  for (;;) {
    const ssize_t bytes = ::read(fd, room.data(), room.size());
    // A terminal whose other side is closed answers with EIO.
    if (bytes <= 0) return text;
    text.append(room.data(), static_cast<std::size_t>(bytes));
  }
}

Pipe make_terminal() {
  Descriptor ours(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  checked(::grantpt(ours.get()), "grantpt");
  checked(::unlockpt(ours.get()), "unlockpt");
  Descriptor theirs(
      static_cast<int>(checked(::open(::ptsname(ours.get()), O_RDWR | O_NOCTTY | O_CLOEXEC), "open a terminal")));
  return {std::move(ours), std::move(theirs)};
}

Descriptor copy_from(pid_t pid, int fd) {
  const Descriptor process(static_cast<int>(checked(::syscall(SYS_pidfd_open, pid, 0), "pidfd_open")));
  return Descriptor(static_cast<int>(checked(::syscall(SYS_pidfd_getfd, process.get(), fd, 0), "pidfd_getfd")));
}

}  // namespace

long checked(long result, const std::string& what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

void change_name(const std::string& name) { checked(::prctl(PR_SET_NAME, name.c_str()), "PR_SET_NAME"); }

void become_user(uid_t user) {
  checked(::syscall(SYS_setresgid, user, user, user), "setresgid");
  checked(::syscall(SYS_setresuid, user, user, user), "setresuid");
  // What changes its user is its own to be read no more.
  checked(::prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");
}

void wait_for_ever() {
  for (;;) ::pause();
}

pid_t start(const std::string& name, const Work& work) {
  const pid_t child = fork_and_wait(
      [&] {
        change_name(name);
        work();
      },
      wait_for_ever);
  wait_until_state(child, 'S');
  return child;
}

pid_t start_program(const Words& words, const Work& before) {
  Pipe executed = make_pipe();
  const pid_t child = fork_for([&] {
    before();
    execute(words);
  });
  // The exec closes the child's copy.
  executed.writer.close();
  char byte = 0;
  checked(::read(executed.reader.get(), &byte, 1), "read");
  return child;
}

pid_t leave_zombie() {
  std::array<char, 16> name{};
  checked(::prctl(PR_GET_NAME, name.data()), "PR_GET_NAME");
  return leave_zombie(name.data());
}

pid_t leave_zombie(const std::string& name, const Work& work) {
  const pid_t child = fork_for([&] {
    change_name(name);
    work();
  });
  siginfo_t info{};
  checked(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), "waitid");
  return child;
}

void stop(pid_t child) {
  checked(::kill(child, SIGSTOP), "kill");
  siginfo_t info{};
  checked(::waitid(P_PID, static_cast<id_t>(child), &info, WSTOPPED | WNOWAIT), "waitid");
}

void wait_until_gone(pid_t pid) {
  while (::kill(pid, 0) == 0) ::poll(nullptr, 0, 1);
}

void wait_until_state(pid_t pid, char state) {
  while (proc::look_at(pid).state != state) ::poll(nullptr, 0, 1);
}

Words lines_with(const std::string& text, const std::string& beginning) {
  Words lines;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    const auto begin = line.find_first_not_of(' ');
    if (begin != std::string::npos && line.compare(begin, beginning.size(), beginning) == 0) lines.push_back(line);
  }
  return lines;
}

Session::Session(const Scene& scene, const Look& look) {
  Pipe out = look.terminal ? make_terminal() : make_pipe();
  Pipe errors = make_pipe(), listener = make_pipe(), gate = make_pipe();
  pid_ = scene.start_from_outside([&] {
    gate.writer.close();
    checked(::dup2(out.writer.get(), STDOUT_FILENO), "dup2");
    checked(::dup2(errors.writer.get(), STDERR_FILENO), "dup2");
    if (look.before) look.before();
    if (!look.hold.empty()) {
      const auto fd = static_cast<int>(checked(hold_calls(look.hold), "hold system calls"));
      checked(::write(listener.writer.get(), &fd, sizeof fd), "write");
      char byte = 0;
      checked(::read(gate.reader.get(), &byte, 1), "read");
      ::close(fd);
    }
    execute(look.words.empty() ? Words{init_binary()} + look.options : look.words);
  });
  for (Pipe* const pipe : {&out, &errors, &listener}) pipe->writer.close();
  out_ = std::move(out.reader);
  errors_ = std::move(errors.reader);
  int fd = -1;
  if (!look.hold.empty() && ::read(listener.reader.get(), &fd, sizeof fd) == sizeof fd) {
    held_ = HeldCalls(copy_from(pid_, fd));
  }
  checked(::write(gate.writer.get(), "", 1), "write");
}

Session::~Session() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool Session::hold(long number, HeldCall& call) {
  for (;;) {
    pollfd ready{held_.fd(), POLLIN, 0};
    checked(::poll(&ready, 1, -1), "poll");
    if ((ready.revents & POLLIN) == 0) return false;
    call = held_.receive();
    if (call.number == number) return true;
    held_.let_go(call);
  }
}

void Session::read_memory(std::uint64_t address, void* room, std::size_t bytes) const {
  std::ifstream memory("/proc/" + std::to_string(pid_) + "/mem", std::ios::binary);
  memory.seekg(static_cast<std::streamoff>(address));
  memory.read(static_cast<char*>(room), static_cast<std::streamsize>(bytes));
}

Answer Session::finish() {
  Answer answer;
  answer.out = rest_of(out_.get());
  answer.errors = rest_of(errors_.get());
  int status = 0;
  checked(::waitpid(std::exchange(pid_, -1), &status, 0), "waitpid");
  answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return answer;
}

Scene::Scene(const Work& work, First first) {
  first_ = fork_and_wait(
      [&] {
        checked(::prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
        checked(::setsid(), "setsid");
        change_name("first");
        make_proc();
        work();
      },
      [first] { first == First::reaps ? reap_for_ever() : wait_for_ever(); }, CLONE_NEWPID | CLONE_NEWNS);
  wait_until_state(first_, 'S');
  pids_ = namespace_of(first_, "pid");
  mounts_ = namespace_of(first_, "mnt");
}

Scene::~Scene() {
  if (first_ < 0) return;
  ::kill(first_, SIGKILL);
  ::waitpid(first_, nullptr, 0);
}

pid_t Scene::start_from_outside(const Work& work) const {
  const Descriptor own = namespace_of(::getpid(), "pid");
  checked(::setns(pids_.get(), CLONE_NEWPID), "setns");
  const pid_t child = fork_for([&] {
    checked(::prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
    enter_mounts();
    work();
  });
  checked(::setns(own.get(), CLONE_NEWPID), "setns");
  return child;
}

void Scene::enter_mounts() const { checked(::setns(mounts_.get(), CLONE_NEWNS), "setns"); }

void Scene::inside(const Work& work) const {
  const pid_t child = start_from_outside(work);
  int status = 0;
  checked(::waitpid(child, &status, 0), "waitpid");
  if (status != 0) throw std::runtime_error("a process of the scene failed");
}

}  // namespace scene
