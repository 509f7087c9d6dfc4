// The rows of the options as the program goes over them, without what only --help shows.
#pragma once

#include "command_line/table.hpp"
#include "command_line/texts.hpp"
#include "packed.hpp"

namespace foster {

struct Option {
  OptionId id{};
  Argument argument{};
  bool has_variable = false;
  TextNumber allowed = 0;
  const char* letters = "";
  const char* name = "";
};

// Its first byte: what is in the lowest 5 bits, the next 2, and the last.
template <class Out>
constexpr void add_row(Out& out, const OptionRow& row) {
  const int first = static_cast<int>(row.id) | static_cast<int>(row.argument) << 5 | (row.has_variable ? 1 : 0) << 7;
  for (const int byte : {first, static_cast<int>(number_of(row.allowed))}) {
    out.add(static_cast<char>(static_cast<unsigned char>(byte)));
  }
  for (const auto field : {row.letters, row.name}) add_field(out, field);
}

// foster's own.
Unpacker own_rows();

// The first one of `rows`, which is taken off.
void take_row(Unpacker& rows, Option& option);

}  // namespace foster
