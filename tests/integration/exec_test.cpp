// Promise 2, the start-up codes: 126 for a command that cannot be run, 127 for one that was not found, one line each.
#include <doctest/doctest.h>
#include <elf.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "files.hpp"
#include "harness.hpp"
#include "one_line.hpp"

namespace {

constexpr Elf64_Half no_such_machine = 0xfe57;

template <class Part>
void append(std::string& bytes, const Part& part) {
  bytes.append(reinterpret_cast<const char*>(&part), sizeof part);
}

// The machine that this program is for.
Elf64_Half own_machine() {
  const std::string self = proc::read(::getpid(), "exe");
  Elf64_Ehdr header{};
  std::memcpy(&header, self.data(), std::min(self.size(), sizeof header));
  return header.e_machine;
}

// Just enough of a program for the kernel to look for its loader.
std::string elf_file(Elf64_Half machine, const std::string& loader) {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_DYN;
  header.e_machine = machine;
  header.e_version = EV_CURRENT;
  header.e_phoff = sizeof header;
  header.e_ehsize = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 1;
  Elf64_Phdr segment{};
  segment.p_type = PT_INTERP;
  segment.p_offset = sizeof header + sizeof segment;
  segment.p_filesz = segment.p_memsz = loader.size() + 1;
  std::string bytes;
  append(bytes, header);
  append(bytes, segment);
  return bytes + loader + std::string(1, '\0');
}

void check_refused(const Words& command, int code, const Words& parts, const std::string& path = "/usr/bin:/bin") {
  CAPTURE(joined(command));
  Init init(Start{.words = command, .environment = {"PATH=" + path}});
  CHECK(init.exit_code() == code);
  check_one_line(init.all_errors(), parts);
  CHECK(init.all_output().empty());
}

// A name that no search can find, so none is told of.
void check_empty_refused() {
  Init init(Words{""});
  CHECK(init.exit_code() == 127);
  const std::string text = init.all_errors();
  check_one_line(text, {"''"});
  CHECK(text.find("/usr/bin") == std::string::npos);
}

std::string output_of(const Start& start, int code = 0) {
  Init init(start);
  std::string text = init.all_output();
  CHECK(init.exit_code() == code);
  CHECK(init.all_errors().empty());
  return text;
}

}  // namespace

TEST_CASE("127 where the command was not found") {
  const Folder folder;
  const std::string file = folder.write("file", "text");
  check_refused({"no-such-command"}, 127, {"no-such-command", "no such file", "PATH"});
  check_refused({folder.path_of("none")}, 127, {folder.path_of("none"), "no such file"});
  check_refused({file + "/below"}, 127, {file + "/below", "not a directory"});
  check_empty_refused();
}

TEST_CASE("126 where the command cannot be run") {
  const Folder folder;
  const std::string plain = folder.write("plain", "#!/bin/sh\necho no\n");
  check_refused({folder.path()}, 126, {folder.path(), "permission denied", "directory"});
  check_refused({plain}, 126, {plain, "permission denied"});
  const std::string foreign = folder.write("foreign", elf_file(no_such_machine, "/loader"), 0755);
  check_refused({foreign}, 126, {foreign, "exec format error"});
  const std::string cut = folder.write("cut",
                                       "\x7f"
                                       "ELF\x02",
                                       0755);
  check_refused({cut}, 126, {cut, "exec format error"});
}

TEST_CASE("127, and the interpreter that is missing is named") {
  const Folder folder;
  const std::string none = folder.path_of("no-interpreter");
  for (const std::string& text : {"#!" + none + "\n", "#! \t" + none + " -x\n", "#!" + none}) {
    CAPTURE(text);
    const std::string script = folder.write("script", text, 0755);
    check_refused({script}, 127, {script, none, "exists"});
  }
  const std::string binary = folder.write("binary", elf_file(own_machine(), none), 0755);
  check_refused({binary}, 127, {binary, none, "exists"});
  // Found by a search, too, and through another script.
  const std::string outer = folder.write("outer", "#!" + folder.write("inner", "#!" + none + "\n", 0755) + "\n", 0755);
  check_refused({"binary"}, 127, {binary, none}, folder.path());
  check_refused({outer}, 127, {none});
}

TEST_CASE("a command that is not for us in one folder of PATH is looked for in the next ones") {
  const Folder folder;
  const std::string first = folder.make_folder("first");
  const std::string second = folder.make_folder("second");
  const std::string path = first + ":" + second;
  folder.write("first/tool", "#!/bin/sh\necho first\n");
  check_refused({"tool"}, 126, {"tool", "permission denied"}, path);
  folder.write("second/tool", "#!/bin/sh\necho second\n", 0755);
  CHECK(output_of({.words = {"tool"}, .environment = {"PATH=" + path}}) == "second\n");
  folder.write("first/tool", "#!/bin/sh\necho first\n", 0755);
  CHECK(output_of({.words = {"tool"}, .environment = {"PATH=" + path}}) == "first\n");
}

TEST_CASE("PATH unset is the usual default, an empty folder in it is the working directory") {
  const Folder folder;
  folder.write("here", "#!/bin/sh\necho here\n", 0755);
  const auto go_there = [&folder] { (void)!::chdir(folder.path().c_str()); };
  CHECK(output_of({.words = {"echo", "found"}, .environment = {}}) == "found\n");
  for (const std::string path : {"", ":/bin", "/bin:", "/nowhere::/bin"}) {
    CAPTURE(path);
    CHECK(output_of({.words = {"here"}, .environment = {"PATH=" + path}, .before_exec = go_there}) == "here\n");
  }
}

TEST_CASE("a file that is no program is run by /bin/sh") {
  const Folder folder;
  const std::string script = folder.write("script", "echo \"$0\" \"$@\"; exit 6\n", 0755);
  CHECK(output_of({.words = {script, "a", "b c"}}, 6) == script + " a b c\n");
  CHECK(output_of({.words = {"script"}, .environment = {"PATH=" + folder.path()}}, 6) == script + "\n");
  CHECK(output_of({.words = {folder.write("empty", "", 0755)}}).empty());
}

TEST_CASE("a script with an interpreter is run by it") {
  const Folder folder;
  CHECK(output_of({.words = {folder.write("script", "#!/bin/sh\nexit 8\n", 0755)}}, 8).empty());
}

TEST_CASE("options end at the first word that is not one, and at --") {
  CHECK(output_of({.words = {"ls", "-d", "/"}}) == "/\n");
  CHECK(output_of({.words = {"--", "ls", "-d", "/"}}) == "/\n");
  CHECK(output_of({.words = {"-g", "--", "ls", "-d", "/"}}) == "/\n");
  CHECK(output_of({.words = {"echo", "-c", "--", "--help"}}) == "-c -- --help\n");
}

TEST_CASE("arguments reach the command as they are, 100,000 of them, and one of 127 KiB that is no text") {
  Words many{"sh", "-c", "echo $#", "sh"};
  many.resize(many.size() + 100'000, "x");
  CHECK(output_of({.words = many}) == "100000\n");
  std::string odd(127 * 1024, '\xff');
  for (std::size_t i = 0; i < odd.size(); i += 3) odd[i] = static_cast<char>(1 + i % 255);
  CHECK(output_of({.words = {"printf", "%s", odd}}) == odd);
}

TEST_CASE("a failed start says the same, each way to clone") {
  for (const std::string rule : {"clone:PIDFD=EINVAL", "clone:VFORK=EPERM", "clone:VFORK=EPERM,pipe2=EMFILE"}) {
    CAPTURE(rule);
    Init init(Start{.words = {"no-such-command"}, .before = act("deny", rule)});
    CHECK(init.exit_code() == 127);
    check_one_line(init.all_errors(), {"no-such-command", "no such file"});
  }
}

TEST_CASE("125 where no process can be started") {
  Init init(Start{.words = act("exit", "0"),
                  .before = act("deny", "clone=EAGAIN,fork=EAGAIN,vfork=EAGAIN,clone3=EAGAIN"),
                  // A sanitizer would look for leaks in a process of its own.
                  .environment = {"ASAN_OPTIONS=detect_leaks=0"}});
  CHECK(init.exit_code() == 125);
  check_one_line(init.all_errors(), {"cannot start a process"});
}
