#include "cgroups.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "observe.hpp"
#include "subject.hpp"

namespace {

constexpr int removal_limit_ms = 5'000;
constexpr useconds_t grace_us = 20'000;  // what is freed goes back after an RCU grace period
constexpr int most_looks = 100;

Words split(const std::string& text, char separator) {
  Words parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

bool contains(const Words& words, const std::string& word) { return std::ranges::find(words, word) != words.end(); }

// Where we are in the hierarchy of a controller ("": the one of version 2), after its mount point.
std::string own_place(const std::string& controller) {
  std::ifstream stream("/proc/self/cgroup");
  for (std::string line; std::getline(stream, line);) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    const auto names = split(line.substr(first + 1, second - first - 1), ',');
    if (controller.empty() ? names.empty() : contains(names, controller)) return line.substr(second + 1);
  }
  return "/";
}

struct Mount {
  std::string folder;
  int version;
};

std::vector<Mount> mounts_for(const std::string& controller) {
  std::vector<Mount> mounts;
  std::ifstream stream("/proc/self/mounts");
  for (std::string line; std::getline(stream, line);) {
    const auto fields = split(line, ' ');
    if (fields[2] == "cgroup" && contains(split(fields[3], ','), controller)) mounts.push_back({fields[1], 1});
    if (fields[2] == "cgroup2") mounts.push_back({fields[1], 2});
  }
  return mounts;
}

bool wrote(const std::string& file, const std::string& text) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool done = ::write(fd, text.data(), text.size()) >= 0;
  ::close(fd);
  return done;
}

// In version 2 a group has the controllers that the one above it hands down, which it does not while it has processes.
bool hands_down(const std::string& parent, const Words& controllers) {
  return std::ranges::all_of(controllers, [&](const std::string& controller) {
    return wrote(parent + "/cgroup.subtree_control", "+" + controller);
  });
}

// A limit just under what is in use makes the kernel give back what no page took. It refuses where nothing was to be
// given back. (Version 2 would kill somebody to keep to its limit: the lower one only slows down.)
std::uint64_t charged(const Cgroup& memory) {
  const bool old = memory.version() == 1;
  const char* const usage = old ? "memory.usage_in_bytes" : "memory.current";
  const char* const limit = old ? "memory.limit_in_bytes" : "memory.high";
  constexpr std::uint64_t page = 4096;
  (void)memory.takes(limit, std::to_string(memory.get(usage) - page));
  const std::uint64_t bytes = memory.get(usage);
  memory.set(limit, old ? "-1" : "max");
  return bytes;
}

}  // namespace

Cgroup::Cgroup(const std::string& controllers) {
  static int count = 0;
  const std::string name = "/foster-bench." + std::to_string(::getpid()) + "." + std::to_string(++count);
  const Words wanted = split(controllers, ' ');
  for (const auto& [mount, version] : mounts_for(wanted.front())) {
    const std::string own = own_place(version == 1 ? wanted.front() : "");
    for (const std::string& place : {own, std::filesystem::path(own).parent_path().string(), std::string("/")}) {
      const std::string parent = mount + place;
      if (version == 2 && !hands_down(parent, wanted)) continue;
      if (::mkdir((parent + name).c_str(), 0755) < 0) continue;
      folder_ = parent + name;
      version_ = version;
      return;
    }
  }
  throw NotMeasured("no cgroup with the controller " + wanted.front() + " can be made here");
}

Cgroup::Cgroup(const Cgroup& parent, const std::string& name) : folder_(parent.folder_ + "/" + name), version_(2) {
  if (::mkdir(folder_.c_str(), 0755) < 0) not_measured(folder_);
}

// The kernel takes a moment to let go of the last process.
Cgroup::~Cgroup() {
  if (!came_true([this] { return ::rmdir(folder_.c_str()) == 0; }, removal_limit_ms)) {
    std::fprintf(stderr, "bench: %s cannot be removed\n", folder_.c_str());
  }
}

bool Cgroup::takes(const std::string& file, const std::string& value) const {
  return wrote(folder_ + "/" + file, value);
}

void Cgroup::set(const std::string& file, const std::string& value) const {
  if (!takes(file, value)) not_measured(folder_ + "/" + file);
}

std::uint64_t Cgroup::get(const std::string& file) const {
  std::ifstream stream(folder_ + "/" + file);
  std::uint64_t value = 0;
  if (!(stream >> value)) throw NotMeasured("cannot read " + folder_ + "/" + file);
  return value;
}

std::uint64_t memory_in_use(const Cgroup& memory) {
  std::uint64_t bytes = 0;
  for (int i = 0; i < most_looks; ++i) {
    const std::uint64_t before = std::exchange(bytes, charged(memory));
    if (bytes == before) return bytes;
    ::usleep(grace_us);
  }
  throw NotMeasured("the memory that is charged does not settle");
}
