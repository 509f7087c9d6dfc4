#include "ways.hpp"

#include <cstdlib>

#include "terminal.hpp"

namespace {

const Words new_session{"/usr/bin/setsid", "--ctty"};
const Words interactive_bash{"/bin/bash", "--norc", "--noprofile", "--noediting", "-i"};
const Words interactive_dash{"/bin/dash", "-i"};

Words in_script(const Words& words) {
  return {"/usr/bin/script", "-E", "never", "-qec", "exec " + quoted(words), "/dev/null"};
}

Words init_with(const Words& command) { return Words{init_binary()} + init_options() + command; }

Words command_of(Shape shape, const Words& command) {
  const Words words = init_with(command);
  switch (shape) {
    case Shape::inside:
      // More than one command: a shell becomes the last one.
      return {"/bin/sh", "-c", quoted(words) + "; exit $?"};
    case Shape::nested:
      return init_with(words);
    default:
      return words;
  }
}

Words leader_of(const Way& way, const Words& command) {
  switch (way.leader) {
    case Leader::bash:
      return interactive_bash;
    case Leader::dash:
      return interactive_dash;
    case Leader::bash_in_script:
      return in_script(interactive_bash);
    case Leader::script:
      return in_script(command_of(way.shape, command));
    default:
      return command_of(way.shape, command);
  }
}

}  // namespace

bool has_shell(const Way& way) {
  return way.leader == Leader::bash || way.leader == Leader::dash || way.leader == Leader::bash_in_script;
}

const std::vector<Way>& ways_without_shell() {
  static const std::vector<Way> ways{
      {"as PID 1", Leader::pid1, Shape::plain},
      {"as PID 1, nested", Leader::pid1, Shape::nested},
      {"as session leader", Leader::init, Shape::plain},
      {"as session leader, nested", Leader::init, Shape::nested},
      {"sh -c as session leader", Leader::sh, Shape::inside},
      {"under script", Leader::script, Shape::plain},
      {"sh -c under script", Leader::script, Shape::inside},
  };
  return ways;
}

const std::vector<Way>& ways_with_shell() {
  static const std::vector<Way> ways{
      {"in bash", Leader::bash, Shape::plain},
      {"in dash", Leader::dash, Shape::plain},
      {"in sh -c, in bash", Leader::bash, Shape::inside},
      {"in sh -c, in dash", Leader::dash, Shape::inside},
      {"nested, in bash", Leader::bash, Shape::nested},
      {"nested, in dash", Leader::dash, Shape::nested},
      {"in bash under script", Leader::bash_in_script, Shape::plain},
  };
  return ways;
}

std::vector<Way> all_ways() {
  std::vector<Way> all = ways_without_shell();
  all.insert(all.end(), ways_with_shell().begin(), ways_with_shell().end());
  return all;
}

std::string quoted(const Words& words) {
  std::string text;
  for (const auto& word : words) {
    text += text.empty() ? "'" : " '";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    text += "'";
  }
  return text;
}

std::string typed(const Way& way, const Words& command) { return quoted(command_of(way.shape, command)); }

Start start_of(const Way& way, const Words& command, const std::string& terminal) {
  const bool is_pid1 = way.leader == Leader::pid1;
  Start start{.words = leader_of(way, command),
              .before = is_pid1 ? Words{} : new_session,
              .place = is_pid1 ? Place::pid1 : Place::inner,
              .bare = true,
              .before_exec = [terminal, is_pid1] { open_terminal(terminal, is_pid1); }};
  start.environment =
      start.environment + Words{std::string("PS1=") + prompt, "HISTFILE=", "TERM=dumb", "SHELL=/bin/sh", "LC_ALL=C"};
  const char* const variable = std::getenv("TERMINALS_VARIABLE");
  if (variable != nullptr) start.environment.emplace_back(variable);
  return start;
}
