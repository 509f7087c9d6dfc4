// What really happened, written down as it happens: no part of it comes from the policy's own state.
#pragma once

#include "model.hpp"

namespace policy_test {

bool goes_to_group(Route route);

// A send of `action` came to `error`.
void write_down_send(Node& node, const Action& action, int error);

// What a signal changes in the main command as soon as it is sent, whatever comes of it.
void write_down_stop(Node& node, const Action& action, const Event& cause);

// True for what is done at once, and comes to nothing else.
bool is_done_at_once(Node& node, const Pending& next);

// What an action other than a send came to, as an event.
void write_down_outcome(Node& node, const Action& action, int error, Event& result);

}  // namespace policy_test
