#include "render_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

namespace render {
namespace {

constexpr double tail = 0.025;  // what a 95 % interval leaves out at each end
constexpr int resamples = 2000;

double median_of(Values& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

// Which sample from each end bounds the interval; 0 if they are too few for one.
// As many of n lie below the true median as n coins show heads.
std::size_t bound_rank(std::size_t count) {
  const auto n = static_cast<double>(count);
  double below = 0;
  std::size_t rank = 0;
  for (; rank < count; ++rank) {
    const auto k = static_cast<double>(rank);
    below += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
    if (below > tail) break;
  }
  return rank;
}

double quantile(const Values& sorted, double part) {
  const double place = part * static_cast<double>(sorted.size() - 1);
  const auto index = static_cast<std::size_t>(place);
  const double above = sorted[std::min(index + 1, sorted.size() - 1)];
  return sorted[index] + (place - static_cast<double>(index)) * (above - sorted[index]);
}

Values medians_of(std::span<const Values* const> series) {
  Values medians;
  for (const Values* const values : series) {
    Values copy = *values;
    medians.push_back(median_of(copy));
  }
  return medians;
}

// The medians of one resample. The same numbers draw from all series, and so whole rounds: what disturbed one init in a
// round disturbed the others as well.
Values resampled_medians(std::span<const Values* const> series, std::mt19937_64& random) {
  const auto most = std::ranges::max(series, {}, &Values::size)->size();
  std::vector<std::uint64_t> numbers(most);
  std::ranges::generate(numbers, std::ref(random));
  Values medians;
  for (const Values* const values : series) {
    Values drawn;
    for (std::size_t i = 0; i < values->size(); ++i) drawn.push_back((*values)[numbers[i] % values->size()]);
    medians.push_back(median_of(drawn));
  }
  return medians;
}

}  // namespace

Estimate estimate_median(Values values) {
  std::ranges::sort(values);
  const std::size_t rank = bound_rank(values.size());
  const std::size_t bound = std::max<std::size_t>(rank, 1);
  return {.value = quantile(values, 0.5),
          .spread = rank > 0 ? Spread::interval : Spread::range,
          .low = values[bound - 1],
          .high = values[values.size() - bound],
          .samples = values.size()};
}

Estimate estimate_formula(std::span<const Values* const> series, const Formula& formula) {
  const auto smallest = std::ranges::min(series, {}, &Values::size)->size();
  Estimate estimate{.value = formula(medians_of(series)), .samples = smallest};
  if (bound_rank(smallest) == 0) return estimate;

  std::mt19937_64 random{1};  // the same samples give the same interval
  Values results(resamples);
  std::ranges::generate(results, [&] { return formula(resampled_medians(series, random)); });
  if (std::ranges::any_of(results, [](double result) { return std::isnan(result); })) return estimate;
  std::ranges::sort(results);
  estimate.spread = Spread::interval;
  estimate.low = quantile(results, tail);
  estimate.high = quantile(results, 1 - tail);
  return estimate;
}

double relative_spread(Values values) {
  std::ranges::sort(values);
  return (quantile(values, 0.75) - quantile(values, 0.25)) / quantile(values, 0.5);
}

}  // namespace render
