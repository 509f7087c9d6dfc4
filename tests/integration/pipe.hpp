// Descriptors that close themselves, and lines read from one of them.
#pragma once

#include <optional>
#include <string>
#include <utility>

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  void close();

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor reader;
  Descriptor writer;
};

// Both ends close at exec. Throws if there is none to have.
Pipe make_pipe();

// Writes zeros to a pipe or a socket until nothing more fits in.
void fill(int fd);

// What a descriptor has to say, line by line.
class Lines {
 public:
  Lines() = default;
  explicit Lines(Descriptor source) : source_(std::move(source)) {}
  [[nodiscard]] int fd() const { return source_.get(); }

  // A line that is there already, without its newline; at the end what is left over.
  std::optional<std::string> take();
  // Reads once; false at the end. The descriptor must be readable.
  bool read_more();
  [[nodiscard]] bool at_end() const { return at_end_; }
  // All that is there and was not taken as a line.
  std::string take_all() { return std::exchange(text_, std::string()); }

 private:
  Descriptor source_;
  std::string text_;
  bool at_end_ = false;
};
