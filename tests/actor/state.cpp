#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <csignal>
#include <fstream>
#include <sstream>

#include "actor.hpp"

namespace actor {

namespace {

constexpr int descriptors_to_look_at = 1024;
constexpr std::uintptr_t ignored = 1;

// One line each, whatever the bytes are.
std::string printable(std::string_view bytes) {
  std::ostringstream text;
  text << std::hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte < 0x7f && c != '\\')
      text << c;
    else
      text << "\\x" << static_cast<unsigned>(byte);
  }
  return text.str();
}

void add_signals(std::ostream& out) {
  out << "blocked " << std::hex << blocked_signals() << std::dec << "\nignored";
  std::ostringstream caught;
  for (int signal = 1; signal <= last_signal; ++signal) {
    const auto handler = set_handler(signal, nullptr);
    if (handler == ignored) out << " " << signal;
    if (handler > ignored) caught << " " << signal;
  }
  out << "\ncaught" << caught.str() << "\n";
}

void add_descriptors(std::ostream& out) {
  for (int fd = 0; fd < descriptors_to_look_at; ++fd) {
    struct stat status {};
    if (::fstat(fd, &status) < 0) continue;
    out << "descriptor " << fd << " type " << std::oct << (status.st_mode & S_IFMT) << " flags " << ::fcntl(fd, F_GETFL)
        << std::dec << " at " << ::lseek(fd, 0, SEEK_CUR) << "\n";
  }
}

void add_environment(std::ostream& out) {
  for (char** entry = environ; *entry != nullptr; ++entry) out << "variable " << printable(*entry) << "\n";
}

void add_numbers(std::ostream& out) {
  out << "pid " << ::getpid() << "\nparent " << ::getppid() << "\ngroup " << ::getpgrp() << "\nsession " << ::getsid(0)
      << "\n";
}

void add_rest(std::ostream& out) {
  std::array<char, PATH_MAX> folder{};
  out << "folder " << (::getcwd(folder.data(), folder.size()) == nullptr ? "" : folder.data()) << "\n";
  const mode_t mask = ::umask(0);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  out << "umask " << std::oct << mask << std::dec << "\nfiles " << files.rlim_cur << " " << files.rlim_max << "\n";
}

}  // namespace

int state(Words words) {
  std::ostringstream text;
  // First: what is opened for the answer must not be in it.
  add_descriptors(text);
  add_signals(text);
  add_environment(text);
  add_numbers(text);
  add_rest(text);
  std::ofstream file(words[0]);
  file << text.str();
  file.close();
  if (!file) fail(words[0]);
  return 0;
}

}  // namespace actor
