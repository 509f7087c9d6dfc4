#include "kernel/exec.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

constexpr std::array<char, 4> elf_magic{'\x7f', 'E', 'L', 'F'};

// An ELF file that the kernel refuses is for another machine, or cut short: no shell can run it. Nor can it read what
// we cannot.
bool is_script(const char* path) {
  std::array<char, elf_magic.size()> start{};
  return read_start(path, start).data() != nullptr && start != elf_magic;
}

// glibc's execvp does this, musl's does not.
int execute_with_shell(char* path, char** command, char* const* environment) {
  static constexpr char shell[] = "/bin/sh";
  char* const before = command[-1];
  char* const name = command[0];
  command[-1] = const_cast<char*>(shell);
  command[0] = path;
  const auto ran = sys::execute(shell, command - 1, environment);
  command[-1] = before;
  command[0] = name;
  // There is no shell: what cannot be run is the file.
  return ran.error() == ENOENT ? ENOEXEC : ran.error();
}

int execute_file(char* path, char** command, char* const* environment) {
  const int error = sys::execute(path, command, environment).error();
  if (error != ENOEXEC || !is_script(path)) return error;
  return execute_with_shell(path, command, environment);
}

// Of a directory that does not have the command: look in the next one.
bool goes_on(int error) {
  return error == ENOENT || error == ENOTDIR || error == EACCES || error == ESTALE || error == ENODEV ||
         error == ETIMEDOUT;
}

int search(char** command, char* const* environment, PathRoom& room) {
  const std::string_view name = command[0];
  std::string_view path = search_path(environment);
  std::string_view directory;
  int result = ENOENT;
  while (next_directory(path, directory)) {
    if (!join(room.data(), room.size(), directory, name)) continue;
    const int error = execute_file(room.data(), command, environment);
    if (!goes_on(error)) return error;
    // "It is there, but not for you" says more than "it is not there".
    if (error == EACCES) result = EACCES;
  }
  return result;
}

}  // namespace

bool is_path(std::string_view name) { return find(name, '/') < name.size(); }

std::string_view search_path(char* const* environment) {
  constexpr std::string_view name = "PATH=";
  for (; *environment != nullptr; ++environment) {
    std::string_view entry = *environment;
    if (!entry.starts_with(name)) continue;
    entry.remove_prefix(name.size());
    return entry;
  }
  return default_path;
}

bool next_directory(std::string_view& path, std::string_view& directory) {
  if (path.data() == nullptr) return false;
  const auto colon = find(path, ':');
  directory = {path.data(), colon};
  if (colon == path.size()) {
    path = {};
  } else {
    path.remove_prefix(colon + 1);
  }
  return true;
}

bool join(char* room, std::size_t size, std::string_view directory, std::string_view name) {
  if (directory.size() + 1 + name.size() + 1 > size) return false;
  char* end = std::copy(directory.begin(), directory.end(), room);
  if (!directory.empty()) *end++ = '/';
  end = std::copy(name.begin(), name.end(), end);
  *end = '\0';
  return true;
}

int execute_command(char** command, char* const* environment, PathRoom& room) {
  const std::string_view name = command[0];
  if (name.empty()) return ENOENT;
  if (is_path(name)) return execute_file(command[0], command, environment);
  return search(command, environment, room);
}

}  // namespace foster
