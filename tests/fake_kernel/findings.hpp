// What breaks breaks in hundreds of runs: one failure for each kind, with the first of its runs.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "promises.hpp"

namespace fake {

class Findings {
 public:
  void add(const std::string& kind, const std::string& run) {
    Group& group = groups_[kind];
    if (group.count++ == 0) group.first = run;
  }
  void fail() const {
    for (const auto& [kind, group] : groups_) FAIL_CHECK(kind, ", in ", group.count, " runs, the first: ", group.first);
  }

 private:
  struct Group {
    int count = 0;
    std::string first;
  };
  std::map<std::string, Group> groups_;
};

}  // namespace fake
