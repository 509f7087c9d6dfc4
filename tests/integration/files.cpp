#include "files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "harness.hpp"

namespace {

[[noreturn]] void give_up(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

Folder::Folder() : path_("/tmp/foster-test-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) give_up(path_);
  if (::chmod(path_.c_str(), 0755) < 0) give_up(path_);
}

Folder::~Folder() {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_, ignored)) {
    if (entry.is_directory(ignored)) ::chmod(entry.path().c_str(), 0755);
  }
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, std::string_view text, mode_t mode) const {
  std::string path = path_of(name);
  // An open descriptor for writing that another child inherited for a moment would make it "text file busy".
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) give_up(path);
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!written || ::fchmod(fd, mode) < 0) give_up(path);
  ::close(fd);
  return path;
}

std::string Folder::make_folder(const std::string& name, mode_t mode) const {
  std::string path = path_of(name);
  if (::mkdir(path.c_str(), 0700) < 0 || ::chmod(path.c_str(), mode) < 0) give_up(path);
  return path;
}

std::string Folder::read(const std::string& name) const {
  std::ifstream file(path_of(name), std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path_of(name));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string init_called(const std::string& name) {
  static const Folder folder;
  const std::string path = folder.path_of(name);
  std::error_code there_already;
  std::filesystem::create_symlink(init_binary(), path, there_already);
  return path;
}
