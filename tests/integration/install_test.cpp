// --install: the whole program, at once, by its name; or one line, and nothing left behind.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "files.hpp"
#include "harness.hpp"
#include "one_line.hpp"

namespace {

using Names = std::set<std::string>;

constexpr mode_t everybody = 0777;

Start installing(const std::string& path) { return {.words = {"--install=" + path}}; }

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Names names_in(const std::string& folder) {
  Names names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

// The program itself, no link to it, and everybody's to run.
void check_installed(const std::string& path) {
  CAPTURE(path);
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  CHECK(status.st_mode == (S_IFREG | 0755));
  CHECK(bytes_of(path) == bytes_of(init_binary()));
}

void check_silent_success(Init& init) {
  CHECK(init.exit_code() == 0);
  CHECK(init.all_output().empty());
  CHECK(init.all_errors().empty());
}

void check_installs(const Start& start) {
  Init init(start);
  check_silent_success(init);
}

// What is in a folder then, as the init itself sees it: it may be on a mount of its own.
Names check_refused(Start start, const std::string& folder, const std::vector<std::string>& parts) {
  start.hold = {SYS_exit_group};
  Init init(start);
  const HeldCall exit = init.next_held();
  const Names names = names_in("/proc/" + std::to_string(init.pid()) + "/root" + folder);
  init.let_go(exit);
  CHECK(init.exit_code() == 125);
  CHECK(init.all_output().empty());
  check_one_line(init.all_errors(), parts);
  return names;
}

void mount_over(const std::string& folder, const char* type, unsigned long flags, const char* data) {
  if (::mount(folder.c_str(), folder.c_str(), type, flags, data) < 0) ::_exit(1);
}

// Up to the moment when all is written, and nothing has its name yet.
struct Copying {
  explicit Copying(const std::string& path)
      : init({.words = {"--install=" + path}, .hold = {SYS_fsync}}), call(init.next_held()) {}
  Init init;
  HeldCall call;
};

// To a file in the folder, with so many bytes.
std::string long_path(const Folder& folder, std::size_t bytes) {
  std::string path = folder.path();
  path.resize(bytes - 1, '/');
  return path + "x";
}

bool is_root() {
  if (::getuid() == 0) return true;
  skip("installing as another user: only root can become one");
  return false;
}

}  // namespace

TEST_CASE("--install copies the program to a file, whatever the umask, and says nothing") {
  for (const mode_t mask : {0U, 022U, 077U, 0777U}) {
    const Folder folder;
    Start start = installing(folder.path_of("init"));
    start.before_exec = [mask] { ::umask(mask); };
    check_installs(start);
    check_installed(folder.path_of("init"));
    CHECK(names_in(folder.path()) == Names{"init"});
  }
}

TEST_CASE("a folder stands for a file named foster in it, with a slash at its end and through a link as well") {
  for (const std::string end : {"", "/", "/."}) {
    const Folder folder;
    const std::string real = folder.make_folder("real");
    check_installs(installing(real + end));
    check_installed(real + "/foster");
    const std::string link = folder.path_of("link");
    std::filesystem::create_directory_symlink(real, link);
    check_installs(installing(link + end));
    check_installed(real + "/foster");
    CHECK(names_in(real) == Names{"foster"});
    CHECK(names_in(folder.path()) == Names{"link", "real"});
  }
}

TEST_CASE("a path may be relative to the working directory") {
  const Folder folder;
  folder.make_folder("in");
  for (const std::string path : {"init", "in", "."}) {
    Start start = installing(path);
    start.before_exec = [&folder] { (void)!::chdir(folder.path().c_str()); };
    check_installs(start);
  }
  for (const std::string name : {"init", "in/foster", "foster"}) check_installed(folder.path_of(name));
}

TEST_CASE("what is installed runs, and installs itself again") {
  const Folder folder;
  check_installs(installing(folder.path()));
  check_installs({.words = {"--install=" + folder.path_of("second")}, .init = folder.path_of("foster")});
  check_installed(folder.path_of("second"));
}

TEST_CASE("a file that is there is replaced: who has it open still reads the old one") {
  const Folder folder;
  const std::string path = folder.write("foster", "old", 0600);
  std::ifstream open(path);
  check_installs(installing(path));
  check_installed(path);
  CHECK(std::string(std::istreambuf_iterator<char>(open), {}) == "old");
}

TEST_CASE("a running program is replaced, and runs on") {
  const Folder folder;
  const std::string path = folder.path_of("foster");
  check_installs(installing(path));
  Init running(Start{.words = act("hold"), .init = path});
  CHECK(running.read_line() == "ready");
  check_installs(installing(path));
  check_installed(path);
  running.signal(SIGTERM);
  CHECK(running.exit_code() == 128 + SIGTERM);
}

TEST_CASE("a link is replaced, dangling or not; what it leads to stays as it is") {
  const Folder folder;
  const std::string kept = folder.write("kept", "old");
  for (const std::string& goal : {kept, folder.path_of("nowhere")}) {
    const std::string path = folder.path_of("link");
    std::filesystem::remove(path);
    std::filesystem::create_symlink(goal, path);
    check_installs(installing(path));
    check_installed(path);
  }
  CHECK(folder.read("kept") == "old");
  CHECK(names_in(folder.path()) == Names{"kept", "link"});
}

TEST_CASE("it is refused where the folder is missing, or no folder") {
  const Folder folder;
  const std::string file = folder.write("file", "old");
  const std::string missing = folder.path_of("missing/foster");
  for (const std::string& path : {missing, folder.path_of("missing/")}) {
    const Names left = check_refused(installing(path), folder.path(), {"'" + path + "'", "no such file or directory"});
    CHECK(left == Names{"file"});
  }
  for (const std::string& path : {file + "/", file + "/foster"}) {
    const Names left = check_refused(installing(path), folder.path(), {"'" + path + "'", "not a directory"});
    CHECK(left == Names{"file"});
  }
  CHECK(folder.read("file") == "old");
  check_refused(installing(""), folder.path(), {"''", "no such file or directory"});
}

TEST_CASE("it is refused where a folder has the name") {
  const Folder folder;
  folder.make_folder("foster");
  const Names left =
      check_refused(installing(folder.path()), folder.path(), {"foster in '" + folder.path() + "'", "is a directory"});
  CHECK(left == Names{"foster"});
}

TEST_CASE("it is refused on a full disk, and takes nothing of it") {
  const Folder folder;
  Start start = installing(folder.path());
  start.before_exec = [&folder] { mount_over(folder.path(), "tmpfs", 0, "size=16k"); };
  CHECK(check_refused(start, folder.path(), {folder.path(), "no space left on device"}).empty());
}

TEST_CASE("it is refused on a read-only file system") {
  const Folder folder;
  Start start = installing(folder.path());
  start.before_exec = [&folder] { mount_over(folder.path(), "tmpfs", MS_RDONLY, nullptr); };
  CHECK(check_refused(start, folder.path(), {folder.path(), "read-only file system"}).empty());
}

TEST_CASE("it is refused where the path is too long; one as long as the kernel takes is none") {
  const Folder folder;
  const std::string name(300, 'n');
  check_refused(installing(folder.path_of(name)), folder.path(), {folder.path(), "name too long"});
  for (const std::size_t length : {4096UL, 100'000UL}) {
    const Names left = check_refused(installing(long_path(folder, length)), folder.path(), {"name too long"});
    CHECK(left.empty());
  }
  const std::string longest = long_path(folder, 4095);
  check_installs(installing(longest));
  check_installed(longest);
  CHECK(names_in(folder.path()).size() == 1);
}

TEST_CASE("it is refused without /proc, which has the program") {
  if (init_is_sanitized()) return skip("--install without /proc: the sanitizer needs /proc");
  const Folder folder;
  Start start = installing(folder.path());
  start.own_proc = false;
  CHECK(check_refused(start, folder.path(), {"'/proc/self/exe'", "no such file or directory"}).empty());
}

TEST_CASE("any user installs where it may write, and is refused where it may not") {
  if (!is_root()) return;
  const Folder folder;
  const std::string path = folder.make_folder("theirs", everybody);
  const std::string ours = folder.make_folder("ours");
  Start start = installing(path);
  start.before = act("as-user", "1000780000");
  check_installs(start);
  check_installed(path + "/foster");
  start.words = {"--install=" + ours};
  CHECK(check_refused(start, ours, {ours, "permission denied"}).empty());
}

TEST_CASE("what fails at the end leaves nothing behind, and what was there as it was") {
  const Folder folder;
  const std::string path = folder.write("foster", "old");
  for (const std::string call : {"fsync", "renameat"}) {
    Start start = installing(path);
    start.before = act("deny", call + "=EPERM");
    const Names left = check_refused(start, folder.path(), {"'" + path + "'", "operation not permitted"});
    CHECK(left == Names{"foster"});
    CHECK(folder.read("foster") == "old");
  }
}

TEST_CASE("until it is whole the program has another name; a TERM changes nothing") {
  const Folder folder;
  const std::string path = folder.write("foster", "old");
  Copying copying(path);
  CHECK(folder.read("foster") == "old");
  CHECK(names_in(folder.path()).size() == 2);
  copying.init.signal(SIGTERM);
  copying.init.let_go(copying.call);
  check_silent_success(copying.init);
  check_installed(path);
  CHECK(names_in(folder.path()) == Names{"foster"});
}

TEST_CASE("one that is killed stands in nobody's way") {
  const Folder folder;
  const std::string path = folder.path_of("foster");
  {
    Copying killed(path);
    killed.init.signal(SIGKILL);
    CHECK(WTERMSIG(killed.init.wait()) == SIGKILL);
  }
  CHECK(names_in(folder.path()).count("foster") == 0);
  check_installs(installing(path));
  check_installed(path);
}

TEST_CASE("two that install at once both do") {
  const Folder folder;
  const std::string path = folder.path_of("foster");
  Copying one(path);
  Copying other(path);
  for (Copying* const copying : {&one, &other}) {
    copying->init.let_go(copying->call);
    check_silent_success(copying->init);
    check_installed(path);
  }
  CHECK(names_in(folder.path()) == Names{"foster"});
}
