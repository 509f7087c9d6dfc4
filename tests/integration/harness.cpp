#include "harness.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <system_error>

#include "launcher.hpp"

namespace {

using Clock = std::chrono::steady_clock;
// Only a failure waits that long.
constexpr auto time_limit = std::chrono::seconds(30);

[[noreturn]] void throw_errno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Descriptor handle_of(pid_t pid) { return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))); }

Descriptor open_terminal(std::string& other_side) {
  Descriptor terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!terminal.is_open() || ::grantpt(terminal.get()) < 0 || ::unlockpt(terminal.get()) < 0)
    throw_errno("open a terminal");
  other_side = ::ptsname(terminal.get());
  return terminal;
}

Descriptor receive_descriptor(int socket) {
  char byte = 0;
  iovec part{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  if (::recvmsg(socket, &message, MSG_CMSG_CLOEXEC) <= 0) return {};
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (header == nullptr) return {};
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return Descriptor(fd);
}

Words words_of(const Start& start, int reports) {
  Words words;
  if (start.place == Place::inner) words = act("outer", std::to_string(reports));
  words = words + start.before;
  if (start.bare) return words + start.words;
  const Words init = start.init.empty() ? Words{init_binary()} + init_options() : Words{start.init};
  return words + init + start.words;
}

Words environment_of(const Start& start) {
  Words environment = start.environment;
  // What a sanitizer's runtime is told must reach it; nothing else of the test's own environment does.
  for (const char* const name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr) environment.push_back(std::string(name) + "=" + value);
  }
  return environment;
}

}  // namespace

Words operator+(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Init::Init(const Start& start) : place_(start.place) {
  Pipe in = make_pipe(), out = make_pipe(), err = make_pipe(), reports = make_pipe(), gate = make_pipe(),
       failure = make_pipe();
  std::array<int, 2> sockets{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) < 0) throw_errno("socketpair");
  Descriptor our_socket(sockets[0]), its_socket(sockets[1]);
  Launch plan{.words = words_of(start, reports.writer.get()),
              .environment = environment_of(start),
              .own_proc = start.own_proc,
              .standard = {in.reader.get(), out.writer.get(), err.writer.get()},
              .terminal = {},
              .handed_down = place_ == Place::inner ? reports.writer.get() : -1,
              .before_exec = start.before_exec,
              .hold = start.hold,
              .gate = gate.reader.get(),
              .failure = failure.writer.get(),
              .listener_socket = its_socket.get()};
  if (start.terminal) {
    out.reader = open_terminal(plan.terminal);
    in.writer = Descriptor(::fcntl(out.reader.get(), F_DUPFD_CLOEXEC, 0));
  }
  first_ = clone_into_namespaces();
  if (first_ < 0) throw_errno("clone into new namespaces");
  if (first_ == 0) {
    gate.writer.close();
    launch(plan);
  }
  first_handle_ = handle_of(first_);
  in_ = std::move(in.writer);
  out_ = Lines(std::move(out.reader));
  err_ = Lines(std::move(err.reader));
  reports_ = Lines(std::move(reports.reader));
  for (Pipe* const pipe : {&out, &err, &reports, &failure}) pipe->writer.close();
  its_socket.close();
  in.reader.close();
  if (::write(gate.writer.get(), "", 1) != 1) throw_errno("open the gate");
  wait_for_exec(failure.reader, our_socket);
}

Init::~Init() {
  // The kernel ends the whole namespace with its PID 1.
  if (first_ > 0) {
    ::kill(first_, SIGKILL);
    ::waitpid(first_, nullptr, 0);
  }
}

// The exec itself may be among the calls to hold: until it is done everything goes on.
void Init::wait_for_exec(const Descriptor& failure, Descriptor& listener_socket) {
  Lines text(Descriptor(::fcntl(failure.get(), F_DUPFD_CLOEXEC, 0)));
  const Descriptor listener = receive_descriptor(listener_socket.get());
  if (listener.is_open()) held_ = HeldCalls(Descriptor(::fcntl(listener.get(), F_DUPFD_CLOEXEC, 0)));
  const std::string failed = rest_of(text);
  if (!failed.empty()) throw std::runtime_error("cannot start: " + failed);
}

pid_t Init::pid() {
  if (pid_ > 0) return pid_;
  pid_ = first_;
  if (place_ == Place::pid1) return pid_;
  read_started();
  wait_until("the outer PID 1 to have a child", [this] { return !proc::children(first_).empty(); });
  return pid_ = proc::children(first_).front();
}

pid_t Init::command() {
  const pid_t init = pid();
  wait_until("the init to have a child", [init] { return !proc::children(init).empty(); });
  return proc::children(init).front();
}

void Init::signal(int number) {
  if (::kill(pid(), number) < 0) throw_errno("kill");
}

void Init::queue(int number, int value) {
  sigval what{};
  what.sival_int = value;
  if (::sigqueue(pid(), number, what) < 0) throw_errno("sigqueue");
}

int Init::wait() {
  if (status_ >= 0) return status_;
  if (place_ == Place::pid1) {
    wait_readable(first_handle_.get(), "the init to end");
    if (::waitpid(first_, &status_, 0) != first_) throw_errno("waitpid");
    first_ = -1;
    return status_;
  }
  read_started();
  for (std::string line = report();; line = report()) {
    if (line.rfind(own_end_, 0) == 0) return status_ = std::stoi(line.substr(own_end_.size()));
    reaped_outside_.push_back(line);
  }
}

// "started PID" comes first, then "ended PID STATUS" for each one that the outer PID 1 reaps.
void Init::read_started() {
  if (!own_end_.empty()) return;
  static constexpr char started[] = "started ";
  const std::string line = report();
  if (line.rfind(started, 0) != 0) give_up("the outer PID 1 says " + line);
  own_end_ = "ended " + line.substr(sizeof started - 1) + " ";
}

int Init::exit_code() {
  const int status = wait();
  if (!WIFEXITED(status)) give_up("the init was killed by signal " + std::to_string(WTERMSIG(status)));
  return WEXITSTATUS(status);
}

void Init::write(const std::string& text) const {
  if (::write(in_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) throw_errno("write");
}

bool Init::has_output() {
  pollfd entry{.fd = out_.fd(), .events = POLLIN, .revents = 0};
  return ::poll(&entry, 1, 0) > 0;
}

std::string Init::drain_errors() {
  pollfd entry{.fd = err_.fd(), .events = POLLIN, .revents = 0};
  while (::poll(&entry, 1, 0) > 0 && err_.read_more()) {
  }
  return err_.take_all();
}

HeldCall Init::next_held() {
  pollfd entry{.fd = held_.fd(), .events = POLLIN, .revents = 0};
  const auto limit = std::chrono::milliseconds(time_limit).count();
  for (;;) {
    if (::poll(&entry, 1, static_cast<int>(limit)) == 0) give_up("no system call to hold");
    if ((entry.revents & POLLIN) == 0) give_up("nobody is left to hold a system call");
    const HeldCall call = held_.receive();
    if (call.id != 0) return call;
  }
}

void Init::let_all_go() {
  const HeldCall call = held_.receive();
  if (call.id != 0) held_.let_go(call);
}

void Init::wait_readable(int fd, const std::string& what) {
  const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(time_limit).count();
  std::array<pollfd, 2> entries{
      {{.fd = fd, .events = POLLIN, .revents = 0}, {.fd = held_.fd(), .events = POLLIN, .revents = 0}}};
  for (;;) {
    const int ready = ::poll(entries.data(), entries.size(), static_cast<int>(limit));
    if (ready == 0) give_up("waited in vain for " + what);
    if (entries[0].revents != 0) return;
    if ((entries[1].revents & POLLIN) != 0) let_all_go();
    // The last one that could be held is gone.
    else if (entries[1].revents != 0)
      entries[1].fd = -1;
  }
}

std::string Init::line_of(Lines& lines) {
  for (;;) {
    if (auto line = lines.take()) {
      if (!line->empty() && line->back() == '\r') line->pop_back();
      return *line;
    }
    if (lines.at_end()) give_up("its output ended before the expected line");
    wait_readable(lines.fd(), "a line");
    lines.read_more();
  }
}

std::string Init::rest_of(Lines& lines) {
  do {
    wait_readable(lines.fd(), "the end of its output");
  } while (lines.read_more());
  return lines.take_all();
}

void Init::wait_until(const std::string& what, const std::function<bool()>& holds, int pause_ms) {
  const auto end = Clock::now() + time_limit;
  while (!holds()) {
    if (Clock::now() > end) give_up("waited in vain for " + what);
    pollfd entry{.fd = held_.fd(), .events = POLLIN, .revents = 0};
    if (::poll(&entry, 1, pause_ms) > 0 && (entry.revents & POLLIN) != 0) let_all_go();
  }
}

// The wait of the loop in which init reaps is rt_sigtimedwait, where the kernel reaps it is ppoll. Both have the time
// limit as their third argument: at rest there is none, while init is still starting the command there is.
bool Init::is_at_rest() {
  const auto call = proc::blocked_call(pid());
  if (call.number != SYS_rt_sigtimedwait && call.number != SYS_ppoll) return false;
  if (call.arguments[2] != 0) return false;
  return proc::signal_set(pid_, "SigPnd") == 0 && proc::signal_set(pid_, "ShdPnd") == 0;
}

void Init::wait_until_at_rest() {
  wait_until("the init to be at rest", [this] { return is_at_rest(); });
}

void Init::give_up(const std::string& what) {
  std::ostringstream text;
  text << what;
  if (first_ > 0) {
    const pid_t init = pid_ > 0 ? pid_ : first_;
    text << "; the init is " << proc::status_field(init, "State") << ", in system call " << proc::blocked_in(init)
         << ", pending " << proc::status_field(init, "ShdPnd") << ", children:";
    for (const pid_t child : proc::children(init)) text << " " << child << " " << proc::look_at(child).state;
  }
  throw std::runtime_error(text.str());
}
