#include "install.hpp"

#include <cerrno>

#include "kernel/sys.hpp"
#include "kernel/write_all.hpp"
#include "messages.hpp"

namespace foster {

namespace {

// 0, or the errno.
int copy_all(int from, int to, std::span<char> room) {
  for (;;) {
    const auto bytes = sys::read(from, std::as_writable_bytes(room));
    if (!bytes || bytes.value() == 0) return bytes.error();
    if (const int error = write_all(to, {room.data(), bytes.value()}); error != 0) return error;
  }
}

// Beside the target, by a name of this millisecond: a pid would be 1 in every container. One that is taken belongs to
// somebody who is killed or busy. The room is all zeros, and its last one stays.
sys::Result<int> create_beside(const char* target, PathRoom& room) {
  for (;;) {
    Text name({room.data(), room.size() - 1});
    name.add(target).add('.').number(sys::now_ms());
    const auto file = sys::create_program(room.data());
    if (file.error() != EEXIST) return file;
  }
}

// Everything is on the disk before it gets its name: after a crash of the machine the old file is there, or the new
// one. 0, or the errno.
int replace(const char* target, int program, Room& room) {
  sys::take_modes_as_given();
  const auto file = create_beside(target, room.path);
  if (!file) return file.error();
  int error = copy_all(program, file.value(), room.line);
  if (error == 0) error = sys::write_back(file.value()).error();
  if (error == 0) {
    (void)sys::close(file.value());
    error = sys::rename(room.path.data(), target).error();
  }
  if (error != 0) (void)sys::remove(room.path.data());
  return error;
}

}  // namespace

[[gnu::cold]] bool install(const char* path, Room& room, Report& report) {
  Phrase what = Phrase::read;
  const char* culprit = "/proc/self/exe";
  const auto program = sys::open_to_read(culprit);
  int error = program.error();
  if (program) {
    const bool is_folder = bool(sys::change_directory(path));
    what = is_folder ? Phrase::install_in : Phrase::install;
    culprit = path;
    error = replace(is_folder ? "foster" : path, program.value(), room);
  }
  if (error == 0) return true;
  add_failure(report.line(), what, culprit, error);
  report.send();
  return false;
}

}  // namespace foster
