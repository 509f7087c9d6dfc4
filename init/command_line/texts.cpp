#include "command_line/texts.hpp"

#include "command_line/license_text.hpp"
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

struct Texts {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto text : refusals) add_field(out, text);
    write_help(out);
    add_field(out, "This is foster, which takes the options of its name; see foster(1).\n");
    add_field(out, license_text);
    for_each_row_text([&](std::string_view text) { add_field(out, text); });
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
constexpr auto texts = compress<Texts>();

}  // namespace

Text& add_text(Text& text, TextNumber number) {
  add_entry(text, texts.data(), number);
  return text;
}

}  // namespace foster
