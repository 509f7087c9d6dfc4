#include "container.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "bare/wire.hpp"
#include "errors.hpp"

namespace {

constexpr int limit_ms = 60'000;
constexpr int pipe_room = 1 << 20;  // nobody is ever to wait for us to read

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Pipe::Pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) not_measured("no pipe");
  reader = Descriptor(ends[0]);
  writer = Descriptor(ends[1]);
}

void read_from(int fd, void* to, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    pollfd source{fd, POLLIN, 0};
    if (::poll(&source, 1, limit_ms) == 0) throw NotMeasured("its command said nothing for a minute");
    const auto count = ::read(fd, static_cast<char*>(to) + done, size - done);
    if (count <= 0) throw NotMeasured("it ended before its command had said everything");
    done += static_cast<std::size_t>(count);
  }
}

Container::Container(Launch launch, bool with_gate) {
  if (::fcntl(output_.writer.get(), F_SETPIPE_SZ, pipe_room) < 0) not_measured("no large pipe");
  launch.input = input_.reader.get();
  launch.output = output_.writer.get();
  if (with_gate) launch.gate = gate_.reader.get();
  pid_ = ::launch(launch);
  input_.reader.close();
  output_.writer.close();
  gate_.reader.close();
}

Container::~Container() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  (void)await_end();
}

void Container::open_gate() const { (void)!::write(gate_.writer.get(), "", 1); }

void Container::await_ready() {
  if (read<char>() != ready_byte) throw NotMeasured("its command said something else than that it is ready");
}

void Container::tell() const { (void)!::write(input_.writer.get(), "", 1); }

bool Container::has_said_something(int limit) const {
  pollfd source{output(), POLLIN, 0};
  return ::poll(&source, 1, limit) > 0;
}

int Container::await_end() {
  int status = 0;
  while (::waitpid(pid_, &status, __WALL) >= 0 && !WIFEXITED(status) && !WIFSIGNALED(status)) {
  }
  pid_ = -1;
  return status;
}
