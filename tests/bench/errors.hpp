// What can stand in the place of a number.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

// A figure that is not to be had here, or not of this init: the reason, in words.
struct NotMeasured : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The call that failed just now.
[[noreturn]] inline void not_measured(const std::string& what) {
  throw NotMeasured(what + ": " + std::generic_category().message(errno));
}
