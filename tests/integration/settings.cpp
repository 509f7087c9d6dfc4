// What the tests are told from outside, and what they tell in the end.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "harness.hpp"

namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') throw std::runtime_error(std::string(name) + " is not set");
  return value;
}

Words skipped;

}  // namespace

const std::string& init_binary() {
  static const std::string path = variable("FOSTER_BINARY");
  return path;
}

const std::string& actor() {
  static const std::string path = variable("FOSTER_ACTOR");
  return path;
}

const Words& init_options() {
  static const Words words = [] {
    const char* const text = std::getenv("INIT_OPTIONS");
    std::istringstream all(text == nullptr ? "" : text);
    Words split;
    for (std::string word; all >> word;) split.push_back(word);
    return split;
  }();
  return words;
}

int race_runs() {
  constexpr int usual = 200;
  const char* const text = std::getenv("RACE_RUNS");
  if (text == nullptr) return usual;
  const int runs = std::atoi(text);
  if (runs <= 0) throw std::runtime_error("RACE_RUNS must be a number from 1 on");
  return runs;
}

bool init_is_sanitized() {
  static const bool is = [] {
    std::ifstream file(init_binary(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str().find("__asan_init") != std::string::npos;
  }();
  return is;
}

void skip(const std::string& why) {
  if (std::find(skipped.begin(), skipped.end(), why) != skipped.end()) return;
  skipped.push_back(why);
  std::cout << "skipped: " << why << std::endl;
}

int count_skipped() { return static_cast<int>(skipped.size()); }

std::vector<int> forwarded_signals() {
  std::vector<int> numbers;
  for (int number = 1; number <= 64; ++number) {
    if (number != SIGKILL && number != SIGSTOP && number != SIGCHLD) numbers.push_back(number);
  }
  return numbers;
}
