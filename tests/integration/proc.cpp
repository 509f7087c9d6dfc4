#include "proc.hpp"

#include <dirent.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace proc {

namespace {

std::string path_of(pid_t pid, const std::string& name) { return "/proc/" + std::to_string(pid) + "/" + name; }

std::string link_target(const std::string& path) {
  std::array<char, 4096> room{};
  const ssize_t length = ::readlink(path.c_str(), room.data(), room.size());
  return length < 0 ? std::string() : std::string(room.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::string read(pid_t pid, const std::string& name) {
  std::ifstream file(path_of(pid, name), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Process look_at(pid_t pid) {
  const std::string line = read(pid, "stat");
  // The name may hold spaces and brackets: what follows it begins after the last one.
  const auto end_of_name = line.rfind(')');
  if (end_of_name == std::string::npos) return {};
  std::istringstream fields(line.substr(end_of_name + 1));
  Process process{.pid = pid};
  fields >> process.state >> process.parent >> process.group >> process.session;
  return process;
}

std::vector<pid_t> children(pid_t pid) {
  std::istringstream list(read(pid, "task/" + std::to_string(pid) + "/children"));
  std::vector<pid_t> pids;
  for (pid_t child = 0; list >> child;) pids.push_back(child);
  return pids;
}

std::string status_field(pid_t pid, const std::string& name) {
  std::istringstream lines(read(pid, "status"));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + ":", 0) != 0) continue;
    const auto start = line.find_first_not_of(" \t", name.size() + 1);
    return start == std::string::npos ? std::string() : line.substr(start);
  }
  return {};
}

std::uint64_t signal_set(pid_t pid, const std::string& name) {
  return std::strtoull(status_field(pid, name).c_str(), nullptr, 16);
}

std::uint64_t context_switches(pid_t pid) {
  return std::strtoull(status_field(pid, "voluntary_ctxt_switches").c_str(), nullptr, 10) +
         std::strtoull(status_field(pid, "nonvoluntary_ctxt_switches").c_str(), nullptr, 10);
}

Call blocked_call(pid_t pid) {
  std::istringstream line(read(pid, "syscall"));
  Call call;
  if (!(line >> call.number)) return {};
  for (auto& argument : call.arguments) line >> std::hex >> argument;
  return call;
}

long blocked_in(pid_t pid) { return blocked_call(pid).number; }

std::map<int, std::string> descriptors(pid_t pid) {
  std::map<int, std::string> open;
  const std::string folder = path_of(pid, "fd");
  const std::unique_ptr<DIR, int (*)(DIR*)> list(::opendir(folder.c_str()), ::closedir);
  if (!list) return open;
  while (const dirent* entry = ::readdir(list.get())) {
    if (entry->d_name[0] == '.') continue;
    open[std::atoi(entry->d_name)] = link_target(folder + "/" + entry->d_name);
  }
  return open;
}

std::string working_directory(pid_t pid) { return link_target(path_of(pid, "cwd")); }

}  // namespace proc
