// The promises of the design that a policy can hold, checked against what the world saw.
#pragma once

#include "model.hpp"

namespace policy_test {

// Before the action is performed; `node` is without it.
void check_action(const Node& node, const Pending& next, const Broken& broken);

// When all that followed from an arrival is done.
void check_rest(const Node& node, const Broken& broken);

}  // namespace policy_test
