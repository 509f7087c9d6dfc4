// Zombies from the first look to the clean table.
#include <doctest/doctest.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "files.hpp"
#include "harness.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

struct Pids {
  pid_t parent;
  pid_t zombie;
};

// A root with foster in it, and nothing else.
Look from_scratch(const Folder& root) {
  const std::string program = root.path_of("foster");
  return {.words = {"/foster", "--ps"}, .before = [&root, program] {
            checked(::unshare(CLONE_NEWNS), "unshare");
            checked(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "make mounts private");
            checked(::mount(init_binary().c_str(), program.c_str(), nullptr, MS_BIND, nullptr), "mount foster");
            checked(::mount("proc", root.path_of("proc").c_str(), "proc", 0, nullptr), "mount /proc");
            checked(::chroot(root.path().c_str()), "chroot");
            checked(::chdir("/"), "chdir");
          }};
}

bool tells_of(const Answer& answer, pid_t zombie) {
  CHECK(answer.status == 0);
  return !lines_with(answer.out, "Zombie " + std::to_string(zombie) + " ").empty();
}

void make_scratch(const Folder& root) {
  root.write("foster", "");
  root.make_folder("proc");
}

void check_clean(const Answer& answer) {
  CAPTURE(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.out.find(", 0 zombie\n") != std::string::npos);
  CHECK(answer.out.find("defunct") == std::string::npos);
  CHECK(lines_with(answer.out, "Zombie").empty());
}

void leave_orphans(int count) {
  const pid_t middle = ::fork();
  if (middle == 0) {
    for (int i = 0; i < count; ++i) {
      if (::fork() != 0) continue;
      change_name("orphan");
      while (::getppid() != 1) ::poll(nullptr, 0, 1);
      ::_exit(0);
    }
    ::_exit(0);
  }
  checked(::waitpid(middle, nullptr, 0), "waitpid");
  siginfo_t info{};
  // Looked at, they stay; all of them are dead when none is left that lives.
  while (::waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0) {
    int dead = 0;
    for (const pid_t child : proc::children(1)) dead += proc::look_at(child).state == 'Z' ? 1 : 0;
    if (dead == count) return;
    ::poll(nullptr, 0, 1);
  }
}

}  // namespace

TEST_SUITE_BEGIN("stories" * doctest::skip(::getuid() != 0));

TEST_CASE("a parent that never waits: it is blamed; CHLD reminds one that handles it, the end frees the other's") {
  if (init_is_sanitized()) return skip("--ps in a scratch root: the sanitized program is not static");
  const Folder root;
  make_scratch(root);
  for (const bool handles : {true, false}) {
    CAPTURE(handles);
    const Shared<Pids> pids;
    const Scene scene([&pids, handles] {
      start("main");
      pids->parent = start("careless", [&pids, handles] {
        pids->zombie = leave_zombie();
        if (handles) ::signal(SIGCHLD, [](int) { ::waitpid(-1, nullptr, WNOHANG); });
      });
    });
    const Answer before = scene.look(from_scratch(root));
    CAPTURE(before.out);
    CHECK(before.out.find(", 1 zombie\n") != std::string::npos);
    CHECK(tells_of(before, pids->zombie));
    CHECK(before.out.find("its parent " + std::to_string(pids->parent) + " (careless) does not wait.") !=
          std::string::npos);
    CHECK((before.out.find("kill -CHLD " + std::to_string(pids->parent)) != std::string::npos) == handles);
    scene.inside([&pids, handles] {
      checked(::kill(pids->parent, handles ? SIGCHLD : SIGTERM), "kill");
      wait_until_gone(pids->zombie);
    });
    check_clean(scene.look(from_scratch(root)));
  }
}

TEST_CASE("200 orphans of a PID 1 that does not reap, seen by an image that holds foster alone") {
  if (init_is_sanitized()) return skip("--ps in a scratch root: the sanitized program is not static");
  constexpr int count = 200;
  const Folder root;
  make_scratch(root);
  const Scene scene([] { leave_orphans(count); }, First::waits);
  const Answer answer = scene.look(from_scratch(root));
  CHECK(answer.status == 0);
  CHECK(answer.out.find(" total, ") != std::string::npos);
  CHECK(answer.out.find(", 200 zombie\n") != std::string::npos);
  int defunct = 0;
  for (std::size_t at = 0; (at = answer.out.find("[orphan] <defunct>\n", at)) != std::string::npos; ++at) ++defunct;
  CHECK(defunct == count);
  const Words told = lines_with(answer.out, "Zombie ");
  CHECK(told.size() == count);
  for (const auto& line : told) CHECK(line.find("It is PID 1 and no init") != std::string::npos);
}

TEST_SUITE_END();
