#include "command_line/values.hpp"

#include <algorithm>
#include <array>
#include <climits>

namespace foster {

namespace {

// 1 for yes, 0 for no, -1 for anything else.
int parse_switch(std::string_view word) {
  const int place = find_word("no false off 0 yes true on 1", word);
  return place < 0 ? -1 : place / 4;
}

bool set_switch(bool& on, std::string_view value) {
  const int parsed = parse_switch(value);
  on = parsed == 1;
  return parsed >= 0;
}

bool set_target(Options& options, std::string_view value, bool in_environment) {
  const int place = find_word("child group all", value);
  options.target = static_cast<Target>(place);
  options.target_by_variable = in_environment;
  return place >= 0;
}

// Each part of a list must be right. Lists add up: that of a variable and those of the command line.
bool set_each(Options& options, std::string_view list, bool (*set)(Options&, std::string_view)) {
  bool more = true;
  while (more) {
    more = find(list, ',') < list.size();
    if (!set(options, take_until(list, ','))) return false;
  }
  return true;
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
  if (from == 0 || from == SIGKILL || from == SIGSTOP || (to == 0 && word != "0")) return false;
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

bool set_kill_after(Options& options, std::string_view value) {
  options.kill_after_ms = parse_duration(value);
  return options.kill_after_ms >= 0;
}

bool set_wait(Options& options, std::string_view value, bool in_environment) {
  // "1" as a variable: a second, or yes? On the command line a value is a time.
  const bool is_number = parse_number(value, INT_MAX) >= 0;
  if (in_environment && is_number) return false;
  const int on = is_number ? -1 : parse_switch(value);
  options.wait = on != 0;
  options.wait_ms = on < 0 ? parse_duration(value) : -1;
  return on >= 0 || options.wait_ms >= 0;
}

bool set_termination_log(Options& options, std::string_view value) {
  static constexpr char usual[] = "/dev/termination-log";
  const int on = parse_switch(value);
  if (on == 1) options.termination_log = usual;
  if (on == 0) options.termination_log = nullptr;
  // The end of a word of the command line or the environment, so that a NUL follows it.
  if (on < 0) options.termination_log = value.data();
  return on >= 0 || value.starts_with('/');
}

bool set_parent_death_signal(Options& options, std::string_view value) {
  const int number = parse_signal(value);
  options.parent_death_signal = number;
  // What init cannot hand on would end or stop init itself, or say nothing to the command.
  return number != 0 && number != SIGKILL && number != SIGSTOP && number != SIGCHLD;
}

// As add_signal() writes it, and of those that tini knows.
bool set_parent_death_signal_in_full(Options& options, std::string_view value) {
  constexpr auto unknown_to_tini = SignalSet().add(SIGSTKFLT).add(SIGIO).add(SIGPWR);
  const int number = parse_signal(value);
  if (number == 0 || number > SIGSYS || unknown_to_tini.contains(number)) return false;
  std::array<char, 16> room;
  Text name(room);
  add_signal(name, number);
  options.parent_death_signal = number;
  return name.view() == value;
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

// As atoi(3) takes it: what is no number is 0.
bool set_verbosity(Options& options, std::string_view value) {
  const int level = parse_number(value, INT_MAX);
  options.verbosity = static_cast<Level>(std::clamp(level, 0, static_cast<int>(Level::debug)));
  return true;
}

bool set_debug(Options& options) {
  options.verbosity = Level::debug;
  return true;
}

bool set_subreaper(Options& options, std::string_view value) {
  const int on = parse_switch(value);
  options.subreaper = on < 0 ? Subreaper::automatic : on == 1 ? Subreaper::yes : Subreaper::no;
  return on >= 0 || same_word(value, "auto");
}

bool set_reaper(Options& options, std::string_view value) {
  const int place = find_word("auto kernel init", value);
  options.reaper = static_cast<Reaper>(place);
  return place >= 0;
}

bool set_verbose(Options& options, std::string_view value) {
  constexpr int most = 3;
  int steps = parse_switch(value);
  if (steps < 0) steps = parse_number(value, most);
  if (steps > 0) {
    const int from = std::max(static_cast<int>(options.verbosity), static_cast<int>(Level::warning));
    options.verbosity = static_cast<Level>(std::min(from + steps, static_cast<int>(Level::debug)));
  }
  return steps >= 0;
}

bool set_quiet(Options& options, std::string_view value) {
  bool quiet = false;
  if (!set_switch(quiet, value)) return false;
  if (quiet) options.verbosity = Level::error;
  return true;
}

bool set_mode(Options& options, Mode mode) {
  options.mode = mode;
  return true;
}

}  // namespace

// A case for each option.
// NOLINTNEXTLINE(readability-function-size)
bool set_option(Options& options, OptionId id, std::string_view value, bool in_environment) {
  switch (id) {
    case OptionId::target:
      return set_target(options, value, in_environment);
    case OptionId::rewrite:
      return set_each(options, value, add_rewrite);
    case OptionId::exit_zero:
      return set_each(options, value, add_exit_zero);
    case OptionId::stop_signal:
      return set_each(options, value, add_stop_signal);
    case OptionId::kill_after:
      return set_kill_after(options, value);
    case OptionId::wait:
      return set_wait(options, value, in_environment);
    case OptionId::termination_log:
      return set_termination_log(options, value);
    case OptionId::parent_death_signal:
      return set_parent_death_signal(options, value);
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
      return set_mode(options, Mode::pause);
    case OptionId::help:
      return set_mode(options, Mode::help);
    case OptionId::version:
      return set_mode(options, Mode::version);
    case OptionId::license:
      return set_mode(options, Mode::license);
    case OptionId::parent_death_signal_in_full:
      return set_parent_death_signal_in_full(options, value);
    case OptionId::exit_code_to_zero:
      return add_exit_code_to_zero(options, value);
    case OptionId::rewrite_by_number:
      return add_rewrite_by_number(options, value);
    case OptionId::single_child:
      return set_single_child(options);
    case OptionId::verbosity:
      return set_verbosity(options, value);
    case OptionId::debug:
      return set_debug(options);
  }
  return false;
}

}  // namespace foster
