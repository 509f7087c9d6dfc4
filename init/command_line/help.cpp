#include <array>

#include "command_line/options.hpp"
#include "command_line/table.hpp"
#include "command_line/texts.hpp"

namespace foster {

namespace {

void add_option(Text& text, const UsageError& error) {
  if (error.in_environment) {
    text.add("variable ").add(variable_prefix);
    for (const char* letter = error.name; *letter != '\0'; ++letter) text.add(variable_letter(*letter));
    return;
  }
  text.add("option '-");
  if (error.letter != 0) {
    text.escaped({&error.letter, 1});
  } else {
    const std::string_view name = error.name;
    text.add('-').escaped({name.data(), find(name, '=')});
  }
  text.add('\'');
}

void add_answer(Text& text, Answer answer) { add_text(text, static_cast<TextNumber>(answer)); }

}  // namespace

Text& add_usage(Text& text, const Personality& personality) {
  return add_text(text.add(personality.name).add(' '), personality.usage);
}

void explain(Text& text, const Parsed& parsed) {
  const UsageError& error = parsed.error;
  std::array<char, 64> room{};
  Text pattern(room);
  add_text(pattern, static_cast<TextNumber>(error.kind));
  text.fill(room.data(), [&](Text& out, char what) {
    if (what == 'o') {
      add_option(out, error);
    } else if (what == 'v') {
      out.quoted(error.value);
    } else if (what == 'u') {
      add_text(add_usage(out, parsed.personality), parsed.personality.hint);
    } else {
      add_text(out, error.allowed);
    }
  });
}

void add_help(Text& text, const Personality& personality) {
  add_answer(text, personality.options.empty() ? Answer::help : Answer::help_of_others);
}

void add_license(Text& text) { add_answer(text, Answer::license); }

void add_version(Text& text, const Personality& personality) { add_text(text, personality.version); }

}  // namespace foster
