// The command that the integration tests run under the init. It knows nothing of the init's code: it uses libc, and the
// kernel's own calls where libc hides signals. Each subcommand is one function.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace actor {

inline constexpr int last_signal = 64;

// The words after the subcommand's name; ends with a null pointer.
using Words = char**;

// Writes at once, in one piece: lines of several processes must not mix.
void say(const std::string& line);
// Says why on stderr, with errno, and exits with 99.
[[noreturn]] void fail(const std::string& what);
// Becomes the program of these words.
[[noreturn]] void execute(Words words);
// A number from 0 on; fails on anything else, and on a missing word (a null pointer).
long number(const char* word);

// rt_sigaction(2) for any signal, 32 and 33 too. Null: only ask. Returns the old handler (0 default, 1 ignored).
using Handler = void (*)(int, void*, void*);
std::uintptr_t set_handler(int signal, const Handler* handler);
Handler default_handler();
Handler ignoring_handler();
std::uint64_t blocked_signals();

// Signals
int catch_all(Words);  // NAME: handlers for every signal; "NAME ready", then "NAME signal N code C value V"
int on_term(Words);    // CODE: a handler for TERM that exits with it; "ready", then waits
int die(Words);        // SIGNAL: of it
int ignore(Words);     // A,B,… COMMAND…: with these signals ignored
int send(Words);       // PID A,B,… COMMAND…: sends the signals, then becomes the command

// Processes
int exit_with(Words);        // CODE
int hold(Words);             // "ready", then waits to be killed
int orphans(Words);          // N AT_ONCE: so many orphans that die, in waves; "done", then waits
int orphan(Words);           // NAME exit|signal N COMMAND…: one orphan, and "orphan PID"; then becomes the command
int helper(Words);           // NAME COMMAND…: a process of our group that catches all; then becomes the command
int leave_group(Words);      // COMMAND…: in another process group than its own
int own_group(Words);        // COMMAND…: as the leader of a new group
int take_foreground(Words);  // COMMAND…: with its own group in the terminal's foreground
int parent(Words);           // COMMAND…: starts it and waits to be killed
int reuse(Words);    // COMMAND…: a process outside our group that takes our pid once it is free: "stranger ready"
int threads(Words);  // WAY VALUE: with a thread besides its first: see threads.cpp
int outer(Words);    // FD COMMAND…: a PID 1 that starts it, reaps, and writes "started PID", "ended PID STATUS"

// What it was started with
int state(Words);  // FILE: mask, dispositions, folder, descriptors, environment, numbers
int deny(Words);   // CALL[:CONDITION]=ERROR[,…] COMMAND…: these system calls fail for the command

// The end
int await(Words);     // NAME COMMAND…: "NAME ready"; at USR1 becomes the command
int aside(Words);     // COMMAND… -- COMMAND…: starts the first in a session of its own; becomes the second
int worker(Words);    // NAME MS: "NAME ready"; at TERM works on for so long, then "NAME done"
int heir(Words);      // NAME: "NAME ready"; at TERM leaves such a worker behind, and exits
int stranger(Words);  // NAME COMMAND…: an orphan that is not ours and catches all; then becomes the command
int eat(Words);       // memory, until somebody kills it

// Hostile
int as_user(Words);  // UID COMMAND…: as that user and group
int daemon(Words);   // CODE: leaves "daemon", a process in a session of its own, and exits

}  // namespace actor
