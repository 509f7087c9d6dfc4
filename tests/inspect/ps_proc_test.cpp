// --ps where /proc does not tell all.
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "harness.hpp"
#include "one_line.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

struct Pids {
  pid_t parent;
  pid_t zombie;
  pid_t own;
};

void become_stranger() { become_user(1000780000); }

void mount_proc(const std::string& options) {
  checked(::unshare(CLONE_NEWNS), "unshare");
  checked(::mount("proc", "/proc", "proc", 0, options.c_str()), "mount /proc");
}

void become_stranger_with(const std::string& proc_options) {
  mount_proc(proc_options);
  become_stranger();
}

// root's parent with a zombie, and a process of the user.
Work with_two_users(const Shared<Pids>& pids) {
  return [&pids] {
    pids->parent = start("careless", [&pids] { pids->zombie = leave_zombie(); });
    pids->own = start_program({"/bin/sleep", "1000"}, become_stranger);
  };
}

Words row_of(const Answer& answer, pid_t pid) { return lines_with(answer.out, std::to_string(pid) + " "); }

bool has_line(const Answer& answer, const std::string& line) { return !lines_with(answer.out, line).empty(); }

const std::string hidden = "PID 1 is hidden, others may be, too (hidepid).";
const std::string foreign = "This /proc is of another PID namespace.";

}  // namespace

TEST_SUITE_BEGIN("/proc" * doctest::skip(::getuid() != 0));

TEST_CASE("without hidepid any user sees all, and why") {
  const Shared<Pids> pids;
  const Scene scene(with_two_users(pids));
  const Answer answer = scene.look({.before = become_stranger});
  CAPTURE(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.errors.empty());
  CHECK(has_line(answer, "Tasks: 5 total"));
  CHECK(has_line(answer, "Zombie " + std::to_string(pids->zombie) + " (careless): its parent " +
                             std::to_string(pids->parent) + " (careless) does not wait."));
  CHECK(!has_line(answer, hidden));
  CHECK(!has_line(answer, foreign));
}

TEST_CASE("with hidepid=1 what may not be read is shown as such, and counted") {
  const Shared<Pids> pids;
  const Scene scene(with_two_users(pids));
  const Answer answer = scene.look({.before = [] { become_stranger_with("hidepid=1"); }});
  CAPTURE(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.errors.empty());
  CHECK(answer.out.rfind("Tasks: 5 total, ", 0) == 0);
  CHECK(answer.out.find(" 0 zombie, 3 hidden\n") != std::string::npos);
  CHECK(has_line(answer, hidden));
  REQUIRE(row_of(answer, pids->parent).size() == 1);
  CHECK(row_of(answer, pids->parent)[0].find(" ?      ?      ?") != std::string::npos);
  REQUIRE(row_of(answer, pids->own).size() == 1);
  CHECK(row_of(answer, pids->own)[0].find("/bin/sleep 1000") != std::string::npos);
}

TEST_CASE("with hidepid=2 it says that others may be missing") {
  const Shared<Pids> pids;
  const Scene scene(with_two_users(pids));
  const Answer answer = scene.look({.before = [] { become_stranger_with("hidepid=2"); }});
  CAPTURE(answer.out);
  CHECK(answer.status == 0);
  CHECK(has_line(answer, "Tasks: 2 total"));
  CHECK(has_line(answer, hidden));
  CHECK(row_of(answer, pids->own).size() == 1);
}

TEST_CASE("a zombie whose parent is hidden is told so") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    pids->parent = start("careless", [&pids] { pids->zombie = leave_zombie("careless", become_stranger); });
  });
  const Answer answer = scene.look({.before = [] { become_stranger_with("hidepid=2"); }});
  CAPTURE(answer.out);
  CHECK(has_line(answer, "Zombie " + std::to_string(pids->zombie) + " (careless): its parent " +
                             std::to_string(pids->parent) + " is hidden: look as root."));
}

TEST_CASE("no /proc is one line and exit 125") {
  if (init_is_sanitized()) return skip("--ps without /proc: the sanitizer needs /proc");
  const Scene scene([] {});
  for (const Words& options : {Words{"--ps"}, Words{"--ps", "--max-zombies=0"}}) {
    const Answer answer = scene.look({.options = options, .before = [] {
                                        checked(::unshare(CLONE_NEWNS), "unshare");
                                        checked(::mount("tmpfs", "/proc", "tmpfs", 0, nullptr), "mount /proc");
                                      }});
    CHECK(answer.status == 125);
    CHECK(answer.out.empty());
    check_one_line(answer.errors, {"cannot read /proc", "no such file or directory"});
  }
}

TEST_CASE("a /proc of another namespace is told") {
  const Scene scene([] {});
  const Scene other([] {}, First::waits);
  // Its mounts are those of the other one.
  const Answer answer = scene.look({.before = [&other] { other.enter_mounts(); }});
  CAPTURE(answer.out);
  CHECK(has_line(answer, foreign));
}

TEST_SUITE_END();
