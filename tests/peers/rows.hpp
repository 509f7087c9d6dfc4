// Every flag, bundle and variable that the originals' own documents name, and mistakes beside them.
#pragma once

#include <string>
#include <vector>

#include "observe.hpp"

struct Row {
  Probe probe;
  Words options{};
  Words environment{};
  Words command{};
};

struct Peer {
  std::string name;
  std::string installed;  // the original
  std::vector<Row> rows;
};

std::vector<Peer> peers();

// A row's name in differences.cpp: "answers: TINI_VERBOSITY=0 -e 300".
std::string label_of(const Row& row);

struct Difference {
  std::string peer;
  std::string reason;
  Words labels;
};

// Where foster does not do as the original does, and means it.
const std::vector<Difference>& differences();
