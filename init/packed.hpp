// Texts and tables of texts that the compiler lays out as one run of characters. Without pointers: in a static-pie
// program each pointer in a table is written to at every start, which costs a page of memory.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "text.hpp"

namespace foster {

// Counts what a Packer would be given.
class PackedSize {
 public:
  constexpr void add(char /*c*/) { ++size_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
};

template <std::size_t total>
class Packer {
 public:
  constexpr void add(char c) { room_[size_++] = c; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr const std::array<char, total>& packed() const { return room_; }

 private:
  std::array<char, total> room_{};
  std::size_t size_ = 0;
};

template <class Out>
constexpr void add_text(Out& out, std::string_view text) {
  for (const char c : text) out.add(c);
}

// With an end that an Unpacker finds.
template <class Out>
constexpr void add_field(Out& out, std::string_view text) {
  add_text(out, text);
  out.add('\0');
}

// What `write` adds, less than 256 bytes, with its size in front, so that it can be passed over.
template <class Out, class Write>
constexpr void add_block(Out& out, Write write) {
  PackedSize counted;
  write(counted);
  if (counted.size() > 255) __builtin_trap();  // the compiler does not get past it
  out.add(static_cast<char>(static_cast<unsigned char>(counted.size())));
  write(out);
}

// What Content::write(out) adds to `out`.
template <class Content>
consteval auto pack() {
  constexpr std::size_t size = [] {
    PackedSize counted;
    Content::write(counted);
    return counted.size();
  }();
  Packer<size> packer;
  Content::write(packer);
  return packer.packed();
}

// What stands behind a field.
[[gnu::noinline]] constexpr const char* behind_field(const char* field) {
  while (*field++ != '\0') {
  }
  return field;
}

// Takes it apart again, in the order in which it was written.
class Unpacker {
 public:
  Unpacker() = default;
  template <std::size_t size>
  explicit Unpacker(const std::array<char, size>& packed) : next_(packed.data()), end_(packed.data() + size) {}
  [[nodiscard]] bool empty() const { return next_ == end_; }
  char character() { return *next_++; }
  const char* skip(std::size_t count) {
    const char* const passed = next_;
    next_ += count;
    return passed;
  }
  const char* field() {
    const char* const field = next_;
    next_ = behind_field(field);
    return field;
  }
  Unpacker block() {
    Unpacker block;
    block.next_ = next_ + 1;
    block.end_ = next_ = block.next_ + static_cast<unsigned char>(*next_);
    return block;
  }

 private:
  const char* next_ = nullptr;
  const char* end_ = nullptr;
};

}  // namespace foster
