// A pseudo-terminal, from the side where a person would sit.
#pragma once

#include <sys/types.h>

#include <string>

#include "pipe.hpp"

inline constexpr char ctrl_c[] = "\x03";
inline constexpr char ctrl_d[] = "\x04";
inline constexpr char ctrl_z[] = "\x1a";
inline constexpr char ctrl_backslash[] = "\x1c";

class Terminal {
 public:
  // Without echo and without carriage returns: what is read was written by somebody.
  Terminal();
  [[nodiscard]] const std::string& name() const { return name_; }

  void send(const std::string& bytes) const;
  // What has come since the last time, after waiting for it for a moment; throws if nobody is left to write.
  [[nodiscard]] std::string receive() const;
  void resize(unsigned short rows, unsigned short columns) const;
  void hang_up() { ours_.close(); }

 private:
  Descriptor ours_;
  std::string name_;
};

// In the launcher: opens it as 0, 1 and 2. A session leader that has no terminal gets it as its own if it `takes` it.
void open_terminal(const std::string& name, bool takes);
