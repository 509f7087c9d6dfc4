#include "command_line/license_text.hpp"
#include "command_line/options.hpp"
#include "command_line/table.hpp"
#include "compressed.hpp"

namespace foster {

namespace {

constexpr std::size_t name_column = 10;
constexpr std::size_t text_column = 37;

template <class Out>
constexpr void pad_to(Out& out, std::size_t place) {
  do {
    out.add(' ');
  } while (out.size() < place);
}

template <class Out>
constexpr void describe(Out& out, const OptionRow& row) {
  const std::size_t line = out.size();
  std::string_view separator = "  -";
  for (const char letter : row.letters) {
    add_text(out, separator);
    out.add(letter);
    separator = ", -";
  }
  pad_to(out, line + name_column);
  add_text(out, "--");
  add_text(out, row.name);
  const bool optional = row.argument == Argument::optional;
  if (optional) out.add('[');
  if (row.argument != Argument::none) out.add('=');
  add_text(out, row.value);
  if (optional) out.add(']');
  pad_to(out, line + text_column);
  add_text(out, row.text);
  out.add('\n');
}

struct Answers {
  template <class Out>
  static constexpr void write(Out& out) {
    write_help(out);
    add_field(out, "This is foster, which takes the options of its name; see foster(1).\n");
    add_field(out, license_text);
  }

  template <class Out>
  static constexpr void write_help(Out& out) {
    add_text(out,
             "\n"
             "Run COMMAND under a tiny init: hand every signal on to it, reap orphans, exit\n"
             "with its status.\n"
             "\n");
    for (const auto& row : option_rows) {
      if (!row.text.empty()) describe(out, row);
    }
    add_field(out,
              "\n"
              "FOSTER_TARGET=child is --target=child, and so on; the command line wins.\n"
              "Exit status: COMMAND's, 128+n if signal n killed it; 125 if foster could not\n"
              "start it, 126 if it cannot be run, 127 if it was not found.\n");
  }
};
constexpr auto answers = compress<Answers>();

void add_option(Text& text, const UsageError& error) {
  if (error.in_environment) {
    text.add("variable ").add(variable_prefix);
    for (const char c : error.name) text.add(variable_letter(c));
    return;
  }
  text.add("option '-");
  if (error.letter != 0) {
    text.escaped({&error.letter, 1});
  } else {
    text.add('-').escaped(error.name);
  }
  text.add('\'');
}

const char* pattern_of(UsageError::Kind kind) {
  switch (kind) {
    case UsageError::Kind::unknown_option:
      return "unknown %o; usage: %u";
    case UsageError::Kind::missing_value:
      return "%o needs a value; allowed: %a";
    case UsageError::Kind::unwanted_value:
      return "%o takes no value";
    case UsageError::Kind::bad_value:
      return "%o: %v is not allowed; allowed: %a";
    case UsageError::Kind::unwanted_command:
      return "pause takes no command; usage: %u";
    default:
      return "no command given; usage: %u";
  }
}

}  // namespace

Text& add_usage(Text& text, const Personality& personality) {
  return text.add(personality.name).add(' ').add(personality.usage);
}

void explain(Text& text, const Parsed& parsed) {
  const UsageError& error = parsed.error;
  text.fill(pattern_of(error.kind), [&](Text& out, char what) {
    if (what == 'o') {
      add_option(out, error);
    } else if (what == 'v') {
      out.quoted(error.value);
    } else if (what == 'u') {
      add_usage(out, parsed.personality).add(parsed.personality.hint);
    } else {
      out.add(error.allowed);
    }
  });
}

void add_help(Text& text, const Personality& personality) {
  add_entry(text, answers.data(), personality.options.empty() ? 0 : 1);
}

void add_license(Text& text) { add_entry(text, answers.data(), 2); }

}  // namespace foster
