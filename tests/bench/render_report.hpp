// All that is printed, in whatever form: rows of cells, the goals' verdicts and the machine's noise.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "render_samples.hpp"
#include "render_statistics.hpp"
#include "render_table.hpp"

namespace render {

struct Cell {
  std::optional<Estimate> estimate;
  std::string not_measured;  // why there is none
};

using Cells = std::array<Cell, inits.size()>;

// level: more than tini's, but their intervals overlap, so that the two cannot be told apart.
enum class Outcome { meets, level, misses, not_judged };

struct Verdict {
  Goal goal;
  Outcome outcome;
  std::string wanted;  // "≤ 0.12"
  std::string reason;  // why it is not judged
};

using Facts = std::vector<std::pair<std::string, std::string>>;

struct Report {
  Facts facts;
  std::vector<Init> columns;                // of those that took part
  std::map<std::string_view, Cells> cells;  // by the row's name; only rows whose figure is there
  std::vector<std::string_view> left_out;   // the figures that are not
  std::vector<Verdict> verdicts;            // of the foster columns
  std::optional<double> noise;              // the relative spread of the start without an init
};

Report make_report(const Samples& samples, Facts facts);

// As it is printed, and as it is judged: whole numbers without decimals; not plain: "," between thousands.
std::string plain_text_of(double value, int decimals);
std::string text_of(double value, int decimals);

// "0.094", and with its spread "0.094 (0.090–0.101)", "12 [12–13]" or "0.094 (no interval)".
std::string text_of(const Estimate& estimate, int decimals);

// The verdict on a cell, if it has one.
const Verdict* find_verdict(const Report& report, std::string_view row, Init init);

}  // namespace render
