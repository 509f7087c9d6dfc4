// What happens to an init from outside, in words that fit a simulated kernel and a real one.
#pragma once

#include <string>
#include <vector>

namespace fake {

// What the main command does once it runs.
struct Command {
  std::vector<int> catches{};  // takes note of these signals
  int exits_on = 0;            // exits when it gets this one
  int exit_code = 0;
  bool leaves_group = false;  // into a group of its own, a helper staying behind in the old one
  bool other_user = false;    // that init may not send signals to
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
  };
  What what = What::signal;
  int number = 0;
  int value = 0;
  std::vector<int> signals{};
};

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

}  // namespace fake
