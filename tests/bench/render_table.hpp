// What is printed, in which order, and what foster is held to.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace render {

// The columns, the loop that most kernels of today run first.
enum class Init { foster_init, foster_kernel, tini, tini_static, dumb_init, catatonit, floor_init, floor_kernel, none };

struct InitNames {
  std::string_view name;  // as bench prints it
  std::string_view title;
};

inline constexpr std::array<InitNames, 9> inits{{{"foster-init", "foster (init reaps)"},
                                                 {"foster-kernel", "foster (kernel reaps)"},
                                                 {"tini", "tini"},
                                                 {"tini-static", "tini-static"},
                                                 {"dumb-init", "dumb-init"},
                                                 {"catatonit", "catatonit"},
                                                 {"floor-init", "floor (init reaps)"},
                                                 {"floor-kernel", "floor (kernel reaps)"},
                                                 {"none", "none"}}};

constexpr std::size_t index_of(Init init) { return static_cast<std::size_t>(init); }

// What a row shows of a figure: m is the median.
enum class Kind {
  median,       // m(init)
  over_none,    // m(init) - m(none)
  times_tini,   // (m(init) - m(none)) / (m(tini) - m(none))
  times_floor,  // (m(init) - m(none)) / (m(floor) - m(none))
};

struct Row {
  std::string_view name;
  std::string_view figure;  // as bench prints it
  Kind kind;
  int decimals;  // of a value that is not whole
  std::string_view title;
};

std::span<const Row> rows();         // each init's figures
std::span<const Row> growth_rows();  // how they grow

// Row and growth row of this name or, with is_figure, whether bench may print this figure.
const Row* find_row(std::string_view name);
bool is_figure(std::string_view figure);

enum class Bound { at_most, at_least, at_most_tini, below_row };

struct Goal {
  std::string_view row;
  Init init;
  Bound bound;
  double limit = 0;
  std::string_view other_row{};  // of below_row: one of the same init
};

std::span<const Goal> goals();

}  // namespace render
