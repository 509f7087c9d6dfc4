// Our place among the processes: who our parent is, and whose orphans come to us.
#pragma once

namespace foster {

// Makes us the one that orphans below us are handed to, as PID 1 is without asking. Returns 0 or the errno.
int adopt_orphans();

// Are we one already? So we are if somebody made us one before our exec.
bool adopts_orphans();

// Has the kernel send us `signal` when our parent dies; if that has just happened, sends it now. 0 or the errno.
int watch_parent(int signal);

}  // namespace foster
