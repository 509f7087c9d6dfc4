// Every state that the policy and the world around it can come to, and every event in each of them, breadth first: each
// transition keeps the promises of the design. What is told apart, and what is not, is said in model.hpp.
// The longest of these tests, and by its name the last one: a table of cases is the quicker to fail.
#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "model.hpp"

namespace {

using namespace policy_test;

class Exploration {
 public:
  // Up to the first broken promise: what comes after it shows nothing.
  void explore(const Settings& settings) {
    seen_.clear();  // no state of other settings comes again
    at_ = no_parent;
    arrive("start", start(settings, broken_));
    while (!waiting_.empty() && found_.empty()) {
      const auto [place, node] = std::move(waiting_.front());
      waiting_.pop_front();
      at_ = place;
      expand(node);
    }
  }

  [[nodiscard]] std::size_t states() const { return ways_.size(); }
  [[nodiscard]] std::size_t transitions() const { return transitions_; }
  // For each promise that was broken, the shortest sequence of events that breaks it.
  [[nodiscard]] const std::map<std::string, std::string>& broken() const { return found_; }

 private:
  static constexpr std::size_t no_parent = ~std::size_t{0};
  struct Way {
    std::size_t parent;
    std::string label;
  };
  struct Waiting {
    std::size_t place;
    Node node;
  };

  void expand(const Node& node) {
    for_each_next(
        node,
        [&](const std::string& label, Node next) {
          ++transitions_;
          arrive(label, std::move(next));
        },
        broken_);
  }

  // A broken promise is noticed before the label of the transition is known.
  void arrive(const std::string& label, Node node) {
    for (const std::string& words : std::exchange(noticed_, {})) found_.try_emplace(words, way_here(label));
    if (!seen_.insert(node.key()).second) return;
    waiting_.push_back({ways_.size(), std::move(node)});
    ways_.push_back({at_, label});
  }

  [[nodiscard]] std::string way_here(std::string way) const {
    for (std::size_t place = at_; place != no_parent; place = ways_[place].parent) {
      way.insert(0, ways_[place].label + " -> ");
    }
    return way;
  }

  std::unordered_set<std::string> seen_;
  std::vector<Way> ways_;
  std::deque<Waiting> waiting_;
  std::size_t at_ = no_parent;
  std::size_t transitions_ = 0;
  std::vector<std::string> noticed_;
  std::map<std::string, std::string> found_;
  Broken broken_ = [this](std::string_view words) { noticed_.emplace_back(words); };
};

}  // namespace

TEST_CASE("every state and every event keeps the promises") {
  Exploration exploration;
  for (const Target target : {Target::child, Target::group}) {
    for (const bool report_orphans : {false, true}) {
      for (const bool terminate_rest : {false, true}) {
        for (const bool kernel_reaps : {false, true}) {
          exploration.explore({target, report_orphans, terminate_rest, kernel_reaps});
        }
      }
    }
  }
  MESSAGE(exploration.states(), " states, ", exploration.transitions(), " transitions");
  CHECK(exploration.broken().empty());
  for (const auto& [words, way] : exploration.broken()) FAIL_CHECK(words, "\n  is broken by: ", way);
}
