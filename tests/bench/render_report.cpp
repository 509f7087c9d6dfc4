#include "render_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace render {
namespace {

const Values& values_of(const Figure& figure, Init init) { return figure.series[index_of(init)].values; }

// Why a series cannot be used; empty if it can.
std::string reason_against(const Figure& figure, Init init) {
  const Series& series = figure.series[index_of(init)];
  if (!series.not_measured.empty()) return series.not_measured;
  return series.values.empty() ? "no sample" : "";
}

std::vector<Init> needed(const Row& row, Init init) {
  switch (row.kind) {
    case Kind::over_none:
      return {init, Init::none};
    case Kind::times_tini:
      return {init, Init::none, Init::tini};
    case Kind::times_floor:
      return {init, Init::none, Init::floor_init};
    case Kind::median:
      break;
  }
  return {init};
}

// In the order of needed(). A reference that costs nothing over none has no multiple.
double combine(std::span<const double> medians) {
  if (medians.size() == 2) return medians[0] - medians[1];
  const double reference = medians[2] - medians[1];
  return reference > 0 ? (medians[0] - medians[1]) / reference : std::numeric_limits<double>::quiet_NaN();
}

Cell make_cell(const Row& row, const Figure& figure, Init init) {
  const auto sources = needed(row, init);
  std::vector<const Values*> series;
  for (const Init source : sources) {
    const std::string reason = reason_against(figure, source);
    if (!reason.empty()) {
      const auto title = std::string{inits[index_of(source)].title};
      return {.estimate = {}, .not_measured = source == init ? reason : title + ": " + reason};
    }
    series.push_back(&values_of(figure, source));
  }
  if (series.size() == 1) return {.estimate = estimate_median(*series[0]), .not_measured = {}};
  const Estimate estimate = estimate_formula(series, combine);
  if (!std::isnan(estimate.value)) return {.estimate = estimate, .not_measured = {}};
  return {.estimate = {}, .not_measured = std::string{inits[index_of(sources[2])].title} + " is no slower than none"};
}

void add_rows(Report& report, std::span<const Row> list, const Samples& samples) {
  for (const Row& row : list) {
    const auto figure = samples.find(row.figure);
    if (figure == samples.end()) {
      if (std::ranges::find(report.left_out, row.figure) == report.left_out.end())
        report.left_out.push_back(row.figure);
      continue;
    }
    Cells& cells = report.cells[row.name];
    for (const Init init : report.columns) cells[index_of(init)] = make_cell(row, figure->second, init);
  }
}

bool takes_part(const Samples& samples, Init init) {
  return std::ranges::any_of(samples, [init](const auto& entry) {
    const Series& series = entry.second.series[index_of(init)];
    return !series.values.empty() || !series.not_measured.empty();
  });
}

std::vector<Init> columns_of(const Samples& samples) {
  std::vector<Init> columns;
  for (std::size_t i = 0; i < inits.size(); ++i) {
    if (takes_part(samples, static_cast<Init>(i))) columns.push_back(static_cast<Init>(i));
  }
  return columns;
}

Cell find_cell(const Report& report, std::string_view row, Init init) {
  const auto found = report.cells.find(row);
  if (found == report.cells.end()) return {.estimate = {}, .not_measured = "not in this run"};
  Cell cell = found->second[index_of(init)];
  if (!cell.estimate && cell.not_measured.empty()) cell.not_measured = "not in this run";
  return cell;
}

// What the goal is compared with: the limit itself, or a cell.
Cell limit_of(const Report& report, const Goal& goal) {
  if (goal.bound == Bound::at_most_tini) return find_cell(report, goal.row, Init::tini);
  if (goal.bound == Bound::below_row) return find_cell(report, goal.other_row, goal.init);
  return {.estimate = Estimate{.value = goal.limit}, .not_measured = {}};
}

std::string wording(const Goal& goal, const std::string& limit) {
  switch (goal.bound) {
    case Bound::at_least:
      return "≥ " + limit;
    case Bound::at_most_tini:
      return "≤ tini's " + limit;
    case Bound::below_row:
      return "< " + limit + " of one alone";
    case Bound::at_most:
      break;
  }
  return "≤ " + limit;
}

double rounded(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  return std::round(value * scale) / scale;
}

bool holds(Bound bound, double value, double limit) {
  if (bound == Bound::at_least) return value >= limit;
  return bound == Bound::below_row ? value < limit : value <= limit;
}

bool overlap(const Estimate& a, const Estimate& b) {
  return a.spread != Spread::unknown && b.spread != Spread::unknown && a.low <= b.high && b.low <= a.high;
}

Outcome outcome_of(const Goal& goal, const Estimate& estimate, const Estimate& limit) {
  const int decimals = find_row(goal.row)->decimals;
  const double value = rounded(estimate.value, decimals);
  if (holds(goal.bound, value, rounded(limit.value, decimals))) return Outcome::meets;
  return goal.bound == Bound::at_most_tini && overlap(estimate, limit) ? Outcome::level : Outcome::misses;
}

Verdict judge(const Report& report, const Goal& goal) {
  const Cell cell = find_cell(report, goal.row, goal.init);
  const Cell limit = limit_of(report, goal);
  const int decimals = find_row(goal.row)->decimals;
  Verdict verdict{.goal = goal, .outcome = Outcome::not_judged, .wanted = {}, .reason = {}};
  verdict.wanted = wording(goal, limit.estimate ? text_of(limit.estimate->value, decimals) : "(not measured)");
  if (!cell.estimate || !limit.estimate) {
    verdict.reason =
        cell.estimate ? "what it is compared with was not measured: " + limit.not_measured : cell.not_measured;
    return verdict;
  }
  verdict.outcome = outcome_of(goal, *cell.estimate, *limit.estimate);
  return verdict;
}

std::optional<double> noise_of(const Samples& samples) {
  const auto figure = samples.find("start_us");
  if (figure == samples.end() || !reason_against(figure->second, Init::none).empty()) return {};
  const double noise = relative_spread(values_of(figure->second, Init::none));
  if (!std::isfinite(noise)) return {};
  return noise;
}

}  // namespace

Report make_report(const Samples& samples, Facts facts) {
  Report report;
  report.facts = std::move(facts);
  report.columns = columns_of(samples);
  add_rows(report, rows(), samples);
  add_rows(report, growth_rows(), samples);
  for (const Goal& goal : goals()) report.verdicts.push_back(judge(report, goal));
  report.noise = noise_of(samples);
  return report;
}

std::string plain_text_of(double value, int decimals) {
  std::array<char, 64> buffer{};
  const bool whole = value == std::trunc(value);
  std::snprintf(buffer.data(), buffer.size(), "%.*f", whole ? 0 : decimals, value);
  return buffer.data();
}

std::string text_of(double value, int decimals) {
  std::string text = plain_text_of(value, decimals);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t end = std::min(text.find('.'), text.size()); end > first + 3; end -= 3) text.insert(end - 3, 1, ',');
  return text;
}

std::string text_of(const Estimate& estimate, int decimals) {
  const std::string value = text_of(estimate.value, decimals);
  const std::string low = text_of(estimate.low, decimals);
  const std::string high = text_of(estimate.high, decimals);
  if (estimate.spread == Spread::unknown) return value + " (no interval)";
  if (low == high) return value;
  return value + (estimate.spread == Spread::interval ? " (" + low + "–" + high + ")" : " [" + low + "–" + high + "]");
}

const Verdict* find_verdict(const Report& report, std::string_view row, Init init) {
  const auto found = std::ranges::find_if(report.verdicts, [row, init](const Verdict& verdict) {
    return verdict.goal.row == row && verdict.goal.init == init;
  });
  return found == report.verdicts.end() ? nullptr : &*found;
}

}  // namespace render
