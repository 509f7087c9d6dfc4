// The report in its three forms.
#pragma once

#include <string>

#include "render_report.hpp"

namespace render {

std::string markdown_of(const Report& report);
std::string json_of(const Report& report);
std::string svg_of(const Report& report);

}  // namespace render
