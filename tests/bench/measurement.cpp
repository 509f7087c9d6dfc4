#include "measurement.hpp"

#include <filesystem>
#include <iterator>

std::vector<Measurement> all_measurements() {
  std::vector<Measurement> all;
  for (auto theme : {start_measurements, signal_measurements, orphan_measurements, starved_measurements,
                     rest_measurements, crowd_measurements}) {
    auto some = theme();
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  return all;
}

// It lies beside us.
Words command(const std::string& mode, const std::string& argument) {
  const auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  Words words{folder / "bench-command", mode};
  if (!argument.empty()) words.push_back(argument);
  return words;
}
