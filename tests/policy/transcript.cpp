#include "transcript.hpp"

#include <array>

namespace policy_test {

namespace {

const char* word_of(Topic topic) {
  switch (topic) {
    case Topic::main_started:
      return "main_started";
    case Topic::main_ended:
      return "main_ended";
    case Topic::orphan_reaped:
      return "orphan_reaped";
    case Topic::forwarded:
      return "forwarded";
    case Topic::not_delivered:
      return "not_delivered";
    case Topic::value_lost:
      return "value_lost";
    case Topic::group_unknown:
      return "group_unknown";
    case Topic::wait_failed:
      return "wait_failed";
    case Topic::status_unknown:
      return "status_unknown";
  }
  return "a topic without a word";
}

const char* word_of(Level level) {
  constexpr const char* words[]{"error", "warning", "info", "debug"};
  return words[static_cast<std::size_t>(level)];
}

std::string name_of(int number) {
  std::array<char, 32> room{};
  Text text(room);
  return std::string(add_signal(text, number).view());
}

class Writer {
 public:
  Writer(State& state, const std::vector<Answer>& answers) : state_(state), answers_(answers) {}

  void handle(const Event& event) {
    for (const Action& action : step(state_, event)) perform(action, event);
  }

  [[nodiscard]] std::string calls() const { return used_ == answers_.size() ? calls_ : calls_ + ", answers left over"; }
  [[nodiscard]] const std::string& reports() const { return reports_; }

 private:
  static void add_part(std::string& list, const std::string& part) { list += (list.empty() ? "" : ", ") + part; }

  void perform(const Action& action, const Event& event) {
    if (action.kind == Action::Kind::exit) {
      add_part(calls_, "exit " + std::to_string(action.number));
    } else if (action.kind == Action::Kind::report) {
      const std::string line = std::string(word_of(action.level)) + ": " + word_of(action.topic);
      add_part(reports_, line);
      if (action.level != Level::debug) add_part(calls_, line);
    } else {
      call(action, event);
    }
  }

  void call(const Action& action, const Event& event) {
    const bool is_send = action.kind == Action::Kind::send;
    const std::string name = is_send ? name_of(action.number) + (action.queued ? " with value" : "") + " to " +
                                           (action.target == Target::group ? "group" : "main command")
                                     : "look-up";
    if (used_ == answers_.size()) return add_part(calls_, name + ": no answer left");
    const Answer& answer = answers_[used_++];
    add_part(calls_, name + ": " + answer.words);
    Event result = event;
    result.kind = is_send ? Event::Kind::sent : Event::Kind::group_found;
    result.target = action.target;
    result.queued = action.queued;
    result.retry = action.retry;
    result.error = answer.error;
    if (is_send) result.signal.si_signo = action.number;
    if (!is_send) result.pid = answer.group;
    handle(result);
  }

  State& state_;
  const std::vector<Answer>& answers_;
  std::size_t used_ = 0;
  std::string calls_;
  std::string reports_;
};

}  // namespace

std::string transcript(State& state, const Event& event, const std::vector<Answer>& answers) {
  Writer writer(state, answers);
  writer.handle(event);
  return writer.calls();
}

std::string transcript(const Settings& settings, const Event& event, const std::vector<Answer>& answers) {
  State state = state_with(settings);
  return transcript(state, event, answers);
}

std::string said(const Settings& settings, const Event& event, const std::vector<Answer>& answers) {
  State state = state_with(settings);
  Writer writer(state, answers);
  writer.handle(event);
  return writer.reports();
}

}  // namespace policy_test
