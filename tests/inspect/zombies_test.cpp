// Why a zombie is still there, and what removes it: each cause that --ps tells.
#include <doctest/doctest.h>
#include <pthread.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "harness.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

struct Pids {
  pid_t parent;
  pid_t zombie;
  pid_t other;
};

std::string number(pid_t pid) { return std::to_string(pid); }

// What is said of the one zombie that there is.
std::string told(const Answer& answer, pid_t zombie) {
  CAPTURE(answer.out);
  CHECK(answer.status == 0);
  CHECK(answer.errors.empty());
  CHECK(lines_with(answer.out, "Zombie ").size() == 1);
  const Words lines = lines_with(answer.out, "Zombie " + number(zombie) + " (");
  REQUIRE(lines.size() == 1);
  CHECK(lines_with(answer.out, "kill -9 removes none").size() == 1);
  return lines[0];
}

// It has its parent's name, as all have that execute nothing.
std::string zombie_of(const Pids& pids, const std::string& name) {
  return "Zombie " + number(pids.zombie) + " (" + name + "): its parent " + number(pids.parent) + " (" + name + ") ";
}

std::string freed_by_end_of(const Pids& pids) {
  return " kill " + number(pids.parent) + " leaves it to PID 1, which reaps it if it is an init.";
}

// PID 1 has another child first: that one would be the main command.
Work with_parent(
    const Shared<Pids>& pids, const Work& before = [] {}) {
  return [&pids, before] {
    start("main");
    pids->parent = start("careless", [&] {
      before();
      pids->zombie = leave_zombie();
    });
  };
}

// From then on the caller traces it, and tells when it stops.
void seize(pid_t pid) { checked(::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr), "PTRACE_SEIZE"); }

void await_end(pid_t child) {
  siginfo_t info{};
  checked(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), "waitid");
}

void* tell_when_first_is_gone(void* ready) {
  wait_until_state(::getpid(), 'Z');
  checked(::write(*static_cast<int*>(ready), "", 1), "write");
  wait_for_ever();
}

// Its first thread ends, another one goes on.
pid_t start_without_leader(const std::string& name) {
  return start(name, [] {
    static Pipe ready = make_pipe();
    static int writer = ready.writer.get();
    const pid_t child = ::fork();
    if (child == 0) {
      change_name("leaderless");
      pthread_t other{};
      ::pthread_create(&other, nullptr, tell_when_first_is_gone, &writer);
      ::syscall(SYS_exit, 0);
    }
    char byte = 0;
    checked(::read(ready.reader.get(), &byte, 1), "read");
  });
}

}  // namespace

TEST_CASE("causes of zombies are looked for as root") {
  if (::getuid() != 0) skip("--ps in namespaces: only root can enter them here");
}

TEST_SUITE_BEGIN("causes" * doctest::skip(::getuid() != 0));

TEST_CASE("its parent lives and does not wait: it is named, and its end frees it") {
  const Shared<Pids> pids;
  const Scene scene(with_parent(pids));
  const std::string line = told(scene.look(), pids->zombie);
  CHECK(line == zombie_of(*pids, "careless") + "does not wait." + freed_by_end_of(*pids));
}

TEST_CASE("a parent that handles CHLD may be reminded") {
  const Shared<Pids> pids;
  const Scene scene(with_parent(pids, [] { ::signal(SIGCHLD, [](int) {}); }));
  const std::string line = told(scene.look(), pids->zombie);
  CHECK(line == zombie_of(*pids, "careless") + "does not wait. It handles CHLD: kill -CHLD " + number(pids->parent) +
                    " may remind it." + freed_by_end_of(*pids));
}

TEST_CASE("where the parent is the main command, the container ends with it") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    pids->parent = start("main", [&] { pids->zombie = leave_zombie(); });
    start("later");
  });
  const std::string line = told(scene.look(), pids->zombie);
  CHECK(line == zombie_of(*pids, "main") + "does not wait." + freed_by_end_of(*pids) + " But " + number(pids->parent) +
                    " seems to be the main command: the container ends with it.");
}

TEST_CASE("a stopped parent is to go on") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    with_parent(pids)();
    stop(pids->parent);
  });
  CHECK(told(scene.look(), pids->zombie) ==
        zombie_of(*pids, "careless") + "is stopped: kill -CONT " + number(pids->parent) + ".");
}

TEST_CASE("a parent in D state hears no signal") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    const pid_t above = start("above", [&pids] {
      const pid_t parent = ::fork();
      if (parent == 0) {
        change_name("stuck");
        pids->zombie = leave_zombie();
        // The parent of a vfork waits in the kernel until its child ends.
        if (::vfork() == 0) {
          wait_for_ever();
        }
      }
      pids->parent = parent;
      wait_until_state(parent, 'D');
    });
    CHECK(above > 0);
  });
  CHECK(told(scene.look(), pids->zombie) == zombie_of(*pids, "stuck") + "is stuck in the kernel (D): no signal helps.");
}

TEST_CASE("a parent that became another program may know of no child") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    start("main");
    start("above", [&pids] {
      pids->parent = start_program({"/bin/sleep", "1000"}, [&pids] { pids->zombie = leave_zombie(); });
    });
  });
  const std::string line = told(scene.look(), pids->zombie);
  CHECK(line == "Zombie " + number(pids->zombie) + " (above): its parent " + number(pids->parent) +
                    " (sleep) does not wait: since an exec it may know of no child." + freed_by_end_of(*pids));
}

TEST_CASE("a zombie is held by its tracer until that ends") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    start("parent", [&pids] { pids->zombie = start("victim"); });
    pids->other = start("tracer", [&pids] {
      seize(pids->zombie);
      checked(::kill(pids->zombie, SIGKILL), "kill");
      wait_until_state(pids->zombie, 'Z');
    });
  });
  CHECK(told(scene.look(), pids->zombie) == "Zombie " + number(pids->zombie) + " (victim): its tracer " +
                                                number(pids->other) + " holds it until its own end.");
}

TEST_CASE("a parent that is held by a tracer cannot wait") {
  const Shared<Pids> pids;
  const Scene scene([&pids] {
    with_parent(pids)();
    start("tracer", [&pids] {
      seize(pids->parent);
      checked(::ptrace(PTRACE_INTERRUPT, pids->parent, nullptr, nullptr), "PTRACE_INTERRUPT");
      wait_until_state(pids->parent, 't');
    });
  });
  CHECK(told(scene.look(), pids->zombie) == zombie_of(*pids, "careless") + "is held by a tracer.");
}

TEST_CASE("a PID 1 that does not reap is no init") {
  const Shared<Pids> pids;
  const Scene scene(
      [&pids] {
        pids->zombie = leave_zombie();
        pids->parent = 1;
      },
      First::waits);
  CHECK(told(scene.look(), pids->zombie) ==
        zombie_of(*pids, "first") +
            "does not wait. It is PID 1 and no init: only the container's end helps (docker run --init).");
}

TEST_CASE("a parent outside the namespace has to wait there") {
  const Shared<Pids> pids;
  const Scene scene([] {});
  const pid_t outside = scene.start_from_outside([&pids] {
    change_name("victim");
    pids->zombie = ::getpid();
  });
  await_end(outside);
  CHECK(told(scene.look(), pids->zombie) == "Zombie " + number(pids->zombie) +
                                                " (victim): its parent is outside this PID namespace (exec session) "
                                                "and does not wait.");
  ::waitpid(outside, nullptr, 0);
}

TEST_CASE("a dead leader of a living process is no zombie") {
  const Scene scene([] { start_without_leader("above"); });
  const Answer answer = scene.look();
  CAPTURE(answer.out);
  CHECK(answer.out.find(", 0 zombie\n") != std::string::npos);
  CHECK(answer.out.find("leader-dead 2") != std::string::npos);
  CHECK(answer.out.find("defunct") == std::string::npos);
  CHECK(lines_with(answer.out, "Zombie").empty());
  CHECK(lines_with(answer.out, "kill -9").empty());
  CHECK(scene.look({.options = {"--ps", "--max-zombies=0"}}).status == 0);
}

TEST_CASE("one that was waited for at the second look is told so") {
  const Shared<Pids> pids;
  const Scene scene(with_parent(pids));
  Session session(scene, {.hold = {SYS_clock_nanosleep}});
  HeldCall pause;
  REQUIRE(session.hold(SYS_clock_nanosleep, pause));
  scene.inside([&pids] {
    checked(::kill(pids->parent, SIGKILL), "kill");
    wait_until_gone(pids->zombie);
  });
  session.let_go(pause);
  CHECK(told(session.finish(), pids->zombie) == "Zombie " + number(pids->zombie) + " (careless): reaped by now.");
}

TEST_SUITE_END();
