#include <array>
#include <charconv>
#include <cstdio>

#include "render_outputs.hpp"

namespace render {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(byte));
      result += code.data();
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
  }
  return result + '"';
}

// The shortest text that is read back as the same number.
std::string number(double value) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

std::string member(std::string_view name, const std::string& value) { return quoted(name) + ": " + value; }

// One member or element a line.
std::string lines(char open, const std::vector<std::string>& parts, char close, const std::string& indent) {
  std::string text{open};
  std::string_view separator = "\n";
  for (const std::string& part : parts) {
    text.append(separator).append(indent).append("  ").append(part);
    separator = ",\n";
  }
  return text + "\n" + indent + close;
}

std::string estimate_object(const Estimate& estimate) {
  std::string text = "{" + member("median", number(estimate.value));
  if (estimate.spread != Spread::unknown) {
    const std::string_view name = estimate.spread == Spread::interval ? "interval_95" : "range";
    text += ", " + member(name, "[" + number(estimate.low) + ", " + number(estimate.high) + "]");
  }
  return text + ", " + member("samples", std::to_string(estimate.samples)) + "}";
}

std::string cell_object(const Cell& cell) {
  return cell.estimate ? estimate_object(*cell.estimate)
                       : "{" + member("not_measured", quoted(cell.not_measured)) + "}";
}

std::string row_object(const Report& report, const Row& row) {
  std::vector<std::string> parts{member("title", quoted(row.title))};
  for (const Init init : report.columns) {
    const auto index = index_of(init);
    parts.push_back(member(inits[index].name, cell_object(report.cells.at(row.name)[index])));
  }
  return lines('{', parts, '}', "    ");
}

std::string figures_object(const Report& report) {
  std::vector<std::string> parts;
  for (const auto list : {rows(), growth_rows()}) {
    for (const Row& row : list) {
      if (report.cells.contains(row.name)) parts.push_back(member(row.name, row_object(report, row)));
    }
  }
  return lines('{', parts, '}', "  ");
}

std::string verdict_object(const Verdict& verdict) {
  constexpr std::array outcomes{"meets", "level", "misses", "not judged"};
  std::string text = "{" + member("figure", quoted(verdict.goal.row));
  text += ", " + member("init", quoted(inits[index_of(verdict.goal.init)].name));
  text += ", " + member("goal", quoted(verdict.wanted));
  text += ", " + member("outcome", quoted(outcomes[static_cast<std::size_t>(verdict.outcome)]));
  if (!verdict.reason.empty()) text += ", " + member("reason", quoted(verdict.reason));
  return text + "}";
}

std::string goals_array(const Report& report) {
  std::vector<std::string> parts;
  for (const Verdict& verdict : report.verdicts) parts.push_back(verdict_object(verdict));
  return lines('[', parts, ']', "  ");
}

std::string left_out_array(const Report& report) {
  std::vector<std::string> parts;
  for (const std::string_view figure : report.left_out) parts.push_back(quoted(figure));
  return lines('[', parts, ']', "  ");
}

std::string facts_object(const Report& report) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : report.facts) parts.push_back(member(key, quoted(value)));
  return lines('{', parts, '}', "  ");
}

}  // namespace

std::string json_of(const Report& report) {
  const std::vector<std::string> parts{member("facts", facts_object(report)),
                                       member("noise", report.noise ? number(*report.noise) : "null"),
                                       member("figures", figures_object(report)), member("goals", goals_array(report)),
                                       member("not_in_this_run", left_out_array(report))};
  return lines('{', parts, '}', "") + "\n";
}

}  // namespace render
