#include "command_line/personality.hpp"

#include <span>
#include <string_view>

#include "command_line/table.hpp"
#include "command_line/values.hpp"
#include "packed.hpp"

namespace foster {

namespace {

struct Variable {
  std::string_view name;
  std::string_view needed;  // counts with this value only; empty: with any
  OptionId id;
  std::string_view means;  // the option's value; empty: the variable's own
};

struct Row {
  std::string_view names;
  Mode mode = Mode::run;
  Target target = Target::child;
  bool session = false;
  bool terminate_rest = false;
  bool explains_end = false;
  Subreaper subreaper = Subreaper::automatic;
  int failure_status = 1;
  bool help_on_stderr = false;
  bool version_on_stderr = false;
  bool abbreviates = false;
  bool takes_dashes_away = false;
  std::string_view version;  // a pattern; %v is the number
  std::string_view usage;
  std::string_view hint{};
  std::span<const OptionRow> options{};
  std::span<const Variable> variables{};
};

constexpr OptionRow option(OptionId id, std::string_view letters, std::string_view name = {}) {
  return {.id = id, .argument = Argument::none, .letters = letters, .name = name};
}

constexpr OptionRow with_value(OptionId id, std::string_view letters, std::string_view name, std::string_view allowed) {
  return {.id = id, .argument = Argument::required, .letters = letters, .name = name, .allowed = allowed};
}

constexpr OptionRow tini_options[] = {
    {.id = OptionId::version, .argument = Argument::alone, .name = "version"},
    option(OptionId::help, "h"),
    option(OptionId::subreaper, "s"),
    with_value(OptionId::parent_death_signal_in_full, "p", "", "a signal such as SIGTERM, by its full name"),
    option(OptionId::verbose, "v"),
    option(OptionId::report_orphans, "w"),
    option(OptionId::target, "g"),
    with_value(OptionId::exit_code_to_zero, "e", "", "0 to 255"),
    option(OptionId::license, "l"),
};

constexpr Variable tini_variables[] = {
    {"TINI_SUBREAPER=", "", OptionId::subreaper, "yes"},
    {"TINI_KILL_PROCESS_GROUP=", "", OptionId::target, "group"},
    {"TINI_VERBOSITY=", "", OptionId::verbosity, ""},
};

constexpr OptionRow dumb_init_options[] = {
    option(OptionId::single_child, "c", "single-child"),
    with_value(OptionId::rewrite_by_number, "r", "rewrite", "A:B, A from 1 to 31, B from 0 (drop it) to 31"),
    option(OptionId::debug, "v", "verbose"),
    option(OptionId::help, "h", "help"),
    option(OptionId::version, "V", "version"),
};

constexpr Variable dumb_init_variables[] = {
    {"DUMB_INIT_DEBUG=", "1", OptionId::debug, "yes"},
    {"DUMB_INIT_SETSID=", "0", OptionId::single_child, "yes"},
};

constexpr OptionRow catatonit_options[] = {
    option(OptionId::target, "g"),
    option(OptionId::help, "h"),
    option(OptionId::license, "L"),
    option(OptionId::pause, "P"),
    option(OptionId::version, "V", "version"),
};

constexpr Variable catatonit_variables[] = {
    {"CATATONIT_DEBUG=", "", OptionId::debug, "yes"},
};

constexpr OptionRow pause_options[] = {
    option(OptionId::version, "vV"),
    option(OptionId::pause, "P"),
};

constexpr Row rows[] = {
    {.names = "tini tini-static docker-init",
     .subreaper = Subreaper::not_unasked,
     .takes_dashes_away = true,
     .version = "tini version %v_foster",
     .usage = "[-ghlsvw] [-e CODE] [-p SIGNAL] [--version] [--] COMMAND [ARG]...",
     .options = tini_options,
     .variables = tini_variables},
    {.names = "dumb-init",
     .target = Target::group,
     .session = true,
     .terminate_rest = true,
     .subreaper = Subreaper::no,
     .help_on_stderr = true,
     .version_on_stderr = true,
     .abbreviates = true,
     .version = "dumb-init v%v_foster",
     .usage = "[-chvV] [-r A:B] [--] COMMAND [ARG]...",
     .options = dumb_init_options,
     .variables = dumb_init_variables},
    {.names = "catatonit podman-init",
     .help_on_stderr = true,
     .abbreviates = true,
     .takes_dashes_away = true,
     .version = "tini version %v_foster",  // as catatonit has it, for dockerd
     .usage = "[-ghLPV] [--] COMMAND [ARG]...",
     .options = catatonit_options,
     .variables = catatonit_variables},
    {.names = "pause", .mode = Mode::pause, .version = "pause %v_foster", .usage = "[-PvV]", .options = pause_options},
    // The last one: it holds under every other name, and its options are those of table.hpp.
    {.names = "foster",
     .target = Target::group,
     .terminate_rest = true,
     .explains_end = true,
     .failure_status = exit_start_failed,
     .version = "tini version %v_foster",  // for dockerd --init-path=.../foster
     .usage = "[OPTION]... [--] COMMAND [ARG]...",
     .hint = " (see foster --help)"},
};

struct Rows {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const Row& row : rows) {
      add_field(out, row.names);
      add_block(out, [&](auto& block) { write_rest(block, row); });
    }
  }

  template <class Out>
  static constexpr void write_rest(Out& out, const Row& row) {
    const auto add_byte = [&](auto value) { out.add(static_cast<char>(value)); };
    add_byte(row.mode);
    add_byte(row.target);
    add_byte(row.session);
    add_byte(row.terminate_rest);
    add_byte(row.explains_end);
    add_byte(row.subreaper);
    add_byte(row.failure_status);
    add_byte(row.help_on_stderr);
    add_byte(row.version_on_stderr);
    add_byte(row.abbreviates);
    add_byte(row.takes_dashes_away);
    add_field(out, row.version);
    add_field(out, row.usage);
    add_field(out, row.hint);
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

std::string_view base_name(std::string_view path) {
  while (find(path, '/') < path.size()) path.remove_prefix(find(path, '/') + 1);
  return path;
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
  personality.help_on_stderr = flag(entries);
  personality.version_on_stderr = flag(entries);
  personality.abbreviates = flag(entries);
  personality.takes_dashes_away = flag(entries);
  personality.version = entries.field();
  personality.usage = entries.field();
  personality.hint = entries.field();
  personality.options = entries.block();
  personality.variables = entries.rest();
}

}  // namespace

void take_personality(const char* path, Parsed& parsed) {
  const auto name = base_name(path == nullptr ? "" : path);
  std::string_view rest;
  for (Unpacker entries(packed_rows); !entries.empty();) {
    const auto names = entries.field();
    rest = entries.block();
    const int place = find_word(names, name);
    parsed.personality.name = word_at(names, place < 0 ? 0 : place);
    if (place >= 0) break;
  }
  unpack(Unpacker(rest), parsed);
}

void read_own_variables(const Personality& personality, char* const* environment, Options& options) {
  for (Unpacker entries(personality.variables); !entries.empty();) {
    const auto id = static_cast<OptionId>(entries.character());
    const auto name = entries.field();
    const auto needed = entries.field();
    const auto means = entries.field();
    const char* const entry = *find_entry(environment, name);
    if (entry == nullptr) continue;
    const auto value = behind(entry, name);
    if (needed.empty() || needed == value) (void)set_option(options, id, means.empty() ? value : means, true);
  }
}

}  // namespace foster
