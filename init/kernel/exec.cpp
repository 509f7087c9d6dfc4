#include "kernel/exec.hpp"

#include <elf.h>

#include <array>
#include <cerrno>

#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

// Where the command is searched if PATH is not set (execvp(3) of musl; glibc has the last two).
constexpr char default_path[] = "/usr/local/bin:/bin:/usr/bin";

// An ELF file that the kernel refuses is for another machine, or cut short: no shell can run it. Nor can it read what
// we cannot.
bool is_script(const char* path) {
  std::array<char, SELFMAG + 1> start{};
  return read_file(path, start) && behind(start.data(), ELFMAG) == nullptr;
}

// glibc's execvp does this, musl's does not.
int execute_with_shell(char* path, const Program& program) {
  static constexpr char shell[] = "/bin/sh";
  char** const words = program.words;
  char* const before = words[-1];
  char* const name = words[0];
  words[-1] = const_cast<char*>(shell);
  words[0] = path;
  const int error = sys::execute(shell, words - 1, program.environment).error();
  words[-1] = before;
  words[0] = name;
  // There is no shell: what cannot be run is the file.
  return error == ENOENT ? ENOEXEC : error;
}

int execute_file(char* path, const Program& program) {
  const int error = sys::execute(path, program.words, program.environment).error();
  if (error != ENOEXEC || !is_script(path)) return error;
  return execute_with_shell(path, program);
}

int look_for_file(char* path, const Program& /*program*/) { return sys::exists(path) ? 0 : ENOENT; }

// Of a directory that does not have the command: look in the next one.
bool goes_on(int error) {
  return error == ENOENT || error == ENOTDIR || error == EACCES || error == ESTALE || error == ENODEV ||
         error == ETIMEDOUT;
}

// "directory/name" with the next directory of `path`, which is taken off; an empty one is the working directory. False:
// it is too long, and ends in dots.
bool join(const char*& path, const char* name, PathRoom& room) {
  Text file(room);
  while (*path != '\0' && *path != ':') file.add(*path++);
  if (!file.view().empty()) file.add('/');
  return file.add(name).add('\0').view().back() == '\0';
}

using Attempt = int (*)(char* path, const Program& program);

// What `attempt` comes to with the first file that may be the one; ENOENT: there is none.
int search(const Program& program, PathRoom& room, Attempt attempt) {
  const char* path = search_path(program.environment);
  int result = ENOENT;
  do {
    if (!join(path, program.words[0], room)) continue;
    const int error = attempt(room.data(), program);
    if (!goes_on(error)) return error;
    // "It is there, but not for you" says more than "it is not there".
    if (error == EACCES) result = EACCES;
  } while (*path++ != '\0');
  return result;
}

}  // namespace

[[gnu::noinline]] bool is_path(const char* name) {
  while (*name != '\0' && *name != '/') ++name;
  return *name == '/';
}

const char* search_path(char* const* environment) {
  static constexpr char name[] = "PATH=";
  const char* const entry = *find_entry(environment, name);
  return entry == nullptr ? default_path : entry + sizeof name - 1;
}

int execute_command(const Program& program, PathRoom& room) {
  char* const name = program.words[0];
  if (*name == '\0') return ENOENT;
  return is_path(name) ? execute_file(name, program) : search(program, room, execute_file);
}

bool find_in_path(const Program& program, PathRoom& room) { return search(program, room, look_for_file) == 0; }

}  // namespace foster
