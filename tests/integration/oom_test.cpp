// The cgroup's own count of what the kernel has killed for want of memory, in the last line.
#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "files.hpp"
#include "one_line.hpp"
#include "others.hpp"

namespace {

constexpr char memory_mount[] = "/sys/fs/cgroup/memory";

// The path of cgroup v1's memory group that we are in, "" without one.
std::string own_memory_group() {
  static constexpr char mark[] = ":memory:";
  std::ifstream lines("/proc/self/cgroup");
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(mark);
    if (at != std::string::npos) return line.substr(at + sizeof mark - 1);
  }
  return "";
}

void write_to(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

// A group of our own below the one that we are in; removed once the init is gone.
class MemoryGroup {
 public:
  explicit MemoryGroup(long limit_bytes)
      : path_(memory_mount + own_memory_group() + "/foster-test-" + std::to_string(::getpid())) {
    is_there_ = !own_memory_group().empty() && ::mkdir(path_.c_str(), 0755) == 0;
    if (is_there_) write_to(path_ + "/memory.limit_in_bytes", std::to_string(limit_bytes));
  }
  ~MemoryGroup() { ::rmdir(path_.c_str()); }
  MemoryGroup(const MemoryGroup&) = delete;
  MemoryGroup& operator=(const MemoryGroup&) = delete;

  [[nodiscard]] bool is_there() const { return is_there_; }
  // In the launcher: what it executes is in the group from its first page on.
  [[nodiscard]] std::function<void()> entry() const {
    return [path = path_ + "/cgroup.procs"] { std::ofstream(path) << "0"; };
  }

 private:
  std::string path_;
  bool is_there_ = false;
};

// In the launcher's mount namespace: the folder is /sys/fs/cgroup, and its file "cgroup" is /proc/self/cgroup.
std::function<void()> cgroup_files(const Folder& folder) {
  return [path = folder.path()] {
    if (::mount(path.c_str(), "/sys/fs/cgroup", nullptr, MS_BIND, nullptr) < 0 ||
        ::mount((path + "/cgroup").c_str(), "/proc/self/cgroup", nullptr, MS_BIND, nullptr) < 0)
      ::_exit(1);
  };
}

std::string last_line_with(const Folder& folder, const Words& command = act("die", "9")) {
  Init init(Start{.words = command, .before_exec = cgroup_files(folder)});
  CHECK(init.exit_code() != 0);
  return init.all_errors();
}

std::string events(int count) { return "low 0\noom 5\noom_kill " + std::to_string(count) + "\noom_group_kill 0\n"; }

}  // namespace

TEST_CASE("the last line names a real OOM kill") {
  constexpr long limit_bytes = 32L << 20;
  if (::getuid() != 0) return skip("a real OOM kill: only root can make a memory cgroup");
  const MemoryGroup group(limit_bytes);
  if (!group.is_there()) return skip("a real OOM kill: no memory cgroup of v1 can be made here");
  Init init(Start{.words = act("eat"), .before_exec = group.entry()});
  CHECK(init.exit_code() == 128 + SIGKILL);
  check_one_line(init.all_errors(),
                 {"main command (pid 2) was killed by SIGKILL, not sent by foster; 1 OOM kill in this cgroup\n"});
}

TEST_CASE("the last line counts the OOM kills of the cgroup, and says nothing where there are none or no count") {
  if (::getuid() != 0) return skip("cgroups made of files: only root can mount them");
  const Folder folder;
  for (const auto& [file, text, part] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"memory.events", events(1), "; 1 OOM kill in this cgroup\n"},
           {"memory.events", events(12), "; 12 OOM kills in this cgroup\n"},
           {"memory.events", events(0), "not sent by foster\n"},
           {"memory.events", "oom_kill", "not sent by foster\n"},
           {"memory.events", "oom_kill many\n", "not sent by foster\n"},
           {"memory.events", "", "not sent by foster\n"},
           {"other", "", "not sent by foster\n"}}) {
    CAPTURE(file);
    CAPTURE(text);
    std::filesystem::remove(folder.path_of("memory.events"));
    folder.write("cgroup", "0::/kubepods/pod7/c3\n");
    folder.write(file, text);
    check_one_line(last_line_with(folder), {"was killed by SIGKILL", part});
  }
}

TEST_CASE("the cgroup of the path counts where it exists below the mount, else the mount's root") {
  if (::getuid() != 0) return skip("cgroups made of files: only root can mount them");
  const Folder folder;
  const std::string below = folder.make_folder("pod");
  folder.write("cgroup", "12:pids:/pod\n0::/pod\n");
  folder.write("memory.events", events(3));
  check_one_line(last_line_with(folder), {"; 3 OOM kills in this cgroup\n"});
  folder.write("pod/memory.events", events(1));
  check_one_line(last_line_with(folder), {"; 1 OOM kill in this cgroup\n"});
  folder.write("cgroup", "0::/\n");
  check_one_line(last_line_with(folder), {"; 3 OOM kills in this cgroup\n"});
}

TEST_CASE("cgroup v1 beside v2: the one that has the memory controller counts") {
  if (::getuid() != 0) return skip("cgroups made of files: only root can mount them");
  const Folder folder;
  folder.make_folder("memory");
  folder.write("cgroup", "13:cpu,cpuacct:/\n4:memory:/pod\n1:name=systemd:/\n0::/\n");
  folder.write("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
  check_one_line(last_line_with(folder), {"; 2 OOM kills in this cgroup\n"});
}

TEST_CASE("OOM kills change no exit code, and are no news of a command that ended by itself") {
  if (::getuid() != 0) return skip("cgroups made of files: only root can mount them");
  const Folder folder;
  folder.write("cgroup", "0::/\n");
  folder.write("memory.events", events(1));
  Init init(Start{.words = act("exit", "3"), .before_exec = cgroup_files(folder)});
  CHECK(init.exit_code() == 3);
  CHECK(init.all_errors().empty());
}
