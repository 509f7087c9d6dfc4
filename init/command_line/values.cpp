#include "command_line/values.hpp"

#include <algorithm>

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

bool set_target(Options& options, std::string_view value) {
  const int place = find_word("child group", value);
  options.target = place == 0 ? Target::child : Target::group;
  return place >= 0;
}

bool set_parent_death_signal(Options& options, std::string_view value) {
  const int number = parse_signal(value);
  options.parent_death_signal = number;
  // What init cannot hand on would end or stop init itself, or say nothing to the command.
  return number != 0 && number != SIGKILL && number != SIGSTOP && number != SIGCHLD;
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

bool set_option(Options& options, OptionId id, std::string_view value) {
  switch (id) {
    case OptionId::target:
      return set_target(options, value);
    case OptionId::parent_death_signal:
      return set_parent_death_signal(options, value);
    case OptionId::subreaper:
      return set_subreaper(options, value);
    case OptionId::report_orphans:
      return set_switch(options.report_orphans, value);
    case OptionId::reap:
      return set_reaper(options, value);
    case OptionId::verbose:
      return set_verbose(options, value);
    case OptionId::quiet:
      return set_quiet(options, value);
    case OptionId::help:
      return set_mode(options, Mode::help);
    case OptionId::version:
      return set_mode(options, Mode::version);
    case OptionId::license:
      return set_mode(options, Mode::license);
  }
  return false;
}

}  // namespace foster
