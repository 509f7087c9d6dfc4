// --ps among many processes, beside procps.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "harness.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

using Clock = std::chrono::steady_clock;
using Times = std::vector<Clock::duration>;

constexpr int processes = 5000;
constexpr int runs = 7;

void fork_many(int count) {
  for (int i = 0; i < count; ++i) {
    const pid_t child = ::fork();
    if (child == 0) wait_for_ever();
    checked(child, "fork");
  }
}

Answer timed(const Scene& scene, const Look& look, Times& times) {
  const auto begin = Clock::now();
  Answer answer = scene.look(look);
  times.push_back(Clock::now() - begin);
  return answer;
}

long median_us(Times times) {
  std::sort(times.begin(), times.end());
  return std::chrono::duration_cast<std::chrono::microseconds>(times[times.size() / 2]).count();
}

}  // namespace

TEST_SUITE_BEGIN("speed" * doctest::skip(::getuid() != 0));

TEST_CASE("5,000 processes are no slower than with ps -ef") {
  if (init_is_sanitized()) return skip("--ps beside ps: the sanitized program is slow");
  const std::string ps = "/usr/bin/ps";
  if (::access(ps.c_str(), X_OK) != 0) return skip("--ps beside ps: /usr/bin/ps is not there (procps)");
  const Scene scene([] { fork_many(processes); });
  Times own, others;
  for (int run = 0; run < runs; ++run) {
    const Answer answer = timed(scene, {}, own);
    CHECK(answer.status == 0);
    CHECK(lines_with(answer.out, "Tasks: " + std::to_string(processes + 2) + " total").size() == 1);
    CHECK(timed(scene, {.words = {ps, "-ef"}}, others).status == 0);
  }
  MESSAGE("foster --ps ", median_us(own), " us, ps -ef ", median_us(others), " us (medians of ", runs, ")");
  CHECK(median_us(own) <= median_us(others));
}

TEST_SUITE_END();
