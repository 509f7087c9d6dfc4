#include "command_line/table.hpp"

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

OptionRows::OptionRows() : entries_(packed_rows) {}

void OptionRows::take(OptionRow& row) {
  row.id = static_cast<OptionId>(entries_.character());
  row.argument = static_cast<Argument>(entries_.character());
  row.has_variable = entries_.character() != 0;
  for (auto* const field : {&row.letters, &row.name, &row.allowed}) *field = entries_.field();
}

}  // namespace foster
