// The controlling terminal: its foreground is handed to the command's group and taken back, and Ctrl-Z stops the
// command and us together.
#pragma once

#include <sys/types.h>

namespace foster {

struct Terminal {
  int fd = -1;        // 0, 1 or 2; -1: there is none
  pid_t group = 0;    // our own process group
  bool ours = false;  // that is in the foreground now, and ours to hand over
  [[nodiscard]] bool is_there() const { return fd >= 0; }
};

// Looks at descriptors 0, 1 and 2 for our controlling terminal. Group numbers of 0 mean that both are outside the
// namespace, which proves nothing (ioctl_tty(2)): then there is none, too.
void find_terminal(Terminal& terminal);

// Lets go of it, for a session that is to have it. Returns its descriptor; -1: there was none. That raises HUP and
// CONT, which nobody is meant to get, if we lead our session: they are taken back.
int give_up(Terminal& terminal);

// Makes the terminal of `fd` that of our session, which we lead, and puts us into its foreground; in the child before
// exec. Returns 0 or the errno.
int take_as_controlling(int fd);

// Gives the foreground to `group`, in the child before exec. Returns 0 or the errno.
int give_foreground(const Terminal& terminal, pid_t group);

// Gives it to `group` if it is ours to give: our own group has it, or one of which nobody is left. True if `group` has
// it now.
bool offer_foreground(const Terminal& terminal, pid_t group);

// Takes the foreground back if `group` still holds it: a shell above us would read from a terminal it does not have.
void take_foreground_back(const Terminal& terminal, pid_t group);

// What the terminal would have done with our group, by TSTP, TTIN or TTOU, if the command had been in it. The kernel
// decides who is stopped: not PID 1, nor a session leader or an orphaned group. Returns once we are continued, or at
// once.
void suspend_own_group(int number);

// The same for us alone, and the CONT that wakes us up stays to be handed on.
void suspend_self(int number);

}  // namespace foster
