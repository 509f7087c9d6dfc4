// What bench printed: the samples of each figure, or the reason why there are none.
#pragma once

#include <array>
#include <iosfwd>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "render_table.hpp"

namespace render {

struct Series {
  std::vector<double> values;
  std::string not_measured;  // the reason; whatever else was printed does not count then
};

struct Figure {
  std::string unit;
  std::array<Series, inits.size()> series;
};

using Samples = std::map<std::string, Figure, std::less<>>;

struct BadInput : std::runtime_error {
  using runtime_error::runtime_error;
};

// Throws BadInput, with the number of the line and what is wrong with it.
Samples read_samples(std::istream& input);

}  // namespace render
