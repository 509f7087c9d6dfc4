// A container: PID 1 and its command, with a pipe to and from the command. It is gone when this object is.
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "launcher.hpp"

// A number of our own, closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] int get() const { return fd_; }
  void close();

 private:
  int fd_ = -1;
};

struct Pipe {
  Pipe();
  Descriptor reader;
  Descriptor writer;
};

// Throws NotMeasured if it ends, or says nothing for long.
void read_from(int fd, void* to, std::size_t size);

class Container {
 public:
  // With a gate, it waits there until open_gate().
  explicit Container(Launch launch, bool with_gate = false);
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;
  ~Container();

  [[nodiscard]] pid_t pid() const { return pid_; }  // of PID 1, as it is out here
  [[nodiscard]] int output() const { return output_.reader.get(); }
  void open_gate() const;
  void await_ready();
  void tell() const;  // one byte for the command

  template <typename T>
  T read() {
    T value{};
    read_from(output(), &value, sizeof value);
    return value;
  }
  [[nodiscard]] bool has_said_something(int limit_ms) const;

  // The wait status of PID 1.
  int await_end();

 private:
  pid_t pid_ = -1;
  Pipe input_;
  Pipe output_;
  Pipe gate_;
};
