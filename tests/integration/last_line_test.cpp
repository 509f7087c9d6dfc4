// How the main command was killed: one line on stderr, and the same one in the termination log.
#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "files.hpp"
#include "one_line.hpp"
#include "others.hpp"

namespace {

constexpr int own_code = 7;

std::string last_line(const Start& start, int number) {
  Init init(start);
  CHECK(init.exit_code() == 128 + number);
  return init.all_errors();
}

Words killed() { return act("die", std::to_string(SIGSEGV)); }

// The words that are written for it, without a newline.
std::string line_in_log(const Words& options, const Folder& folder) {
  folder.write("log", "");
  Init init(options + Words{"--termination-log=" + folder.path_of("log")} + killed());
  CHECK(init.exit_code() == 128 + SIGSEGV);
  const std::string line = folder.read("log");
  const std::string errors = init.all_errors();
  if (errors.empty()) return line;
  CHECK(has(errors, line));
  return line;
}

}  // namespace

TEST_CASE("a main command that was killed: who sent the signal") {
  check_one_line(last_line({.words = act("die", "9")}, SIGKILL),
                 {"main command (pid 2) was killed by SIGKILL, not sent by foster\n"});
  check_one_line(last_line({.words = act("die", "34")}, 34), {"was killed by SIGRTMIN, not sent by foster\n"});
  for (const Words& options : {Words{}, Words{"-c"}, Words{"--target=all"}}) {
    CAPTURE(joined(options));
    Init init(options + act("hold"));
    CHECK(init.read_line() == "ready");
    init.signal(SIGTERM);
    CHECK(init.exit_code() == 128 + SIGTERM);
    check_one_line(init.all_errors(), {"main command (pid 2) was killed by SIGTERM, handed on by foster\n"});
  }
}

TEST_CASE("a main command that was killed: that a core was dumped") {
  const Folder cores;
  std::filesystem::permissions(cores.path(), std::filesystem::perms::all);
  for (const bool dumps : {false, true}) {
    const rlim_t most = dumps ? RLIM_INFINITY : 0;
    const auto limit_cores = [most, path = cores.path()] {
      const rlimit core{most, most};
      (void)::setrlimit(RLIMIT_CORE, &core);
      (void)!::chdir(path.c_str());
    };
    const Start start{
        .words = killed(), .environment = {"ASAN_OPTIONS=disable_coredump=0"}, .before_exec = limit_cores};
    const std::string text = last_line(start, SIGSEGV);
    CAPTURE(text);
    if (dumps && std::filesystem::is_empty(cores.path())) {
      skip("that a core was dumped: no core file was written here");
      continue;
    }
    const std::string part = dumps ? " (core dumped), not sent by foster\n" : "SIGSEGV, not sent by foster\n";
    check_one_line(text, {"main command (pid 2) was killed by SIGSEGV", part});
  }
}

TEST_CASE("a main command that ended by itself is no line, nor is one with -q, nor under a peer's name") {
  const std::vector<std::pair<Start, int>> starts{
      {{.words = act("exit", "143")}, 143},
      {{.words = Words{"-q"} + killed()}, 128 + SIGSEGV},
      {{.words = killed(), .init = init_called("tini")}, 128 + SIGSEGV},
      {{.words = killed(), .init = init_called("dumb-init")}, 128 + SIGSEGV},
      {{.words = killed(), .init = init_called("catatonit")}, 128 + SIGSEGV}};
  for (const auto& [start, code] : starts) {
    CAPTURE(start.init);
    Init init(start);
    CHECK(init.exit_code() == code);
    CHECK(init.all_errors().empty());
  }
}

TEST_CASE("the last line changes no exit code, though it cannot be written") {
  const auto spoil = [] { ::close(STDERR_FILENO); };
  Init init(Start{.words = killed(), .before_exec = spoil});
  CHECK(init.exit_code() == 128 + SIGSEGV);
}

TEST_CASE("--termination-log: the same line in the file, if it exists and is empty, with -q as well") {
  const Folder folder;
  const std::string line = line_in_log({}, folder);
  CHECK(line == "foster: main command (pid 2) was killed by SIGSEGV, not sent by foster");
  CHECK(line_in_log({"-q"}, folder) == line);
  folder.write("log", "");
  Init init(Start{.words = killed(), .environment = {"FOSTER_TERMINATION_LOG=" + folder.path_of("log")}});
  CHECK(init.exit_code() == 128 + SIGSEGV);
  CHECK(folder.read("log") == line);
}

TEST_CASE("--termination-log: nothing is written where the main command ended by itself") {
  const Folder folder;
  for (const int code : {0, own_code}) {
    folder.write("log", "");
    Init init(Words{"-v", "--termination-log=" + folder.path_of("log")} + act("exit", std::to_string(code)));
    CHECK(init.exit_code() == code);
    CHECK(folder.read("log").empty());
  }
}

TEST_CASE("--termination-log: nothing is created, and nothing overwritten") {
  const Folder folder;
  Init absent(Words{"--termination-log=" + folder.path_of("none")} + killed());
  CHECK(absent.exit_code() == 128 + SIGSEGV);
  CHECK(std::filesystem::is_empty(folder.path()));
  folder.write("log", "the command's own words");
  Init taken(Words{"--termination-log=" + folder.path_of("log")} + killed());
  CHECK(taken.exit_code() == 128 + SIGSEGV);
  CHECK(folder.read("log") == "the command's own words");
  for (Init* const init : {&absent, &taken}) check_one_line(init->all_errors(), {"was killed by SIGSEGV"});
}

TEST_CASE("--termination-log: a FIFO, a directory or a device there changes nothing") {
  const Folder folder;
  const std::string fifo = folder.path_of("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0666) == 0);
  for (const std::string& path : {fifo, folder.path(), std::string("/dev/full"), fifo + "/below"}) {
    CAPTURE(path);
    Init init(Words{"--termination-log=" + path} + killed());
    CHECK(init.exit_code() == 128 + SIGSEGV);
    check_one_line(init.all_errors(), {"was killed by SIGSEGV"});
  }
}

TEST_CASE("--termination-log without a file is /dev/termination-log") {
  const Folder folder;
  folder.write("termination-log", "");
  const auto put_there = [path = folder.path()] { (void)::mount(path.c_str(), "/dev", nullptr, MS_BIND, nullptr); };
  for (const auto& [options, environment] :
       std::vector<std::pair<Words, Words>>{{{"--termination-log"}, {}},
                                            {{}, {"FOSTER_TERMINATION_LOG=yes"}},
                                            {{"--termination-log"}, {"FOSTER_TERMINATION_LOG=no"}}}) {
    folder.write("termination-log", "");
    Init init(Start{.words = options + killed(), .environment = environment, .before_exec = put_there});
    CHECK(init.exit_code() == 128 + SIGSEGV);
    CHECK(has(folder.read("termination-log"), "was killed by SIGSEGV"));
  }
}
