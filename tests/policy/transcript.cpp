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
    case Topic::dropped:
      return "dropped";
    case Topic::stop_asked:
      return "stop_asked";
    case Topic::deadline:
      return "deadline";
    case Topic::others_unseen:
      return "others_unseen";
    case Topic::others_refuse:
      return "others_refuse";
  }
  return "a topic without a word";
}

const char* word_of(Level level) {
  constexpr const char* words[]{"error", "warning", "info", "debug"};
  return words[static_cast<std::size_t>(level)];
}

const char* word_of(Target target) {
  constexpr const char* words[]{"main command", "group", "all"};
  return words[static_cast<std::size_t>(target)];
}

const char* word_of(Timer timer) {
  constexpr const char* words[]{"look again", "kill", "end the others"};
  return words[static_cast<std::size_t>(timer)];
}

class Writer {
 public:
  Writer(State& state, const std::vector<Answer>& answers) : state_(state), answers_(answers) {}

  void handle(const Event& event) {
    Actions actions;
    step(actions, state_, event);
    for (const Action& action : actions) perform(action, event);
  }

  [[nodiscard]] std::string calls() const { return used_ == answers_.size() ? calls_ : calls_ + ", answers left over"; }
  [[nodiscard]] const std::string& reports() const { return reports_; }

 private:
  static void add_part(std::string& list, const std::string& part) { list += (list.empty() ? "" : ", ") + part; }

  void perform(const Action& action, const Event& event) {
    switch (action.kind) {
      case Action::Kind::exit:
        return add_part(calls_, "exit " + std::to_string(action.number));
      case Action::Kind::report:
        return report(action);
      case Action::Kind::watch_children:
        return add_part(calls_, "watch");
      case Action::Kind::set_timer:
        return add_part(calls_, std::string(word_of(action.timer)) + " in " + std::to_string(action.delay_ms) + " ms");
      case Action::Kind::suspend:
        add_part(calls_, "suspend by " + name_of(action.number));
        return handle({.kind = Event::Kind::resumed});
      case Action::Kind::count_oom_kills:
        add_part(calls_, "count");
        return handle_result(event, Event::Kind::oom_kills_counted);
      default:
        return call(action, event);
    }
  }

  void report(const Action& action) {
    const std::string line = std::string(word_of(action.level)) + ": " + word_of(action.topic);
    add_part(reports_, line);
    if (action.level != Level::debug) add_part(calls_, line);
  }

  void handle_result(Event result, Event::Kind kind) {
    result.kind = kind;
    handle(result);
  }

  static std::string call_name(const Action& action) {
    switch (action.kind) {
      case Action::Kind::send:
        return name_of(action.number) + (action.queued ? " with value" : "") + " to " + word_of(action.target);
      case Action::Kind::signal_others:
        return name_of(action.number) + " to the others";
      case Action::Kind::offer_foreground:
        return "foreground";
      default:
        return "look-up";
    }
  }

  static Event::Kind result_kind(Action::Kind kind) {
    switch (kind) {
      case Action::Kind::send:
        return Event::Kind::sent;
      case Action::Kind::signal_others:
        return Event::Kind::others_signalled;
      case Action::Kind::offer_foreground:
        return Event::Kind::foreground;
      default:
        return Event::Kind::group_found;
    }
  }

  void call(const Action& action, const Event& event) {
    const std::string name = call_name(action);
    if (used_ == answers_.size()) return add_part(calls_, name + ": no answer left");
    const Answer& answer = answers_[used_++];
    add_part(calls_, name + ": " + answer.words);
    Event result = event;
    result.target = action.target;
    result.queued = action.queued;
    result.retry = action.retry;
    result.error = answer.error;
    if (action.number != 0) result.signal.si_signo = action.number;
    if (action.kind == Action::Kind::find_group) result.pid = answer.group;
    handle_result(result, result_kind(action.kind));
  }

  State& state_;
  const std::vector<Answer>& answers_;
  std::size_t used_ = 0;
  std::string calls_;
  std::string reports_;
};

}  // namespace

std::string name_of(int number) {
  std::array<char, 32> room{};
  Text text(room);
  return std::string(add_signal(text, number).view());
}

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
