// Medians, and how sure they are.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace render {

enum class Spread {
  unknown,
  interval,  // a 95 % interval
  range,     // the smallest and the largest: the samples are too few for an interval
};

struct Estimate {
  double value = 0;
  Spread spread = Spread::unknown;
  double low = 0;
  double high = 0;
  std::size_t samples = 0;
};

using Values = std::vector<double>;

// Its interval is distribution-free: two order statistics that have the true median between them in 95 % of all cases.
Estimate estimate_median(Values values);

// Of a number that is made from the medians of several series, the nth sample of each from round n. Its interval comes
// from a bootstrap: the rounds are drawn again and again from themselves. NaN stands for "no such number".
using Formula = std::function<double(std::span<const double> medians)>;
Estimate estimate_formula(std::span<const Values* const> series, const Formula& formula);

// The interquartile range over the median.
double relative_spread(Values values);

}  // namespace render
