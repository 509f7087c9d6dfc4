// What `actor catch` says of the signals that reach it.
#pragma once

#include <doctest/doctest.h>

#include <csignal>

#include "harness.hpp"

inline std::string caught(const std::string& name, int signal, int code = SI_USER, int value = 0) {
  return name + " signal " + std::to_string(signal) + " code " + std::to_string(code) + " value " +
         std::to_string(value);
}

// Of `actor catch main`. Each signal is followed by another one, so that a second copy, or one that nobody sent, would
// stand in the place of that.
inline void check_each_arrives_once(Init& init) {
  REQUIRE(init.read_line() == "main ready");
  for (const int number : forwarded_signals()) {
    init.signal(number);
    CHECK(init.read_line() == caught("main", number));
  }
}
