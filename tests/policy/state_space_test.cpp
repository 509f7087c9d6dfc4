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
  explicit Exploration(const Scope& scope) : scope_(scope) {}

  // Up to the first broken promise: what comes after it shows nothing.
  void explore(const Settings& settings) {
    seen_.clear();  // no state of other settings comes again
    at_ = no_parent;
    arrive("start", start(settings, scope_, broken_));
    while (!waiting_.empty() && found_.empty()) {
      const auto [place, node] = std::move(waiting_.front());
      waiting_.pop_front();
      at_ = place;
      expand(node);
    }
  }

  // For each promise that was broken, the shortest sequence of events that breaks it.
  void judge() const {
    MESSAGE(ways_.size(), " states, ", transitions_, " transitions");
    CHECK(found_.empty());
    for (const auto& [words, way] : found_) FAIL_CHECK(words, "\n  is broken by: ", way);
  }

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

  const Scope& scope_;
  std::unordered_set<std::string> seen_;
  std::vector<Way> ways_;
  std::deque<Waiting> waiting_;
  std::size_t at_ = no_parent;
  std::size_t transitions_ = 0;
  std::vector<std::string> noticed_;
  std::map<std::string, std::string> found_;
  Broken broken_ = [this](std::string_view words) { noticed_.emplace_back(words); };
};

// All that can be said of the others.
void explore_waits(Exploration& exploration, Settings settings) {
  exploration.explore(settings);
  settings.wait = true;
  for (const int wait_ms : {-1, 0, 5000}) {
    settings.wait_ms = wait_ms;
    exploration.explore(settings);
  }
  // Elsewhere than as PID 1 it is another matter who the others are, but not when their time is over.
  settings.is_pid1 = false;
  if (settings.target != Target::all) exploration.explore(settings);
}

}  // namespace

TEST_CASE("every state and every event keeps the promises: forwarding") {
  Exploration exploration(forwarding_scope());
  for (const Target target : {Target::child, Target::group, Target::all}) {
    for (const bool kernel_reaps : {false, true}) {
      // Both are about ends, and each about another child's.
      for (const bool at_ends : {false, true}) {
        exploration.explore(
            {.target = target, .report_orphans = at_ends, .terminate_rest = at_ends, .kernel_reaps = kernel_reaps});
      }
    }
  }
  exploration.judge();
}

TEST_CASE("every state and every event keeps the promises: the end") {
  Exploration exploration(end_scope());
  Settings settings;
  settings.terminate_rest = true;
  settings.stop_signals.add(SIGINT);
  settings.rewrites.set(SIGINT, SIGKILL);
  settings.rewrites.set(SIGQUIT, SIGTERM);
  settings.rewrites.set(SIGUSR1, 0);
  settings.exit_zero.add(42);
  for (const int kill_after_ms : {-1, 3000}) {
    settings.kill_after_ms = kill_after_ms;
    for (const Target target : {Target::child, Target::group, Target::all}) {
      settings.target = target;
      explore_waits(exploration, settings);
    }
    // What counts as success is judged at the main command's end, however the others end.
    settings.exit_zero_forwarded = true;
    settings.target = Target::group;
    exploration.explore(settings);
    settings.exit_zero_forwarded = false;
  }
  exploration.judge();
}

TEST_CASE("every state and every event keeps the promises: the terminal") {
  Exploration exploration(terminal_scope());
  for (const Target target : {Target::child, Target::group}) {
    for (const bool wait : {false, true}) {
      exploration.explore({.target = target, .session = true, .wait = wait});
      exploration.explore({.target = target, .terminal = true, .wait = wait});
      exploration.explore({.target = target, .wait = wait});
    }
  }
  exploration.judge();
}
