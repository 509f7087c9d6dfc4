// What init was started with and changes for itself: read once, given back to the child.
#pragma once

#include "kernel/terminal.hpp"
#include "policy/signals.hpp"

namespace foster {

struct Inherited {
  SignalSet mask;
  bool child_signal_ignored = false;
  Terminal terminal;
};

// Blocks every signal, so that none is lost from here on; SIGCHLD to its default (ignored, it would hide the children's
// ends); reaps what was already dead, for neither a zombie inherited at exec nor one whose SIGCHLD was discarded just
// now will ever raise a signal. Returns 0, or the errno of a start that would lose signals.
int take_over(Inherited& inherited);

// The disposition of SIGCHLD, as it was.
int give_back_disposition(const Inherited& inherited);

// The mask, as it was: the last step before an exec. Both return 0 or the errno.
int give_back_mask(const Inherited& inherited);

// Blocks every signal again, after an exec that failed.
int block_all();

}  // namespace foster
