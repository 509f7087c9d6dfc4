// Descriptors, pipes and the few files that there are. See open(2), pipe(7), close_range(2), getdents64(2).
#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel.hpp"

namespace fake {

namespace {

enum Object { null_device, log, first_file };

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

bool is_name_of_process(std::string_view path) { return path.starts_with("/proc/") && path.ends_with("/comm"); }

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
  if (name == "/proc/self/fd/2" && write) {
    return add_descriptor({.kind = Descriptor::Kind::pipe_writer, .closes_at_exec = true, .object = log}, 0);
  }
  if (name == "/proc/self/fd") return add_descriptor({.kind = Descriptor::Kind::directory, .closes_at_exec = true}, 0);
  if (is_name_of_process(name)) return add_descriptor({.closes_at_exec = true, .object = -1}, 0);
  const File* const file = find_file(name);
  if (file == nullptr) return -ENOENT;
  if (name == "/t/forbidden") return -EACCES;
  return add_descriptor({.closes_at_exec = true, .object = first_file + static_cast<int>(file - std::begin(files))}, 0);
}

long FakeKernel::open_to_read(const char* path) { return open(path, false); }

long FakeKernel::open_to_write_now(const char* path) { return open(path, true); }

long FakeKernel::read_file(Descriptor& descriptor, std::span<std::byte> room) {
  const std::string_view content =
      descriptor.object < 0 ? "name\n" : files[static_cast<std::size_t>(descriptor.object - first_file)].head;
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
    auto& content = descriptor->object == log ? errors_ : pipes_[static_cast<std::size_t>(descriptor->object)];
    content.append(bytes);
  }
  return static_cast<long>(bytes.size());
}

long FakeKernel::send_now(int socket, std::string_view /*bytes*/) {
  return find_descriptor(socket) == nullptr ? -EBADF : -ENOTSOCK;
}

long FakeKernel::is_seekable(int fd) {
  const Descriptor* const descriptor = find_descriptor(fd);
  return descriptor != nullptr && descriptor->kind == Descriptor::Kind::file ? 1 : 0;
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

// All in one round, then nothing.
long FakeKernel::list_directory(int fd, std::span<std::byte> room) {
  Descriptor* const list = find_descriptor(fd);
  if (list == nullptr) return -EBADF;
  if (list->kind != Descriptor::Kind::directory) return -ENOTDIR;
  if (list->at++ > 0) return 0;
  std::size_t used = 0;
  for (const auto& [number, descriptor] : here().descriptors) {
    dirent64 entry{};
    const auto name = std::to_string(number);
    entry.d_reclen = sizeof entry;
    std::ranges::copy(name, entry.d_name);
    if (used + sizeof entry > room.size()) break;
    std::memcpy(&room[used], &entry, sizeof entry);
    used += sizeof entry;
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

long FakeKernel::foreground_group(int fd) { return find_descriptor(fd) == nullptr ? -EBADF : -ENOTTY; }

long FakeKernel::set_foreground_group(int fd, pid_t /*group*/) { return foreground_group(fd); }

}  // namespace fake
