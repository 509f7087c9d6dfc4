#include "kernel/report.hpp"

#include <unistd.h>

#include <cerrno>

#include "kernel/sys.hpp"

namespace foster {

namespace {

constexpr int stderr_fd = STDERR_FILENO;

// A description of its own: O_NONBLOCK there does not reach the command, which shares the one behind descriptor 2.
sys::Result<std::size_t> write_reopened(std::string_view line) {
  const auto fd = sys::open_to_write_now("/proc/self/fd/2");
  if (!fd) return fd.of<std::size_t>();
  const auto written = sys::write(fd.value(), line);
  (void)sys::close(fd.value());
  return written;
}

// What is left without /proc, or where the pipe belongs to another user. Between the question and the write somebody
// else may take the last room, and the write then waits for a reader: said in the man page.
sys::Result<std::size_t> write_when_asked(std::string_view line) {
  const auto written = sys::write_now(stderr_fd, line);
  const bool is_done = written && written.value() == line.size();
  return is_done || !sys::is_writable(stderr_fd) ? written : sys::write(stderr_fd, line);
}

// A file never waits for a reader, and opened once more it would be written from its beginning. A socket can be asked
// not to wait. A pipe or a terminal is opened once more, if that can be had.
sys::Result<std::size_t> write_line(std::string_view line) {
  if (sys::end_of(stderr_fd)) return sys::write(stderr_fd, line);
  const auto sent = sys::send_now(stderr_fd, line);
  if (sent || sent.error() == EAGAIN || sent.error() == EPIPE) return sent;
  const auto written = write_reopened(line);
  // Full or broken is final; anything else says that it could not be opened.
  if (written || written.error() == EAGAIN || written.error() == ENXIO) return written;
  return write_when_asked(line);
}

}  // namespace

Text& Report::line() {
  text_.clear();
  if (dropped_ > 0) add_phrase(add_phrase(text_, Phrase::foster).number(dropped_), Phrase::messages_lost);
  return add_phrase(text_, Phrase::foster);
}

void Report::send() {
  // The room ends one byte behind what the words may fill.
  const auto size = text_.view().size() + 1;
  room_[size - 1] = '\n';
  const auto written = write_line({room_.data(), size});
  dropped_ = written && written.value() == size ? 0 : dropped_ + 1;
}

void Report::say(Phrase words) {
  add_phrase(line(), words);
  send();
}

void Report::failure(Phrase what, int error) {
  add_reason(add_phrase(add_phrase(line(), Phrase::cannot), what), error);
  send();
}

}  // namespace foster
