#include "pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) throw std::system_error(errno, std::generic_category(), "pipe2");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void fill(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
  const std::array<char, 4096> page{};
  while (::write(fd, page.data(), page.size()) > 0) {
  }
  while (::write(fd, page.data(), 1) > 0) {
  }
  ::fcntl(fd, F_SETFL, flags);
}

std::optional<std::string> Lines::take() {
  const auto end = text_.find('\n');
  if (end == std::string::npos) {
    if (!at_end_ || text_.empty()) return std::nullopt;
    return take_all();
  }
  std::string line = text_.substr(0, end);
  text_.erase(0, end + 1);
  return line;
}

bool Lines::read_more() {
  std::array<char, 65536> room{};
  const ssize_t length = ::read(source_.get(), room.data(), room.size());
  if (length < 0 && errno == EINTR) return true;
  // A terminal whose other side is closed answers with EIO: that is its end.
  if (length <= 0) at_end_ = true;
  if (length > 0) text_.append(room.data(), static_cast<std::size_t>(length));
  return !at_end_;
}
