// The wording of what init reports.
#pragma once

#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

// Appends the one line about `topic`, which `event` led to in `state`.
void compose(Text& text, Topic topic, const Event& event, const State& state);

// Appends an errno in words ("permission denied"), or its number where it is not one that init meets.
Text& add_reason(Text& text, int error);

// Appends "cannot <what>'<path>': <the errno in words>".
Text& add_failure(Text& text, const char* what, const char* path, int error);

}  // namespace foster
