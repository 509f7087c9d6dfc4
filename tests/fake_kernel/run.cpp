#include "run.hpp"

#include <cstring>

namespace fake {

namespace {

Trace& trace() {
  static Trace the_trace;
  return the_trace;
}

std::string name_of(const Happening& happening) {
  constexpr const char* words[]{"orphans",     "signal",      "queued signal", "burst",  "main exits",
                                "main killed", "parent dies", "other exits",   "limit",  "typed",
                                "reads",       "takes front", "to front",      "to back"};
  return words[static_cast<std::size_t>(happening.what)] + (" " + std::to_string(happening.number));
}

struct Start {
  Arguments arguments;
  Arguments environment;
};

int run_main(void* data) {
  Start& start = *static_cast<Start*>(data);
  return foster_main(start.arguments.argc(), start.arguments.argv(), start.environment.argv());
}

}  // namespace

std::string Run::name() const {
  std::string text = scenario.name + ", " + loop.name;
  if (early.before > 0) {
    text += ", " + name_of(early.happening) + " before call " + std::to_string(early.before);
    text += early.side == Side::child ? " of the child" : "";
  }
  if (fault.at == 0) return text;
  text += ", call " + std::to_string(fault.at) + (fault.side == Side::child ? " of the child" : "");
  text += " (" + std::string(name_of(last_trace().entry(fault.side, fault.at).call)) + ") ";
  return text + (fault.stays ? "from then on " : "once ") + ::strerrorname_np(fault.error);
}

Arguments::Arguments(const std::vector<std::string>& words) : strings_(words) {
  for (auto& word : strings_) pointers_.push_back(word.data());
  pointers_.push_back(nullptr);
}

std::vector<std::string> words_of(const Run& run) {
  std::vector<std::string> words{"foster"};
  words.insert(words.end(), run.loop.options.begin(), run.loop.options.end());
  words.insert(words.end(), run.scenario.options.begin(), run.scenario.options.end());
  if (!run.scenario.pauses()) words.push_back(run.scenario.command);
  return words;
}

const Trace& last_trace() { return trace(); }

Outcome perform(const Run& run) {
  Outcome outcome{End::exited, std::make_unique<FakeKernel>(run.scenario, run.early, run.calls_a_second)};
  gate().open(trace(), outcome.kernel.get(), run.fault, run.scenario.refused_clones);
  std::vector<std::string> environment{"PATH=/nowhere:/t"};
  environment.insert(environment.end(), run.scenario.environment.begin(), run.scenario.environment.end());
  Start start{Arguments(words_of(run)), Arguments(environment)};
  outcome.end = outcome.kernel->run(run_main, &start);
  return outcome;
}

}  // namespace fake
