// The decisions are tested in tests/policy; here is only what no kernel brings about.
#include "policy/policy.hpp"

#include <doctest/doctest.h>

using namespace foster;

TEST_CASE("an event of a kind that does not exist leads to no action") {
  State state{.self = 1, .main = 7};
  Actions actions;
  step(actions, state, {.kind = static_cast<Event::Kind>(200)});
  CHECK(actions.begin() == actions.end());
}
