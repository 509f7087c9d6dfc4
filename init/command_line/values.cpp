#include "command_line/values.hpp"

#include <array>
#include <climits>

namespace foster {

namespace {

// 1 for yes, 0 for no, -1 for anything else.
int parse_switch(std::string_view word) {
  const int place = find_word("no false off 0 yes true on 1", word);
  return place < 0 ? -1 : place / 4;
}

// A value, and what it is where it is that, else -1.
struct Value {
  std::string_view word;
  bool in_environment;
  int on;  // as of a switch
  int number;
  int signal;  // 0: none
  int time_ms;
};

bool set_switch(bool& on, const Value& value) {
  on = value.on == 1;
  return value.on >= 0;
}

bool set_target(Options& options, const Value& value) {
  const int place = find_word("child group all", value.word);
  options.target = static_cast<Target>(place);
  options.target_by_variable = value.in_environment;
  return place >= 0;
}

// Each part of a list must be right. Lists add up: that of a variable and those of the command line.
bool set_each(Options& options, std::string_view list, bool (*set)(Options&, std::string_view)) {
  for (;;) {
    const std::size_t left = list.size();
    const std::string_view part = take_until(list, ',');
    if (!set(options, part)) return false;
    if (part.size() == left) return true;  // no comma followed
  }
}

bool add_stop_signal(Options& options, std::string_view word) {
  const int number = parse_signal(word);
  if (number != 0) options.stop_signals.add(number);
  return number != 0;
}

// The last one counts where a signal has several.
bool add_rewrite(Options& options, std::string_view word) {
  const int from = parse_signal(take_until(word, ':'));
  const int to = parse_signal(word);
  if (from == 0 || from == SIGKILL || from == SIGSTOP || (to == 0 && !same_word(word, "0"))) return false;
  if (options.rewrites.has(from)) options.rewritten_again.add(from);
  options.rewrites.set(from, to);
  return true;
}

bool add_exit_code_to_zero(Options& options, std::string_view word) {
  const int code = parse_number(word, 255);
  if (code >= 0) options.exit_zero.add(code);
  return code >= 0;
}

bool add_exit_zero(Options& options, std::string_view word) {
  if (!same_word(word, "forwarded")) return add_exit_code_to_zero(options, word);
  options.exit_zero_forwarded = true;
  return true;
}

bool set_kill_after(Options& options, const Value& value) {
  options.kill_after_ms = value.time_ms;
  return value.time_ms >= 0;
}

bool set_wait(Options& options, const Value& value) {
  // "1" as a variable: a second, or yes? On the command line a value is a time.
  if (value.in_environment && value.number >= 0) return false;
  const bool is_switch = value.on >= 0 && value.number < 0;
  options.wait = value.on != 0 || !is_switch;
  options.wait_ms = is_switch ? -1 : value.time_ms;
  return is_switch || value.time_ms >= 0;
}

bool set_termination_log(Options& options, const Value& value) {
  static constexpr char usual[] = "/dev/termination-log";
  // The end of a word of the command line or the environment, so that a NUL follows it.
  options.termination_log = value.word.data();
  if (value.on == 1) options.termination_log = usual;
  if (value.on == 0) options.termination_log = nullptr;
  return value.on >= 0 || value.word.starts_with('/');
}

bool set_parent_death_signal(Options& options, int number) {
  options.parent_death_signal = number;
  // What init cannot hand on would end or stop init itself, or say nothing to the command.
  return number != 0 && number != SIGKILL && number != SIGSTOP && number != SIGCHLD;
}

// As add_signal() writes it, and of those that tini knows.
bool set_parent_death_signal_in_full(Options& options, const Value& value) {
  constexpr auto unknown_to_tini = SignalSet().add(SIGSTKFLT).add(SIGIO).add(SIGPWR);
  const int number = value.signal;
  if (number == 0 || number > SIGSYS || unknown_to_tini.contains(number)) return false;
  std::array<char, 16> room{};
  Text name(room);
  add_signal(name, number);
  options.parent_death_signal = number;
  return same_bytes(room.data(), value.word.data());
}

bool add_rewrite_by_number(Options& options, std::string_view value) {
  const int from = parse_number(take_until(value, ':'), SIGSYS);
  const int to = parse_number(value, SIGSYS);
  if (from <= 0 || to < 0) return false;
  options.rewrites.set(from, to);
  return true;
}

bool set_single_child(Options& options) {
  options.target = Target::child;
  options.session = false;
  return true;
}

bool set_subreaper(Options& options, const Value& value) {
  options.subreaper = value.on < 0 ? Subreaper::automatic : value.on == 1 ? Subreaper::yes : Subreaper::no;
  return value.on >= 0 || same_word(value.word, "auto");
}

bool set_reaper(Options& options, const Value& value) {
  const int place = find_word("auto kernel init", value.word);
  options.reaper = static_cast<Reaper>(place);
  return place >= 0;
}

// As far as there are levels.
bool set_verbosity(Options& options, int level) {
  constexpr int most = static_cast<int>(Level::debug);
  options.verbosity = static_cast<Level>(level < 0 ? 0 : level > most ? most : level);
  return true;
}

bool set_verbose(Options& options, const Value& value) {
  constexpr int most = 3;
  const int steps = value.on >= 0 ? value.on : value.number;
  if (steps < 0 || steps > most) return false;
  const Level from = options.verbosity == Level::error ? Level::warning : options.verbosity;
  if (steps > 0) (void)set_verbosity(options, static_cast<int>(from) + steps);
  return true;
}

bool set_quiet(Options& options, const Value& value) {
  if (value.on == 1) options.verbosity = Level::error;
  return value.on >= 0;
}

bool set_mode(Options& options, OptionId id) {
  static_assert(static_cast<int>(OptionId::license) - static_cast<int>(OptionId::pause) ==
                static_cast<int>(Mode::license) - static_cast<int>(Mode::pause));
  const int step = static_cast<int>(id) - static_cast<int>(OptionId::pause);
  options.mode = static_cast<Mode>(static_cast<int>(Mode::pause) + step);
  return true;
}

bool set_install(Options& options, const char* path) {
  options.install_path = path;
  return set_mode(options, OptionId::install);
}

// Zombies are counted among all processes, not in one.
bool set_ps(Options& options) {
  options.mode = Mode::ps;
  return options.shown_process < 0 || options.most_zombies < 0;
}

bool set_shown_process(Options& options, const Value& value) {
  options.shown_process = value.number;  // none is "yes"
  return set_ps(options) && (value.on == 1 || value.number > 0);
}

bool set_most_zombies(Options& options, int number) {
  options.most_zombies = number;
  return set_ps(options) && number >= 0;
}

}  // namespace

// A case for each option.
// NOLINTNEXTLINE(readability-function-size)
bool set_option(Options& options, OptionId id, const char* word, bool in_environment) {
  const std::string_view view = word;
  const Value value{.word = view,
                    .in_environment = in_environment,
                    .on = parse_switch(view),
                    .number = parse_number(view, INT_MAX),
                    .signal = parse_signal(view),
                    .time_ms = parse_duration(word)};
  switch (id) {
    case OptionId::target:
      return set_target(options, value);
    case OptionId::rewrite:
      return set_each(options, value.word, add_rewrite);
    case OptionId::exit_zero:
      return set_each(options, value.word, add_exit_zero);
    case OptionId::stop_signal:
      return set_each(options, value.word, add_stop_signal);
    case OptionId::kill_after:
      return set_kill_after(options, value);
    case OptionId::wait:
      return set_wait(options, value);
    case OptionId::termination_log:
      return set_termination_log(options, value);
    case OptionId::parent_death_signal:
      return set_parent_death_signal(options, value.signal);
    case OptionId::subreaper:
      return set_subreaper(options, value);
    case OptionId::setsid:
      return set_switch(options.session, value);
    case OptionId::report_orphans:
      return set_switch(options.report_orphans, value);
    case OptionId::reap:
      return set_reaper(options, value);
    case OptionId::verbose:
      return set_verbose(options, value);
    case OptionId::quiet:
      return set_quiet(options, value);
    case OptionId::pause:
      return set_mode(options, id);
    case OptionId::install:
      return set_install(options, word);
    case OptionId::ps:
      return set_shown_process(options, value);
    case OptionId::max_zombies:
      return set_most_zombies(options, value.number);
    case OptionId::help:
    case OptionId::version:
    case OptionId::license:
      return set_mode(options, id);
    case OptionId::parent_death_signal_in_full:
      return set_parent_death_signal_in_full(options, value);
    case OptionId::exit_code_to_zero:
      return add_exit_code_to_zero(options, value.word);
    case OptionId::rewrite_by_number:
      return add_rewrite_by_number(options, value.word);
    case OptionId::single_child:
      return set_single_child(options);
    case OptionId::verbosity:
      // As atoi(3) takes it: what is no number is 0.
      return set_verbosity(options, value.number);
    case OptionId::debug:
      return set_verbosity(options, static_cast<int>(Level::debug));
  }
  return false;
}

}  // namespace foster
