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
    case Mode::help:
      return "help ";
    case Mode::version:
      return "version ";
    case Mode::license:
      return "license ";
  }
  return "a mode that does not exist ";
}

const char* name_of(Subreaper subreaper) {
  if (subreaper == Subreaper::automatic) return "";
  return subreaper == Subreaper::yes ? "subreaper=yes " : "subreaper=no ";
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

std::string understood_of(char** arguments, Words environment) {
  const auto variables = pointers_to(environment);
  Parsed parsed;
  parse_options(arguments, variables.data(), parsed);
  if (parsed.error.kind != UsageError::Kind::none) {
    return written([&](Text& text) { explain(text, parsed.error); });
  }
  return differences(parsed.options);
}

}  // namespace

std::string differences(const Options& options) {
  std::string text = name_of(options.mode);
  if (options.target == Target::child) text += "child ";
  text += name_of(options.subreaper);
  text += name_of(options.reaper);
  text += name_of(options.verbosity);
  if (options.report_orphans) text += "orphans ";
  if (options.parent_death_signal != 0) text += "death=" + std::to_string(options.parent_death_signal) + ' ';
  if (options.command != nullptr) {
    text += ": ";
    for (char** word = options.command; *word != nullptr; ++word) text += *word + std::string(" ");
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::string understood(Words words, Words environment) {
  words.insert(words.begin(), "foster");
  return understood_of(pointers_to(words).data(), std::move(environment));
}

std::string understood_without_name() {
  // Behind argv's end the kernel puts the environment, which is no command.
  char behind[] = "PATH=/bin";
  char* arguments[] = {nullptr, behind, nullptr};
  return understood_of(arguments, {});
}
