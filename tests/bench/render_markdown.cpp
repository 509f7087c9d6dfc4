#include <algorithm>
#include <array>
#include <limits>

#include "render_outputs.hpp"

namespace render {
namespace {

constexpr std::string_view legend =
    "Each figure is a median, with the 95 % interval of the median in parentheses: of what was measured, from its "
    "order "
    "statistics (free of any distribution); of what is \"over none\" or \"×\", from a bootstrap of whole rounds, 2,000 "
    "resamples, and \"no interval\" where they are too few or too noisy for one. In brackets stand the smallest and "
    "the "
    "largest where there are fewer than six samples. A figure that never varied stands alone. \"Over none\" is what "
    "remains after the command itself as PID 1 is taken away. Goals are held against the figure as it is printed; "
    "\"level\" is more than tini's where the two intervals overlap.";

// A cell ends at a vertical bar.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

std::string title_of(Init init) { return std::string{inits[index_of(init)].title}; }

std::string verdict_text(const Verdict* verdict) {
  if (verdict == nullptr || verdict->outcome == Outcome::not_judged) return "";
  constexpr std::array outcomes{", meets ", ", level: ", ", **misses** "};
  return outcomes[static_cast<std::size_t>(verdict->outcome)] + verdict->wanted;
}

std::string cell_text(const Report& report, const Row& row, Init init) {
  const Cell& cell = report.cells.at(row.name)[index_of(init)];
  if (!cell.estimate) return "not measured: " + escaped(cell.not_measured);
  return text_of(*cell.estimate, row.decimals) + verdict_text(find_verdict(report, row.name, init));
}

// "200", or "180–200" where not all have as many.
std::string sample_counts(const Report& report, const Row& row) {
  std::size_t least = std::numeric_limits<std::size_t>::max();
  std::size_t most = 0;
  for (const Cell& cell : report.cells.at(row.name)) {
    if (!cell.estimate) continue;
    least = std::min(least, cell.estimate->samples);
    most = std::max(most, cell.estimate->samples);
  }
  if (least > most) return "0";
  return least == most ? std::to_string(most) : std::to_string(least) + "–" + std::to_string(most);
}

std::string head(const Report& report, std::string_view what) {
  std::string names = "| " + std::string{what} + " |";
  std::string line = "| --- |";
  for (const Init init : report.columns) {
    names += " " + title_of(init) + " |";
    line += " ---: |";
  }
  return names + " samples |\n" + line + " ---: |\n";
}

std::string table(const Report& report, std::span<const Row> list, std::string_view what) {
  std::string body;
  for (const Row& row : list) {
    if (!report.cells.contains(row.name)) continue;
    body += "| " + std::string{row.title} + " |";
    for (const Init init : report.columns) body += " " + cell_text(report, row, init) + " |";
    body += " " + sample_counts(report, row) + " |\n";
  }
  return body.empty() ? "" : head(report, what) + body + "\n";
}

std::string facts(const Report& report) {
  std::string text;
  for (const auto& [key, value] : report.facts) text += "- " + key + ": " + value + "\n";
  text += "- noise: ";
  if (!report.noise) return text + "not measured: the start without an init is not in this run\n\n";
  return text + "the start without an init varies by " + text_of(100 * *report.noise, 1) +
         " % (interquartile range over median)\n\n";
}

// "(in this run: tini 183, floor (init reaps) 68)"
std::string references(const Cells& cells, const Row& row) {
  std::string text;
  for (const Init init : {Init::tini, Init::floor_init}) {
    const auto& estimate = cells[index_of(init)].estimate;
    if (!estimate) continue;
    text += (text.empty() ? "" : ", ") + title_of(init) + " " + text_of(*estimate, row.decimals);
  }
  return text.empty() ? "" : "; in this run: " + text;
}

std::string goal_line(const Report& report, const Verdict& verdict) {
  const Row& row = *find_row(verdict.goal.row);
  const std::string text = "- " + std::string{row.title} + ", " + title_of(verdict.goal.init) + ": ";
  if (verdict.outcome == Outcome::not_judged) return text + "not measured: " + verdict.reason + "\n";
  const Cells& cells = report.cells.at(row.name);
  const Estimate& estimate = *cells[index_of(verdict.goal.init)].estimate;
  return text + text_of(estimate, row.decimals) + ", goal " + verdict.wanted + references(cells, row) + "\n";
}

bool is_in_run(const Report& report, const Goal& goal) {
  return report.cells.contains(goal.row) && std::ranges::find(report.columns, goal.init) != report.columns.end();
}

// The goals that came out so, one a line; those of what is not in this run are said together.
std::string goals_that(const Report& report, Outcome outcome, const std::string& title) {
  std::string lines;
  std::size_t count = 0;
  std::size_t absent = 0;
  for (const Verdict& verdict : report.verdicts) {
    if (verdict.outcome != outcome) continue;
    ++count;
    if (is_in_run(report, verdict.goal)) {
      lines += goal_line(report, verdict);
    } else {
      ++absent;
    }
  }
  if (absent > 0) lines += "- " + std::to_string(absent) + " of figures or loops that are not in this run\n";
  const std::string counts = std::to_string(count) + " of " + std::to_string(report.verdicts.size());
  return title + ": " + counts + (lines.empty() ? ".\n\n" : ":\n\n" + lines + "\n");
}

std::string left_out(const Report& report) {
  if (report.left_out.empty()) return "";
  std::string text = "Figures that are not in this run:";
  for (const std::string_view figure : report.left_out) text += " " + std::string{figure};
  return text + ".\n\n";
}

}  // namespace

std::string markdown_of(const Report& report) {
  std::string text = facts(report) + std::string{legend} + "\n\n";
  text += table(report, rows(), "figure") + table(report, growth_rows(), "how cost grows") + left_out(report);
  text += goals_that(report, Outcome::misses, "Goals that foster misses");
  text += goals_that(report, Outcome::not_judged, "Goals that were not judged");
  text.pop_back();  // one newline at the end
  return text;
}

}  // namespace render
