#include "inspect/texts.hpp"

#include "compressed.hpp"
#include "inspect/status_rows.hpp"

namespace foster {

namespace {

// %0 to %5 and %a, %b are for Output::add().
constexpr std::string_view says[] = {
    "reaped by now.",
    "its tracer %2 holds it until its own end.",
    "its parent is outside this PID namespace (exec session) and does not wait.",
    "its parent %1 is hidden: look as root.",
    "is stopped: kill -CONT %1.",
    "is held by a tracer.",
    "is stuck in the kernel (D): no signal helps.",
    "does not wait: since an exec it may know of no child.",
    "does not wait.",
    "Zombie %0 (%a): ",
    "its parent %1 (%b) ",
    " It handles CHLD: kill -CHLD %1 may remind it.",
    " It is PID 1 and no init: only the container's end helps (docker run --init).",
    " kill %1 leaves it to PID 1, which reaps it if it is an init.",
    " But %1 seems to be the main command: the container ends with it.",
    "kill -9 removes none. What does:",
    "zombies: %0, more than %1",
    "Tasks: %0 total, %1 running, %5 sleeping, %2 stopped, %3 zombie",
    ", %4 hidden",
    "Pids limit: %0, %3 used by zombies",
    "This /proc is of another PID namespace.",
    "PID 1 is hidden, others may be, too (hidepid).",
    "Memory, files and threads are released; pid and exit status are left.",
    "Its main thread has ended, others live: it is no zombie.",
    "Parents:",
    " %0 (%a)",
    "Handles TERM itself.",
    "Blocks TERM: it is pending until it is taken.",
    "Ignores TERM.",
    "Is ended by TERM.",
    "Has no handler for TERM: as PID 1 it is not stopped by it.",
    "Ignores CHLD: the kernel reaps its children.",
    "%a: %0 of %1, near the limit",
    "Its open files cannot be counted.",
    "running",
    "sleeping",
    "disk-sleep",
    "stopped",
    "traced",
    "zombie",
    "idle",
    "leader-dead",
    "other",
};
static_assert(std::size(says) == static_cast<std::size_t>(Say::status_rows));

struct Says {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto say : says) add_field(out, say);
    write_status_rows(out);
  }
};
constexpr auto texts = compress<Says>();

}  // namespace

Text& add_text(Text& text, Say what, std::size_t further) {
  add_entry(text, texts.data(), static_cast<int>(what) + static_cast<int>(further));
  return text;
}

}  // namespace foster
