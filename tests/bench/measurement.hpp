// What is measured together: one run of one subject gives a value for each of the figures.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "subject.hpp"

struct Figure {
  std::string name;
  std::string unit;
};

struct Value {
  double number = 0;
  std::string missing;  // why there is no number, unless empty
};

struct Measurement {
  std::vector<Figure> figures;
  int per_ten_rounds;                                         // how often in ten rounds of the benchmark
  std::function<std::vector<Value>(const Subject&)> measure;  // may throw NotMeasured, for all of them
};

// All of them, in the order of the figures.
std::vector<Measurement> all_measurements();

// The themes.
std::vector<Measurement> start_measurements();
std::vector<Measurement> signal_measurements();
std::vector<Measurement> orphan_measurements();
std::vector<Measurement> starved_measurements();
std::vector<Measurement> rest_measurements();
std::vector<Measurement> crowd_measurements();

// The program that the subjects start, as its first argument names what it does.
Words command(const std::string& mode, const std::string& argument = {});
