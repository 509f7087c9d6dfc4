#include "terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace {

constexpr int pause_ms = 1;

void must(bool done, const char* what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Terminal::Terminal() : ours_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
  must(ours_.is_open() && ::grantpt(ours_.get()) == 0 && ::unlockpt(ours_.get()) == 0, "open a terminal");
  name_ = ::ptsname(ours_.get());
  termios settings{};
  must(::tcgetattr(ours_.get(), &settings) == 0, "tcgetattr");
  settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  settings.c_oflag &= ~static_cast<tcflag_t>(ONLCR);
  must(::tcsetattr(ours_.get(), TCSANOW, &settings) == 0, "tcsetattr");
}

void Terminal::send(const std::string& bytes) const {
  must(::write(ours_.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "write to the terminal");
}

std::string Terminal::receive() const {
  pollfd entry{.fd = ours_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&entry, 1, pause_ms) == 0) return {};
  std::array<char, 4096> room{};
  const ssize_t length = ::read(ours_.get(), room.data(), room.size());
  if (length <= 0) throw std::runtime_error("nobody has the terminal open any more");
  return {room.data(), static_cast<std::size_t>(length)};
}

void Terminal::resize(unsigned short rows, unsigned short columns) const {
  const winsize size{.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  must(::ioctl(ours_.get(), TIOCSWINSZ, &size) == 0, "TIOCSWINSZ");
}

void open_terminal(const std::string& name, bool takes) {
  const int fd = ::open(name.c_str(), O_RDWR | O_CLOEXEC | (takes ? 0 : O_NOCTTY));
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::dup2(fd, number) < 0) ::_exit(98);
  }
}
