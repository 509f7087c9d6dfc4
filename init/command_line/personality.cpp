#include "command_line/personality.hpp"

#include <cstring>

#include "command_line/names.hpp"
#include "command_line/option_rows.hpp"
#include "command_line/values.hpp"
#include "packed.hpp"

namespace foster {

namespace {

struct Rows {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto& row : name_rows) {
      add_field(out, row.names);
      add_block(out, [&](auto& block) { write_rest(block, row); });
    }
  }

  template <class Out>
  static constexpr void write_rest(Out& out, const NameRow& row) {
    const auto add_byte = [&](auto value) { out.add(static_cast<char>(value)); };
    add_byte(row.mode);
    add_byte(row.target);
    add_byte(row.session);
    add_byte(row.terminate_rest);
    add_byte(row.explains_end);
    add_byte(row.subreaper);
    add_byte(row.failure_status);
    // In the order of Manners.
    for (const auto text : {row.usage, row.hint, row.version}) add_byte(number_of(text));
    add_byte(row.help_on_stderr);
    add_byte(row.version_on_stderr);
    add_byte(row.abbreviates);
    add_byte(row.takes_dashes_away);
    add_block(out, [&](auto& block) {
      for (const auto& option : row.options) add_row(block, option);
    });
    for (const auto& variable : row.variables) {
      add_byte(variable.id);
      for (const auto field : {variable.name, variable.needed, variable.means}) add_field(out, field);
    }
  }
};
constexpr auto packed_rows = pack<Rows>();

const char* base_name(const char* path) {
  const char* name = path;
  for (; *path != '\0'; ++path) {
    if (*path == '/') name = path + 1;
  }
  return name;
}

bool flag(Unpacker& entries) { return entries.character() != 0; }

void unpack(Unpacker entries, Parsed& parsed) {
  Options& options = parsed.options;
  options.mode = static_cast<Mode>(entries.character());
  options.target = static_cast<Target>(entries.character());
  options.session = flag(entries);
  options.terminate_rest = flag(entries);
  options.explains_end = flag(entries);
  options.subreaper = static_cast<Subreaper>(entries.character());
  options.failure_status = static_cast<unsigned char>(entries.character());
  Personality& personality = parsed.personality;
  std::memcpy(static_cast<Manners*>(&personality), entries.skip(sizeof(Manners)), sizeof(Manners));
  personality.options = entries.block();
  personality.variables = entries;
}

}  // namespace

void take_personality(const char* path, Parsed& parsed) {
  const std::string_view name = base_name(path == nullptr ? "" : path);
  Unpacker entries(packed_rows);
  Unpacker rest;
  int place = -1;
  do {
    const char* const names = entries.field();
    rest = entries.block();
    place = find_word(names, name);
    parsed.personality.name = word_at(names, place < 0 ? 0 : place);
  } while (place < 0 && !entries.empty());
  unpack(rest, parsed);
}

void read_own_variables(const Personality& personality, char* const* environment, Options& options) {
  for (Unpacker entries = personality.variables; !entries.empty();) {
    const auto id = static_cast<OptionId>(entries.character());
    const char* const name = entries.field();
    const char* const needed = entries.field();
    const char* const means = entries.field();
    const char* const entry = *find_entry(environment, name);
    if (entry == nullptr) continue;
    const char* const value = behind(entry, name);
    if (*needed == '\0' || same_bytes(needed, value))
      (void)set_option(options, id, *means == '\0' ? value : means, true);
  }
}

}  // namespace foster
