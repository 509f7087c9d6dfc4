#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "actor.hpp"

namespace actor {

namespace {

struct Subcommand {
  std::string_view name;
  int (*run)(Words);
};

constexpr std::array<Subcommand, 27> subcommands{{
    {"catch", catch_all},
    {"on-term", on_term},
    {"die", die},
    {"ignore", ignore},
    {"send", send},
    {"exit", exit_with},
    {"hold", hold},
    {"orphans", orphans},
    {"orphan", orphan},
    {"helper", helper},
    {"leave-group", leave_group},
    {"own-group", own_group},
    {"take-foreground", take_foreground},
    {"parent", parent},
    {"reuse", reuse},
    {"threads", threads},
    {"outer", outer},
    {"state", state},
    {"deny", deny},
    {"await", await},
    {"aside", aside},
    {"worker", worker},
    {"heir", heir},
    {"stranger", stranger},
    {"eat", eat},
    {"as-user", as_user},
    {"daemon", daemon},
}};

}  // namespace

void say(const std::string& line) {
  const std::string whole = line + "\n";
  const ssize_t written = ::write(STDOUT_FILENO, whole.data(), whole.size());
  // A test that closed it does not want to hear.
  if (written != static_cast<ssize_t>(whole.size()) && errno != EBADF) fail("write");
}

void fail(const std::string& what) {
  const std::string line = "actor: " + what + ": " + std::strerror(errno) + "\n";
  (void)!::write(STDERR_FILENO, line.data(), line.size());
  ::_exit(99);
}

void execute(Words words) {
  if (*words == nullptr) fail("no command");
  ::execvp(*words, words);
  fail(*words);
}

long number(const char* word) {
  errno = EINVAL;
  if (word == nullptr) fail("a number is missing");
  char* end = nullptr;
  const long value = std::strtol(word, &end, 10);
  errno = EINVAL;
  if (end == word || *end != '\0' || value < 0) fail(word);
  return value;
}

}  // namespace actor

int main(int argc, char** argv) {
  for (const auto& subcommand : actor::subcommands) {
    if (argc > 1 && subcommand.name == argv[1]) return subcommand.run(argv + 2);
  }
  errno = EINVAL;
  actor::fail("unknown subcommand; they are listed in actor.hpp");
}
