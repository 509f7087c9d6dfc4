// What a refusal must look like.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

// Exactly one line of foster's, with all of these in it.
inline void check_one_line(const std::string& text, const std::vector<std::string>& parts) {
  CAPTURE(text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.rfind("foster: ", 0) == 0);
  for (const auto& part : parts) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}
