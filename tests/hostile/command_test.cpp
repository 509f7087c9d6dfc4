// The command that is to be run.
#include <elf.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

#include "course.hpp"
#include "files.hpp"

namespace {

constexpr int code_found_not_usable = 126;
constexpr int code_not_found = 127;

void check_command_refused(const std::string& what, const std::string& command, int code, const Words& parts) {
  INFO(what);
  Init init(Words{"--", command});
  check_refused(init, code, parts);
}

void check_says(const std::string& what, const Start& start, const std::string& output) {
  INFO(what);
  Init init(start);
  const std::string text = init.all_output();
  const std::string end = end_of(init);
  CHECK_MESSAGE(end == "exit 0", end);
  CHECK_MESSAGE(text == output, "the command says something else");
}

// Marks where the options end, for inits that look further.
Words after_options(const Words& command) { return Words{"--"} + command; }

// This program, with something else in place of the first `from`.
std::string changed_program(const std::string& from, const std::string& to) {
  std::string bytes = proc::read(::getpid(), "exe");
  const auto at = bytes.find(from);
  REQUIRE(at != std::string::npos);
  return bytes.replace(at, from.size(), to);
}

// For a machine that no kernel of this one's runs.
std::string foreign_program() {
  std::string bytes = proc::read(::getpid(), "exe");
  bytes.replace(offsetof(Elf64_Ehdr, e_machine), 2, "\x57\x57");
  return bytes;
}

}  // namespace

TEST_CASE("the command is an empty word") { check_command_refused("''", "", code_not_found, {"''"}); }

TEST_CASE("the command is missing") {
  const Folder folder;
  const std::string none = folder.path_of("none");
  check_command_refused("a name", "no-such-command", code_not_found, {"no-such-command", "no such file"});
  check_command_refused("a path", none, code_not_found, {none, "no such file"});
}

TEST_CASE("the interpreter of a script or binary is missing") {
  const Folder folder;
  const std::string none = folder.path_of("none");
  const std::string script = folder.write("script", "#!" + none + "\n", 0755);
  check_command_refused("a script", script, code_not_found, {script, none, "exists"});
  const std::string binary = folder.write("binary", changed_program("/ld-", "/no-"), 0755);
  check_command_refused("a binary", binary, code_not_found, {binary, "/no-", "exists"});
}

TEST_CASE("the command cannot be run") {
  const Folder folder;
  const std::string plain = folder.write("plain", "#!/bin/sh\n");
  const std::string cut = folder.write("cut", std::string(ELFMAG) + "\x02", 0755);
  const std::string foreign = folder.write("foreign", foreign_program(), 0755);
  check_command_refused("a directory", folder.path(), code_found_not_usable, {folder.path(), "directory"});
  check_command_refused("no x bit", plain, code_found_not_usable, {plain, "permission denied"});
  check_command_refused("ELF cut short", cut, code_found_not_usable, {cut, "exec format error"});
  check_command_refused("ELF of another machine", foreign, code_found_not_usable, {foreign, "exec format error"});
}

TEST_CASE("no shebang, and an empty file") {
  const Folder folder;
  check_says("no shebang", {.words = after_options({folder.write("script", "echo \"$1\"\n", 0755), "a b"})}, "a b\n");
  check_says("an empty file", {.words = {folder.write("empty", "", 0755)}}, "");
}

TEST_CASE("PATH unset, and empty") {
  const Folder folder;
  folder.write("here", "#!/bin/sh\necho here\n", 0755);
  const auto go_there = [&folder] { must(::chdir(folder.path().c_str()) == 0, "chdir"); };
  check_says("unset", {.words = {"echo", "found"}, .environment = {}}, "found\n");
  check_says("empty", {.words = {"here"}, .environment = {"PATH="}, .before_exec = go_there}, "here\n");
}

TEST_CASE("100,000 arguments, and one of 127 KiB that is not UTF-8") {
  Words many{"sh", "-c", "echo $#", "sh"};
  many.resize(many.size() + 100'000, "x");
  check_says("many", {.words = after_options(many)}, "100000\n");
  const std::string odd(127 * 1024, '\xff');
  check_says("long", {.words = {"printf", "%s", odd}}, odd);
}

TEST_CASE("ls -d /") { check_says("after the init's name", {.words = {"ls", "-d", "/"}}, "/\n"); }
