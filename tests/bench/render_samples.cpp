#include "render_samples.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <istream>
#include <optional>

namespace render {
namespace {

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns{""};
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  return columns;
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0) return {};
  return value;
}

std::size_t find_init(const std::string& name) {
  const auto found = std::ranges::find(inits, std::string_view{name}, &InitNames::name);
  if (found == inits.end()) throw BadInput("no init is called '" + name + "'");
  return static_cast<std::size_t>(found - inits.begin());
}

void add_value(Figure& figure, Series& series, const std::string& unit, const std::string& text) {
  const auto value = number_of(text);
  if (!value) throw BadInput("'" + text + "' is not a number from 0");
  if (unit.empty()) throw BadInput("the unit is empty");
  if (figure.unit.empty()) figure.unit = unit;
  if (figure.unit != unit) throw BadInput("the unit is '" + unit + "', but was '" + figure.unit + "' before");
  series.values.push_back(*value);
}

void add_line(Samples& samples, const std::string& line) {
  const auto columns = columns_of(line);
  if (columns.size() != 4) {
    throw BadInput(std::to_string(columns.size()) + " columns; expected: FIGURE, NAME, UNIT, VALUE, with tabs between");
  }
  if (!is_figure(columns[0])) throw BadInput("no figure is called '" + columns[0] + "'");
  Figure& figure = samples[columns[0]];
  Series& series = figure.series[find_init(columns[1])];
  if (columns[2] != "-") return add_value(figure, series, columns[2], columns[3]);
  if (columns[3].empty()) throw BadInput("a figure that was not measured needs a reason");
  series.not_measured = columns[3];
}

}  // namespace

Samples read_samples(std::istream& input) {
  Samples samples;
  std::string line;
  for (int number = 1; std::getline(input, line); ++number) {
    try {
      add_line(samples, line);
    } catch (const BadInput& error) {
      throw BadInput("line " + std::to_string(number) + ": " + error.what());
    }
  }
  if (samples.empty()) throw BadInput("line 1: there is none; a figure at least is expected on stdin");
  return samples;
}

}  // namespace render
