#include "run.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <random>
#include <set>
#include <stdexcept>

#include "errors.hpp"
#include "measurement.hpp"

namespace {

// They wait until a sample has been taken: nothing of it is to be left behind.
sigset_t interruptions() {
  sigset_t set{};
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

void stop_if_interrupted() {
  const sigset_t set = interruptions();
  const timespec at_once{};
  if (::sigtimedwait(&set, nullptr, &at_once) > 0) throw std::runtime_error("interrupted");
}

class Run {
 public:
  explicit Run(const Request& request) : request_(request) {
    const auto seed = std::random_device{}();
    std::fprintf(stderr, "bench: seed %u\n", seed);
    const sigset_t set = interruptions();
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    random_.seed(seed);
  }

  void measure_all() {
    for (const auto& measurement : all_measurements()) {
      if (std::ranges::any_of(measurement.figures, [this](const Figure& figure) { return is_wanted(figure); })) {
        measure(measurement);
      }
    }
  }

 private:
  [[nodiscard]] bool is_wanted(const Figure& figure) const {
    return request_.figures.empty() || request_.figures.contains(figure.name);
  }

  void measure(const Measurement& measurement) {
    constexpr int per = 10;
    const int rounds = std::max(1, request_.rounds * measurement.per_ten_rounds / per);
    std::fprintf(stderr, "bench: %s, %d rounds\n", measurement.figures.front().name.c_str(), rounds);
    missing_.clear();
    auto subjects = request_.subjects;
    for (int round = 0; round < rounds; ++round) {
      std::ranges::shuffle(subjects, random_);
      for (const auto& subject : subjects) sample(measurement, subject);
    }
  }

  // A figure that was not to be had once is not to be had at all.
  [[nodiscard]] bool is_open(const Figure& figure, const Subject& subject) const {
    return is_wanted(figure) && !missing_.contains(figure.name + "\t" + subject.name);
  }

  void sample(const Measurement& measurement, const Subject& subject) {
    const auto& figures = measurement.figures;
    if (std::ranges::none_of(figures, [&](const Figure& figure) { return is_open(figure, subject); })) return;
    std::vector<Value> values;
    try {
      values = measurement.measure(subject);
    } catch (const NotMeasured& error) {
      values.assign(figures.size(), {0, error.what()});
    }
    stop_if_interrupted();
    for (std::size_t i = 0; i < figures.size(); ++i) print(figures[i], subject, values[i]);
  }

  void print(const Figure& figure, const Subject& subject, const Value& value) {
    if (!is_open(figure, subject)) return;
    if (value.missing.empty()) {
      std::printf("%s\t%s\t%s\t%.10g\n", figure.name.c_str(), subject.name.c_str(), figure.unit.c_str(), value.number);
    } else {
      std::printf("%s\t%s\t-\t%s\n", figure.name.c_str(), subject.name.c_str(), value.missing.c_str());
      missing_.insert(figure.name + "\t" + subject.name);
    }
    if (std::fflush(stdout) != 0) throw std::runtime_error("cannot write to stdout");
  }

  const Request& request_;
  std::mt19937 random_;
  std::set<std::string> missing_;
};

}  // namespace

void measure_all(const Request& request) { Run(request).measure_all(); }
