#include "command_line/option_rows.hpp"

namespace foster {

namespace {

struct Rows {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto& row : option_rows) add_row(out, row);
  }
};
constexpr auto packed_rows = pack<Rows>();

}  // namespace

Unpacker own_rows() { return Unpacker(packed_rows); }

void take_row(Unpacker& rows, Option& option) {
  const unsigned first = static_cast<unsigned char>(rows.character());
  option.id = static_cast<OptionId>(first % 32);
  option.argument = static_cast<Argument>(first / 32 % 4);
  option.has_variable = first >= 128;
  option.allowed = static_cast<TextNumber>(rows.character());
  option.letters = rows.field();
  option.name = rows.field();
}

}  // namespace foster
