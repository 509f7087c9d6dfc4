// What is asked for on the command line.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "subject.hpp"

struct Request {
  bool list = false;
  int rounds = 10;
  std::set<std::string> figures;  // none: all of them
  std::vector<Subject> subjects;
};

// Throws std::invalid_argument, which says what is wrong.
Request parse_request(const Words& words);
