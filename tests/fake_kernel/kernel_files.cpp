// Descriptors, pipes and the few files that there are. See open(2), pipe(7), close_range(2), getdents64(2).
#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <sstream>

#include "kernel.hpp"

namespace fake {

namespace {

enum Object { null_device, stderr_log, made_text, termination_log, first_file };

struct File {
  std::string_view path;
  std::string_view head;
};

constexpr File files[] = {
    {"/t/command",
     "\x7f"
     "ELF"},
    {"/t/forbidden",
     "\x7f"
     "ELF"},
    {"/t/plain", "exit 42\n"},
    {"/t/elf",
     "\x7f"
     "ELF"},
    {"/t/orphaned", "#!/nowhere/interpreter\n"},
};

const File* find_file(std::string_view path) {
  const auto* const found = std::ranges::find(files, path, &File::path);
  return found == std::end(files) ? nullptr : found;
}

constexpr std::string_view log_path = "/t/log";

// "/proc/NUMBER<name>"
bool is_of_process(std::string_view path, std::string_view name, pid_t& pid) {
  constexpr std::string_view folder = "/proc/";
  if (!path.starts_with(folder) || !path.ends_with(name)) return false;
  const auto* const end = path.data() + path.size() - name.size();
  return std::from_chars(path.data() + folder.size(), end, pid).ptr == end;
}

// proc_pid_stat(5), as far as anybody looks. The name is one that makes it hard.
std::string stat_of(const Process& process) {
  constexpr int tick_ms = 10;
  std::ostringstream text;
  text << process.pid << " (a) S 1 (b) S " << process.parent << ' ' << process.group << ' ' << process.session;
  text << " 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " << process.started_ms / tick_ms << " 0 0\n";
  return text.str();
}

struct CgroupFile {
  Cgroup cgroup;
  std::string_view path;
};
constexpr CgroupFile cgroup_files[] = {
    {Cgroup::v1, "/sys/fs/cgroup/memory/pod/memory.oom_control"},
    {Cgroup::v1_at_root, "/sys/fs/cgroup/memory/memory.oom_control"},
    {Cgroup::v2, "/sys/fs/cgroup/pod/memory.events"},
};

}  // namespace

Descriptor* FakeKernel::find_descriptor(int fd) {
  const auto found = here().descriptors.find(fd);
  return found == here().descriptors.end() ? nullptr : &found->second;
}

int FakeKernel::add_descriptor(const Descriptor& descriptor, int lowest) {
  auto& table = here().descriptors;
  int fd = lowest;
  while (table.contains(fd)) ++fd;
  table.emplace(fd, descriptor);
  return fd;
}

bool FakeKernel::has_writer(int pipe) const {
  const auto writes = [&](const auto& entry) {
    return entry.second.kind == Descriptor::Kind::pipe_writer && entry.second.object == pipe;
  };
  return std::ranges::any_of(processes_,
                             [&](const Process& process) { return std::ranges::any_of(process.descriptors, writes); });
}

long FakeKernel::open(const char* path, bool write) {
  const std::string_view name = path;
  const bool is_there = scenario_.proc == Proc::mounted || (scenario_.proc == Proc::empty_folder && name == "/proc");
  if (name.starts_with("/proc") && !is_there) return -ENOENT;
  if (name == log_path && scenario_.log != Log::absent) {
    return add_descriptor({.closes_at_exec = true, .object = termination_log}, 0);
  }
  if (name == "/proc/self/fd/2" && write) {
    return add_descriptor({.kind = Descriptor::Kind::pipe_writer, .closes_at_exec = true, .object = stderr_log}, 0);
  }
  if (name == "/proc/self/fd") return add_descriptor({.kind = Descriptor::Kind::directory, .closes_at_exec = true}, 0);
  if (name == "/proc")
    return add_descriptor({.kind = Descriptor::Kind::directory, .closes_at_exec = true, .object = 1}, 0);
  if (std::string text; make_text(name, text)) {
    return add_descriptor({.closes_at_exec = true, .object = made_text, .text = text}, 0);
  }
  const File* const file = find_file(name);
  if (file == nullptr) return -ENOENT;
  if (name == "/t/forbidden") return -EACCES;
  return add_descriptor({.closes_at_exec = true, .object = first_file + static_cast<int>(file - std::begin(files))}, 0);
}

// Of a file that the kernel makes as it is looked at.
bool FakeKernel::make_text(std::string_view path, std::string& text) const {
  pid_t pid = 0;
  const auto is_there = [&] {
    const auto at = static_cast<std::size_t>(pid);
    return pid > 0 && at < processes_.size() && processes_[at].exists();
  };
  if (is_of_process(path, "/comm", pid)) {
    text = "name\n";
    return is_there();
  }
  if (is_of_process(path, "/stat", pid)) {
    if (is_there()) text = stat_of(processes_[static_cast<std::size_t>(pid)]);
    return is_there();
  }
  const bool is_first = scenario_.cgroup == Cgroup::v1 || scenario_.cgroup == Cgroup::v1_at_root;
  if (path == "/proc/self/cgroup") text = is_first ? "2:cpu:/pod\n1:memory:/pod\n" : "0::/pod\n";
  const auto* const file = std::ranges::find(cgroup_files, scenario_.cgroup, &CgroupFile::cgroup);
  const bool counts = file != std::end(cgroup_files) && file->path == path;
  if (counts) text = "oom_kill_disable 0\noom_kill " + std::to_string(scenario_.oom_kills) + "\n";
  return counts || path == "/proc/self/cgroup";
}

long FakeKernel::open_to_read(const char* path) { return open(path, false); }

long FakeKernel::open_to_write_now(const char* path) { return open(path, true); }

long FakeKernel::read_file(Descriptor& descriptor, std::span<std::byte> room) {
  std::string_view content = descriptor.object == termination_log ? log_ : descriptor.text;
  if (descriptor.object >= first_file) content = files[static_cast<std::size_t>(descriptor.object - first_file)].head;
  const auto count = std::min(room.size(), content.size() - descriptor.at);
  std::memcpy(room.data(), content.data() + descriptor.at, count);
  descriptor.at += count;
  return static_cast<long>(count);
}

long FakeKernel::read(int fd, std::span<std::byte> room) {
  Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return -EBADF;
  if (descriptor->kind == Descriptor::Kind::file) return read_file(*descriptor, room);
  auto& content = pipes_[static_cast<std::size_t>(descriptor->object)];
  if (content.empty() && has_writer(descriptor->object)) stop(End::hung);
  const auto count = std::min(room.size(), content.size());
  std::memcpy(room.data(), content.data(), count);
  content.erase(0, count);
  return static_cast<long>(count);
}

long FakeKernel::write(int fd, std::string_view bytes) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr || descriptor->kind == Descriptor::Kind::pipe_reader) return -EBADF;
  if (descriptor->kind == Descriptor::Kind::pipe_writer) {
    auto& content = descriptor->object == stderr_log ? errors_ : pipes_[static_cast<std::size_t>(descriptor->object)];
    content.append(bytes);
  }
  if (descriptor->kind == Descriptor::Kind::file && descriptor->object == termination_log) log_.append(bytes);
  return static_cast<long>(bytes.size());
}

long FakeKernel::send_now(int socket, std::string_view /*bytes*/) {
  return find_descriptor(socket) == nullptr ? -EBADF : -ENOTSOCK;
}

long FakeKernel::end_of(int fd) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return -EBADF;
  if (descriptor->kind != Descriptor::Kind::file) return -ESPIPE;
  return descriptor->object == termination_log ? static_cast<long>(log_.size()) : 0;
}

long FakeKernel::exists(const char* path) {
  const std::string_view name = path;
  return find_file(name) != nullptr || (name == "/bin/sh" && scenario_.has_shell) ? 1 : 0;
}

long FakeKernel::is_directory(const char* path) { return std::string_view(path) == "/t" ? 1 : 0; }

long FakeKernel::make_pipe(int& reader, int& writer) {
  const auto object = static_cast<int>(pipes_.size());
  pipes_.emplace_back();
  reader = add_descriptor({.kind = Descriptor::Kind::pipe_reader, .closes_at_exec = true, .object = object}, 0);
  writer = add_descriptor({.kind = Descriptor::Kind::pipe_writer, .closes_at_exec = true, .object = object}, 0);
  return 0;
}

long FakeKernel::close(int fd) { return here().descriptors.erase(fd) == 0 ? -EBADF : 0; }

long FakeKernel::close_from(int first) {
  std::erase_if(here().descriptors, [=](const auto& entry) { return entry.first >= first; });
  return 0;
}

// What has a number in it: our descriptors, or the processes.
std::vector<int> FakeKernel::numbers_in(const Descriptor& directory) const {
  std::vector<int> numbers;
  if (directory.object == 0) {
    for (const auto& [fd, descriptor] : processes_[static_cast<std::size_t>(current_)].descriptors)
      numbers.push_back(fd);
  } else if (scenario_.proc == Proc::mounted) {
    for (const Process& process : processes_) {
      if (process.pid != 0 && process.exists()) numbers.push_back(process.pid);
    }
  }
  return numbers;
}

// As many as there is room for, from where the last call has stopped.
long FakeKernel::list_directory(int fd, std::span<std::byte> room) {
  Descriptor* const list = find_descriptor(fd);
  if (list == nullptr) return -EBADF;
  if (list->kind != Descriptor::Kind::directory) return -ENOTDIR;
  std::size_t used = 0;
  for (const int number : numbers_in(*list)) {
    if (static_cast<std::size_t>(number) < list->at) continue;
    dirent64 entry{};
    const auto name = std::to_string(number);
    entry.d_reclen = static_cast<unsigned short>((offsetof(dirent64, d_name) + name.size() + 1 + 7) / 8 * 8);
    std::ranges::copy(name, entry.d_name);
    if (used + entry.d_reclen > room.size()) break;
    std::memcpy(&room[used], &entry, entry.d_reclen);
    used += entry.d_reclen;
    list->at = static_cast<std::size_t>(number) + 1;
  }
  return static_cast<long>(used);
}

long FakeKernel::copy_descriptor_to(int fd, int to) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return -EBADF;
  if (fd == to) return -EINVAL;
  Descriptor copy = *descriptor;
  copy.closes_at_exec = true;
  here().descriptors[to] = copy;
  return to;
}

long FakeKernel::copy_descriptor_from(int fd, int lowest) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return -EBADF;
  Descriptor copy = *descriptor;
  copy.closes_at_exec = true;
  return add_descriptor(copy, lowest);
}

long FakeKernel::change_directory(const char* path) {
  directory_ = path;
  return 0;
}

long FakeKernel::is_writable(int fd) { return find_descriptor(fd) != nullptr ? 1 : 0; }

}  // namespace fake
