// What happens to an init from outside, in words that fit a simulated kernel and a real one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fake {

// A signal that a process took, and when.
struct Received {
  int number = 0;
  std::int64_t at_ms = 0;
  bool operator==(const Received&) const = default;
};

// What the main command does once it runs.
struct Command {
  std::vector<int> catches{};  // takes note of these signals
  int exits_on = 0;            // exits when it gets this one
  int exit_code = 0;
  bool leaves_group = false;         // into a group of its own, a helper staying behind in the old one
  bool other_user = false;           // that init may not send signals to
  bool reads_terminal = false;       // which stops it, where it is not in the foreground
  std::vector<Received> receives{};  // in all, without a fault; not looked at where there are none
};

// A process that the main command has started, and that does not end with it.
struct Other {
  bool in_group = false;    // of the main command
  bool in_session = false;  // of the main command, in a group of its own; else in a session of its own
  bool ignores_term = false;
  int takes_ms = 0;                  // from its TERM to its end
  int starts = -1;                   // another one of them, as it ends
  bool comes_later = false;          // only by another one's end
  bool from_outside = false;         // put into the container, by nobody who is in it
  std::vector<Received> receives{};  // in all, without a fault
};

struct Happening {
  enum class What {
    orphans,      // `number` of them are handed to init, then die, all at once
    signal,       // `number` is sent to init
    queued,       // the same, with `value`
    burst,        // all of `signals` are sent to init before it can take the second
    main_exits,   // with `number`
    main_killed,  // by `number`, which init did not send
    parent_dies,  // init's own
    other_exits,  // number `number`, by itself
    limit,        // nothing: before the next one, a time limit of init's runs out
    typed,        // what the terminal makes `number` of goes to its foreground
    reads,        // the main command, from the terminal
    takes_front,  // number `number` of the others takes the terminal's foreground
    to_front,     // the shell above continues init's group, and gives it the foreground
    to_back,      // the same, without the foreground
  };
  What what = What::signal;
  int number = 0;
  int value = 0;
  std::vector<int> signals{};
};

// Where the number of processes that were killed for want of memory is, if anywhere.
enum class Cgroup : std::uint8_t { nowhere, v1, v1_at_root, v2 };

// What is at the path of --termination-log.
enum class Log : std::uint8_t { absent, empty, full };

enum class Proc : std::uint8_t { mounted, empty_folder, absent };

enum class Tty : std::uint8_t { none, in_front, in_back };

struct Scenario {
  std::string name;
  std::vector<std::string> options{};
  std::string command = "command";  // what is executed; the others are files that cannot be
  Command does{};
  std::vector<Happening> happenings{};  // each when init is at rest
  int exit_code = 0;                    // what init must leave with, without a fault
  bool pid1 = true;
  bool has_shell = true;
  bool inherited_zombie = false;  // there is a dead child before init starts
  bool child_signal_ignored = false;
  bool all_blocked = false;  // every signal is blocked before init starts
  bool stderr_closed = false;
  int inherited_descriptor = -1;  // for the command; init has no use for it
  int refused_clones = 0;         // 1: without a pidfd; 2: by fork
  bool old_kernel = false;        // it has pidfds, which tell no exit status
  // Words of the line that --reap=kernel is refused with; empty where the kernel can reap.
  std::string needs_init{};
  std::vector<std::string> environment{};
  std::vector<Other> others{};
  int limits = 0;                   // of time, that run out
  std::vector<std::string> says{};  // on stderr, without a fault
  Proc proc = Proc::mounted;
  Cgroup cgroup = Cgroup::nowhere;
  int oom_kills = 0;
  Log log = Log::absent;
  std::string log_says{};       // at the end, without a fault
  Tty tty = Tty::none;          // is init's controlling terminal, with its group in front or not
  std::string why_simulated{};  // and not on the real kernel; empty: on both

  [[nodiscard]] bool pauses() const { return command.empty(); }
  [[nodiscard]] bool waits() const;
};

// The two loops, and the choice between them.
struct Loop {
  std::string name;
  std::vector<std::string> options;
  bool is_kernels = false;  // the kernel reaps, or the command is not run
};
const std::vector<Loop>& loops();

// In which loop which scenario can be: all of them where init reaps, most of them where the kernel does.
struct Pair {
  const Scenario& scenario;
  const Loop& loop;
};
const std::vector<Pair>& possible_pairs();
const std::vector<Pair>& refused_pairs();

const std::vector<Scenario>& scenarios();
// The one of them that every init is measured by.
const Scenario& story();
// The same with a command that TERM does not end: so that no call depends on how soon it dies of it.
const Scenario& steady_story();
// And one in which the others are waited for.
const Scenario& waiting_story();

}  // namespace fake
