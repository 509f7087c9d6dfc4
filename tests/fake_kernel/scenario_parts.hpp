// What scenarios are made of, in few words; and the parts of the list of all of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario.hpp"

namespace fake {

using What = Happening::What;

inline constexpr int first_realtime = 34;

inline Happening orphans(int count) { return {.what = What::orphans, .number = count}; }
inline Happening signal(int number) { return {.what = What::signal, .number = number}; }
inline Happening queued(int number, int value) { return {.what = What::queued, .number = number, .value = value}; }
inline Happening burst(std::vector<int> signals) { return {.what = What::burst, .signals = std::move(signals)}; }
inline Happening exits(int code) { return {.what = What::main_exits, .number = code}; }
inline Happening killed(int number) { return {.what = What::main_killed, .number = number}; }
inline Happening other_exits(int which) { return {.what = What::other_exits, .number = which}; }
inline Happening limit() { return {.what = What::limit}; }
inline Happening typed(int number) { return {.what = What::typed, .number = number}; }

// Those of the container's end (scenarios_end.cpp), and of terminals, sessions and pods (scenarios_session.cpp).
void add_waits(std::vector<Scenario>& all);
void add_explained_ends(std::vector<Scenario>& all);
void add_sessions(std::vector<Scenario>& all);
void add_pauses(std::vector<Scenario>& all);

}  // namespace fake
