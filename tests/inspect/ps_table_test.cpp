// The table of --ps: every process, as /proc has it.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

#include "files.hpp"
#include "harness.hpp"
#include "one_line.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

struct Pids {
  pid_t a;
  pid_t b;
  pid_t c;
};

// The cells of the row, as far as they have no blanks in them.
Words row_of(const Answer& answer, pid_t pid) {
  CAPTURE(answer.out);
  const Words rows = lines_with(answer.out, std::to_string(pid) + " ");
  REQUIRE(rows.size() == 1);
  std::istringstream row(rows[0]);
  Words cells;
  for (std::string cell; row >> cell;) cells.push_back(cell);
  return cells;
}

std::string command_of(const Answer& answer, pid_t pid) {
  const Words rows = lines_with(answer.out, std::to_string(pid) + " ");
  REQUIRE(rows.size() == 1);
  const auto heads = lines_with(answer.out, "PID ");
  REQUIRE(heads.size() == 1);
  return rows[0].substr(heads[0].find("COMMAND"));
}

// Where it opens that file, it is held until `meanwhile` is done.
void hold_open(Session& session, const std::string& path, const Work& meanwhile) {
  bool found = false;
  for (HeldCall call; session.hold(SYS_openat, call); session.let_go(call)) {
    std::string text(path.size() + 1, ' ');
    session.read_memory(call.arguments[1], text.data(), text.size());
    if (text.c_str() != path) continue;
    found = true;
    meanwhile();
  }
  CHECK(found);
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++found;
  return found;
}

}  // namespace

TEST_SUITE_BEGIN("table" * doctest::skip(::getuid() != 0));

TEST_CASE("each column is what /proc says") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    pids->a = start("above", [&pids] {
      checked(::setpgid(0, 0), "setpgid");
      pids->b = start("below", [] { become_user(1000); });
    });
    pids->c = start("stopped");
    stop(pids->c);
  });
  const Answer answer = scene.look();
  CHECK(answer.status == 0);
  CHECK(answer.errors.empty());
  CHECK(answer.out.rfind("Tasks: 5 total, 1 running, 3 sleeping, 1 stopped, 0 zombie\n", 0) == 0);
  const std::string above = std::to_string(pids->a);
  const Words below = row_of(answer, pids->b);
  CHECK(Words(below.begin() + 1, below.begin() + 7) == Words{above, above, "1", "1000", "sleeping", "1"});
  const Words stopped = row_of(answer, pids->c);
  CHECK(Words(stopped.begin() + 1, stopped.begin() + 7) == Words{"1", "1", "1", "0", "stopped", "1"});
  CHECK(row_of(answer, 1)[1] == "0");
  // What the test program has in memory, in KiB.
  CHECK(std::stol(below[8]) > 500);
  CHECK(below[7].back() == 's');
  CHECK(below[9] == "0s");
}

TEST_CASE("the command line, or the name in brackets") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    pids->a = start("zombies", [&pids] { pids->b = leave_zombie("dead one"); });
    pids->c = start_program({"/bin/sleep", "1000", "0"});
  });
  const Answer answer = scene.look();
  CHECK(command_of(answer, pids->b) == "[dead one] <defunct>");
  CHECK(command_of(answer, pids->c) == "/bin/sleep 1000 0");
  CHECK(count(answer.out, "<defunct>") == 1);
}

TEST_CASE("names of every kind") {
  struct Name {
    const char* given;
    const char* shown;
  };
  constexpr std::array<Name, 8> names{{{"a b", "a b"},
                                       {"[x] (y)", "[x] (y)"},
                                       {") Z 1 1 (", ") Z 1 1 ("},
                                       {"a\nb", "a\\x0ab"},
                                       {"\x1b[31m", "\\x1b[31m"},
                                       {"123456789012345", "123456789012345"},
                                       {"\xc3\xa4%0", "\xc3\xa4%0"},
                                       {"", ""}}};
  const Shared<std::array<pid_t, names.size()>> pids;
  const Scene scene([&] {
    start("careless", [&] {
      for (std::size_t i = 0; i < names.size(); ++i) (*pids)[i] = leave_zombie(names[i].given);
    });
  });
  const Answer answer = scene.look();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string shown = names[i].shown;
    CHECK(command_of(answer, (*pids)[i]) == "[" + shown + "] <defunct>");
    CHECK(lines_with(answer.out, "Zombie " + std::to_string((*pids)[i]) + " (" + shown + "): ").size() == 1);
  }
}

TEST_CASE("a long command line is cut, one with control characters stays one line") {
  const Shared<Pids> pids;
  const Scene scene([&pids] { pids->a = start_program({"/bin/sh", "-c", "sleep 1000\n# " + std::string(5000, 'x')}); });
  const std::string command = command_of(scene.look(), pids->a);
  CHECK(command.rfind("/bin/sh -c sleep 1000\\x0a# xxxx", 0) == 0);
  CHECK(command.size() < 300);
  CHECK(command.substr(command.size() - 6) == "xxx...");
}

TEST_CASE("a tree on a terminal, plain columns elsewhere") {
  const Shared<Pids> pids;
  const Scene scene(
      [&pids] { pids->a = start("a", [&pids] { pids->b = start("b", [&pids] { pids->c = leave_zombie("c"); }); }); });
  const auto indentation = [](const Answer& answer, pid_t pid) {
    const std::string command = command_of(answer, pid);
    return command.find_first_not_of(' ');
  };
  for (const bool terminal : {false, true}) {
    CAPTURE(terminal);
    const Answer answer = scene.look({.terminal = terminal});
    CAPTURE(answer.out);
    const std::size_t step = terminal ? 2 : 0;
    CHECK(indentation(answer, 1) == 0);
    CHECK(indentation(answer, pids->a) == step);
    CHECK(indentation(answer, pids->b) == 2 * step);
    CHECK(indentation(answer, pids->c) == 3 * step);
  }
}

TEST_CASE("a process that dies while it is read is left out, and nothing is said of it") {
  for (const std::string file : {"/stat", "/status", "/cmdline"}) {
    CAPTURE(file);
    const Shared<Pids> pids;
    const Scene scene([&pids] { pids->a = start("fleeting"); });
    Session session(scene, {.hold = {SYS_openat}});
    hold_open(session, "/proc/" + std::to_string(pids->a) + file, [&] {
      scene.inside([&pids] {
        checked(::kill(pids->a, SIGKILL), "kill");
        wait_until_gone(pids->a);
      });
    });
    const Answer answer = session.finish();
    CAPTURE(answer.out);
    CHECK(answer.status == 0);
    CHECK(answer.errors.empty());
    CHECK(lines_with(answer.out, "Tasks: 2 total").size() == 1);
    CHECK(lines_with(answer.out, std::to_string(pids->a) + " ").empty());
    CHECK(answer.out.find("hidden") == std::string::npos);
  }
}

TEST_CASE("the limit of the cgroup is shown, where there is one") {
  const Scene scene([] { start("careless", [] { leave_zombie("victim"); }); });
  for (const std::string limit : {"64\n", "max\n"}) {
    const Answer answer = scene.look({.before = [&limit] {
      checked(::unshare(CLONE_NEWNS), "unshare");
      checked(::mount("tmpfs", "/sys/fs/cgroup", "tmpfs", 0, nullptr), "mount /sys/fs/cgroup");
      // Of cgroup v2, and of v1.
      checked(::mkdir("/sys/fs/cgroup/pids", 0755), "mkdir");
      for (const std::string folder : {"/sys/fs/cgroup", "/sys/fs/cgroup/pids"}) {
        std::ofstream(folder + "/pids.max") << limit;
      }
    }});
    CAPTURE(answer.out);
    const Words lines = lines_with(answer.out, "Pids limit");
    CHECK(lines == (limit == "64\n" ? Words{"Pids limit: 64, 1 used by zombies"} : Words{}));
  }
}

TEST_CASE("what cannot be written is told") {
  const Scene scene([] {});
  const Answer answer = scene.look({.before = [] {
    const auto full = static_cast<int>(checked(::open("/dev/full", O_WRONLY), "/dev/full"));
    checked(::dup2(full, STDOUT_FILENO), "dup2");
  }});
  CHECK(answer.status == 125);
  check_one_line(answer.errors, {"cannot write the answer", "no space left on device"});
}

TEST_SUITE_END();
