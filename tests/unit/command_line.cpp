#include "command_line.hpp"

#include "written.hpp"

namespace {

using namespace foster;

// As execve(2) takes it; valid as long as `words` is.
std::vector<char*> pointers_to(Words& words) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

const char* name_of(Mode mode) {
  switch (mode) {
    case Mode::run:
      return "";
    case Mode::pause:
      return "pause ";
    case Mode::install:
      return "install ";
    case Mode::ps:
      return "ps ";
    case Mode::help:
      return "help ";
    case Mode::version:
      return "version ";
    case Mode::license:
      return "license ";
  }
  return "a mode that does not exist ";
}

const char* name_of(Target target) {
  switch (target) {
    case Target::child:
      return "child ";
    case Target::group:
      return "";
    case Target::all:
      return "all ";
  }
  return "a target that does not exist ";
}

const char* name_of(Subreaper subreaper) {
  switch (subreaper) {
    case Subreaper::automatic:
      return "";
    case Subreaper::yes:
      return "subreaper=yes ";
    case Subreaper::no:
      return "subreaper=no ";
    case Subreaper::not_unasked:
      return "subreaper=not-unasked ";
  }
  return "a subreaper that does not exist ";
}

const char* name_of(Reaper reaper) {
  if (reaper == Reaper::automatic) return "";
  return reaper == Reaper::kernel ? "reap=kernel " : "reap=init ";
}

const char* name_of(Level level) {
  switch (level) {
    case Level::error:
      return "level=error ";
    case Level::warning:
      return "";
    case Level::info:
      return "level=info ";
    case Level::debug:
      return "level=debug ";
  }
  return "a level that does not exist ";
}

std::string differences_of_lists(const Options& options) {
  std::string text;
  for (int signal = 1; signal <= last_signal; ++signal) {
    const int to = options.rewrites.of(signal);
    if (to != signal) text += std::to_string(signal) + '>' + std::to_string(to) + ' ';
  }
  for (int code = 0; code < 256; ++code) {
    if (options.exit_zero.contains(code)) text += "zero=" + std::to_string(code) + ' ';
  }
  if (options.exit_zero_forwarded) text += "zero=forwarded ";
  for (int signal = 1; signal <= last_signal; ++signal) {
    if (options.stop_signals.contains(signal) == (signal == SIGTERM)) continue;
    text += (signal == SIGTERM ? "no-stop=" : "stop=") + std::to_string(signal) + ' ';
  }
  return text;
}

std::string differences_of_end(const Options& options) {
  std::string text;
  if (options.wait) text += "wait ";
  if (options.wait_ms != -1) text += "wait_ms=" + std::to_string(options.wait_ms) + ' ';
  if (options.kill_after_ms != -1) text += "kill_ms=" + std::to_string(options.kill_after_ms) + ' ';
  if (options.termination_log != nullptr) text += std::string("log=") + options.termination_log + ' ';
  return text;
}

std::string understood_of(char** arguments, Words environment) {
  const auto variables = pointers_to(environment);
  Parsed parsed;
  parse_options(arguments, variables.data(), parsed);
  if (parsed.error.kind != UsageError::Kind::none) {
    return written([&](Text& text) { explain(text, parsed); });
  }
  return differences(parsed.options);
}

}  // namespace

std::string differences(const Options& options) {
  std::string text = name_of(options.mode);
  text += name_of(options.target);
  text += name_of(options.subreaper);
  text += name_of(options.reaper);
  text += name_of(options.verbosity);
  if (options.session) text += "session ";
  if (!options.terminate_rest) text += "leaves-rest ";
  if (options.answers_on_stderr) text += "stderr ";
  if (options.failure_status != 125) text += "fails=" + std::to_string(options.failure_status) + ' ';
  if (options.report_orphans) text += "orphans ";
  if (options.parent_death_signal != 0) text += "death=" + std::to_string(options.parent_death_signal) + ' ';
  if (options.shown_process != -1) text += "process=" + std::to_string(options.shown_process) + ' ';
  if (options.most_zombies != -1) text += "zombies=" + std::to_string(options.most_zombies) + ' ';
  text += differences_of_lists(options);
  text += differences_of_end(options);
  if (options.install_path != nullptr) text += std::string("to=") + options.install_path + ' ';
  if (options.command != nullptr) {
    text += ": ";
    for (char** word = options.command; *word != nullptr; ++word) text += *word + std::string(" ");
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string understood(Words words, Words environment) {
  return understood_as("foster", std::move(words), std::move(environment));
}

std::string understood_as(const std::string& name, Words words, Words environment) {
  words.insert(words.begin(), name);
  return understood_of(pointers_to(words).data(), std::move(environment));
}

std::string understood_without_name() {
  // Behind argv's end the kernel puts the environment, which is no command.
  char behind[] = "PATH=/bin";
  char* arguments[] = {nullptr, behind, nullptr};
  return understood_of(arguments, {});
}
