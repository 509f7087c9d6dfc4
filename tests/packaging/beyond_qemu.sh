#!/usr/bin/env bash
# To be sourced.

# beyond_qemu: the integration tests that qemu-user 7.2 cannot carry: "# REASON", and below it their names, where *
# stands for anything.
beyond_qemu() {
  cat <<'ROWS'
# a vfork is a fork there, and nothing that the child writes reaches the parent: no reason why a start failed
TERM is not lost at any system call of the start, each way to clone
127 where the command was not found
126 where the command cannot be run
127, and the interpreter that is missing is named
a command that is not for us in one folder of PATH is looked for in the next ones
a failed start says the same, each way to clone
a command that is not found is told as ever
under a peer's name a start that fails is 1, a command that cannot be run 126, a missing one 127
# it takes milliseconds to start, and as PID 1 loses the signals that come meanwhile
TERM is not lost in the first milliseconds, each way to clone
# it starts a thread, which this limit does not allow
125 where no process can be started
# its thread is process 2, and these expect that of the command
a main command that was killed: who sent the signal
a main command that was killed: that a core was dumped
--termination-log: the same line in the file, if it exists and is empty, with -q as well
the last line names a real OOM kill
-v says who asked for the end
# real-time signals have other numbers inside than outside, and the last ones do not exist
the exit code is 128 + n for every signal n that kills
the exit status is what wait4 says of the same command, for each kind of death
--exit-zero=forwarded: a signal that we handed on is no failure, one that somebody else sent is
the signal mask is handed on
ignored signals are handed on
--stop-signal adds to TERM, and starts the clock
nothing but how it was killed is said unless asked for; *
FOSTER_VERBOSE and FOSTER_QUIET
pause ignores every other signal
-p says nothing to PID 1, whose parent is outside and lives
each of the 61 signals arrives once, one at a time
the other processes of the group get each signal, too
with -c nobody but the main command gets a signal
a main command that left its group alone still gets each signal
a main command that left a helper behind in its group still gets each signal
a queued value reaches the main command with each signal and -c
a value that the main command's full queue does not take costs the value, not the signal
with a stderr that cannot be written signals are forwarded, and no SIGPIPE of init's own
what a full pipe cost is told with the next message that gets through
the command's stderr keeps its flags
-r hands a signal on as another one, and leaves the rest alone
--target=all reaches processes outside the group
# a CHLD that was ignored before stays so for the kernel
an init with CHLD ignored at its start reaps, and leaves
# it turns the environment round
the environment is handed on, byte by byte
LISTEN_PID*
# it takes the place of closed standard descriptors
closed standard descriptors stay closed
its own descriptors never land on 0 to 2
# it answers for /proc/self/exe, whether /proc is there or not
it is refused without /proc, which has the program
# it refuses PR_SET_CHILD_SUBREAPER
orphans are adopted and reaped by a subreaper
tini, not PID 1: one warning, unless it is a subreaper already
FOSTER_SUBREAPER, and the command line wins over it
not PID 1*
# it does not know what a kernel that reaps is asked, and handles each signal itself
a child that dies during the pause is reaped by the kernel, which does not wake it
--reap says who reaps, FOSTER_REAP does, and the command line wins
with -c signals go to no group, and need no kernel that can send them there
--reap=auto: init reaps where the kernel cannot
a child from before init, whose end was to raise no signal, is reaped in either loop
ROWS
}
