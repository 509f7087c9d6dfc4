// What both fuzz targets need: numbers taken from libFuzzer's bytes, and a promise that ends the run when it is broken.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : left_(data, size) {}
  [[nodiscard]] bool empty() const { return left_.empty(); }

  // Zeros behind the end.
  template <class Number>
  Number take() {
    Number number{};
    const std::size_t size = left_.size() < sizeof number ? left_.size() : sizeof number;
    if (size > 0) std::memcpy(&number, left_.data(), size);
    left_ = left_.subspan(size);
    return number;
  }

 private:
  std::span<const std::uint8_t> left_;
};

// libFuzzer keeps the input that led here.
inline void promise(bool kept, std::string_view words) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(words.size()), words.data());
  std::abort();
}
