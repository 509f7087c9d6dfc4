// --max-zombies: a liveness probe.
#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <csignal>

#include "harness.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

struct Pids {
  pid_t parent;
  pid_t zombie;
};

Look probe(int most) { return {.options = {"--ps", "--max-zombies=" + std::to_string(most)}}; }

void check_silent(const Answer& answer) {
  CHECK(answer.status == 0);
  CHECK(answer.out.empty());
  CHECK(answer.errors.empty());
}

Work with_zombies(const Shared<Pids>& pids, int count) {
  return [&pids, count] {
    pids->parent = start("careless", [&pids, count] {
      for (int i = 0; i < count; ++i) pids->zombie = leave_zombie();
    });
  };
}

}  // namespace

TEST_SUITE_BEGIN("probe" * doctest::skip(::getuid() != 0));

TEST_CASE("more zombies than allowed are exit 1 and one line; as many are exit 0 and none") {
  const Shared<Pids> pids;
  const Scene scene(with_zombies(pids, 3));
  for (const int most : {0, 2}) {
    const Answer answer = scene.look(probe(most));
    CHECK(answer.status == 1);
    CHECK(answer.out == "zombies: 3, more than " + std::to_string(most) + "\n");
    CHECK(answer.errors.empty());
  }
  for (const int most : {3, 4, 2147483647}) check_silent(scene.look(probe(most)));
}

TEST_CASE("--max-zombies alone is the same as with --ps") {
  const Shared<Pids> pids;
  const Scene scene(with_zombies(pids, 1));
  CHECK(scene.look({.options = {"--max-zombies=0"}}).status == 1);
  check_silent(scene.look({.options = {"--max-zombies=1"}}));
}

TEST_CASE("where nothing is wrong it does not even wait") {
  const Scene scene([] {});
  Look look = probe(0);
  look.hold = {SYS_clock_nanosleep};
  Session session(scene, look);
  HeldCall pause;
  CHECK(!session.hold(SYS_clock_nanosleep, pause));
  check_silent(session.finish());
}

TEST_CASE("two looks 300 ms apart: what is waited for in between does not count") {
  const Shared<Pids> pids;
  const Scene scene(with_zombies(pids, 2));
  Look look = probe(0);
  look.hold = {SYS_clock_nanosleep};
  Session session(scene, look);
  HeldCall pause;
  REQUIRE(session.hold(SYS_clock_nanosleep, pause));
  timespec time{};
  session.read_memory(pause.arguments[2], &time, sizeof time);
  CHECK(time.tv_sec == 0);
  CHECK(time.tv_nsec == 300'000'000);
  scene.inside([&pids] {
    checked(::kill(pids->parent, SIGKILL), "kill");
    wait_until_gone(pids->zombie);
  });
  session.let_go(pause);
  check_silent(session.finish());
}

TEST_SUITE_END();
