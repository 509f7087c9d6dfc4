#include "real_look.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

namespace fake {

std::vector<pid_t> children_of(pid_t parent) {
  const auto id = std::to_string(parent);
  std::ifstream file("/proc/" + id + "/task/" + id + "/children");
  return {std::istream_iterator<pid_t>(file), {}};
}

bool sleeps(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  bool is_asleep = false;
  std::uint64_t pending = 0;
  std::uint64_t blocked = 0;
  std::string word;
  for (std::string key; file >> key; std::getline(file, word)) {
    if (key == "State:") is_asleep = file >> word && word == "S";
    if (key == "SigPnd:" || key == "ShdPnd:") pending |= file >> word ? std::stoull(word, nullptr, 16) : 0;
    if (key == "SigBlk:" && file >> word) blocked = std::stoull(word, nullptr, 16);
  }
  return is_asleep && (pending & ~blocked) == 0;
}

bool is_zombie(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  for (std::string key; file >> key && key != "State:"; std::getline(file, word)) {
  }
  return file >> word && word == "Z";
}

}  // namespace fake
