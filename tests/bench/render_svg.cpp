#include <algorithm>
#include <array>

#include "render_outputs.hpp"

namespace render {
namespace {

struct Panel {
  std::string_view row;
  std::string_view title;
  std::string_view subtitle;
};

constexpr std::array<Panel, 5> panels{{
    {"start_times_tini", "Start time", "over none, tini = 1"},
    {"charged_over_none", "Memory", "charged to the cgroup, over none, KiB"},
    {"zombies_peak", "Zombies at most", "10,000 orphans, init at nice 19"},
    {"calls_orphan_storm", "System calls per orphan", "in a storm of orphans"},
    {"bytes", "Bytes in the image", "with libc and loader where needed"},
}};

// All in pixels.
constexpr int margin = 20, head_height = 58, columns = 2, panel_width = 430, panel_head = 50, bar_step = 22;
constexpr int bar_height = 13, name_width = 138, bar_width = 190, value_gap = 6, panel_gap = 22;

constexpr std::string_view style = R"(<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.page { fill: #ffffff }
.title { font-size: 17px; font-weight: 600 }
.panel { font-size: 14px; font-weight: 600 }
.quiet { fill: #59636e }
.name { text-anchor: end }
.foster { fill: #0969da }
.peer { fill: #8c959f }
.floor { fill: #c8ced4 }
.axis { stroke: #d1d9e0 }
.spread { stroke: #1f2328 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.page { fill: #0d1117 }
.quiet { fill: #9198a1 }
.foster { fill: #4493f8 }
.peer { fill: #7d8590 }
.floor { fill: #3d444d }
.axis { stroke: #3d444d }
.spread { stroke: #f0f6fc }
}
</style>
)";

std::string attribute(std::string_view name, double value) {
  return " " + std::string{name} + "=\"" + plain_text_of(value, 1) + "\"";
}

std::string text_at(double x, double y, std::string_view style_class, std::string_view text) {
  return "<text" + attribute("x", x) + attribute("y", y) + " class=\"" + std::string{style_class} + "\">" +
         std::string{text} + "</text>\n";
}

std::string line(std::string_view style_class, double x1, double y1, double x2, double y2) {
  return "<line class=\"" + std::string{style_class} + "\"" + attribute("x1", x1) + attribute("y1", y1) +
         attribute("x2", x2) + attribute("y2", y2) + "/>\n";
}

std::string rect(std::string_view style_class, double x, double y, double width, double height) {
  return "<rect class=\"" + std::string{style_class} + "\"" + attribute("x", x) + attribute("y", y) +
         attribute("width", width) + attribute("height", height) + "/>\n";
}

std::string_view class_of(Init init) {
  if (init == Init::foster_init || init == Init::foster_kernel) return "foster";
  return init == Init::floor_init || init == Init::floor_kernel ? "floor" : "peer";
}

// Without an init there is nothing to compare: most of its figures are nothing by definition.
std::vector<Init> bars_of(const Report& report) {
  std::vector<Init> bars = report.columns;
  std::erase(bars, Init::none);
  return bars;
}

double largest(const Report& report, const Cells& cells) {
  double most = 0;
  for (const Init init : bars_of(report)) {
    const auto& estimate = cells[index_of(init)].estimate;
    if (estimate) most = std::max({most, estimate->value, estimate->high});
  }
  return most;
}

// A median as a bar, its spread as a thin line, its number behind both.
std::string bar(const Estimate& estimate, Init init, double scale, double x, double y, int decimals) {
  const double width = std::max(0.0, estimate.value * scale);
  const double low = std::max(0.0, estimate.low * scale);
  const double high = std::max(low, estimate.high * scale);
  std::string text = rect(class_of(init), x, y, width, bar_height);
  const double middle = y + bar_height / 2.0;
  if (high > low) text += line("spread", x + low, middle, x + high, middle);
  return text + text_at(x + std::max(width, high) + value_gap, y + 11, "value", text_of(estimate.value, decimals));
}

std::string panel_rows(const Report& report, const Row& row, double x, double y) {
  const Cells& cells = report.cells.at(row.name);
  const double most = largest(report, cells);
  const double scale = most > 0 ? bar_width / most : 0;
  std::string text;
  for (const Init init : bars_of(report)) {
    const Cell& cell = cells[index_of(init)];
    text += text_at(x + name_width - value_gap, y + 11, "name", inits[index_of(init)].title);
    text += cell.estimate ? bar(*cell.estimate, init, scale, x + name_width, y, row.decimals)
                          : text_at(x + name_width + value_gap, y + 11, "quiet", "not measured");
    y += bar_step;
  }
  return text;
}

std::string draw_panel(const Report& report, const Panel& panel, double x, double y) {
  std::string text = text_at(x, y + 16, "panel", panel.title) + text_at(x, y + 34, "quiet", panel.subtitle);
  if (!report.cells.contains(panel.row)) return text + text_at(x, y + panel_head + 11, "quiet", "not in this run");
  const double foot = y + panel_head + bar_step * static_cast<double>(bars_of(report).size());
  text += line("axis", x + name_width, y + panel_head - 4, x + name_width, foot - bar_step + bar_height + 4);
  return text + panel_rows(report, *find_row(panel.row), x, y + panel_head);
}

// What the bars are, in the place behind the last panel.
std::string draw_legend(double x, double y) {
  constexpr std::array<std::array<std::string_view, 2>, 3> kinds{{
      {"foster", "foster, with each of its two loops"},
      {"peer", "other inits, as the distribution packages them"},
      {"floor", "floor: can start a command and reap, nothing else"},
  }};
  std::string text = text_at(x, y + 16, "panel", "Legend");
  y += panel_head;
  for (const auto& [style_class, meaning] : kinds) {
    text += rect(style_class, x, y, bar_height, bar_height) + text_at(x + 2 * bar_height, y + 11, "quiet", meaning);
    y += bar_step;
  }
  const double middle = y + bar_height / 2.0;
  return text + line("spread", x, middle, x + bar_height, middle) +
         text_at(x + 2 * bar_height, y + 11, "quiet", "95 % interval of the median, or all samples of a few");
}

// The same in words, for who does not see it.
std::string description(const Report& report) {
  std::string text = "Bar charts, medians.";
  for (const Panel& panel : panels) {
    const auto cells = report.cells.find(panel.row);
    if (cells == report.cells.end()) continue;
    text += " " + std::string{panel.title} + " (" + std::string{panel.subtitle} + "):";
    std::string_view separator = " ";
    for (const Init init : bars_of(report)) {
      const Cell& cell = cells->second[index_of(init)];
      text.append(separator).append(inits[index_of(init)].title).append(" ");
      text += cell.estimate ? text_of(cell.estimate->value, find_row(panel.row)->decimals) : "not measured";
      separator = ", ";
    }
    text += ".";
  }
  return text;
}

}  // namespace

std::string svg_of(const Report& report) {
  const int panel_height = panel_head + bar_step * static_cast<int>(bars_of(report).size()) + panel_gap;
  const int panel_lines = static_cast<int>(panels.size()) / columns + 1;  // with the legend
  const std::string width = std::to_string(2 * margin + columns * panel_width);
  const std::string height = std::to_string(head_height + panel_lines * panel_height);
  std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + width + "\" height=\"" +
                     height + "\" viewBox=\"0 0 " + width + " " + height +
                     "\">\n<title>foster beside other inits</title>\n<desc>" + description(report) + "</desc>\n" +
                     std::string{style} + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n";
  text += text_at(margin, margin + 14, "title", "foster beside other inits: shorter is better");
  for (std::size_t i = 0; i <= panels.size(); ++i) {
    const int x = margin + static_cast<int>(i % columns) * panel_width;
    const int y = head_height + static_cast<int>(i / columns) * panel_height;
    text += i < panels.size() ? draw_panel(report, panels[i], x, y) : draw_legend(x, y);
  }
  return text + "</svg>\n";
}

}  // namespace render
