// What the rows have in common: starts, and what any init must come to. A check says in words how it was wrong, for the
// table of scripts/hostile.
#pragma once

#include <doctest/doctest.h>

#include <functional>

#include "harness.hpp"

// Another init is judged by what it does alone: foster's words and its code for a failed start are its own.
bool is_peer();
// The init under test says as much as it can: foster's -vvv -w, or what HOSTILE_VERBOSE and HOSTILE_VARIABLE ask for.
Start verbose(Start start);

// Exits with it at TERM.
inline constexpr int code_at_term = 42;
// An orphan is made and dies, then the command waits for TERM.
Words usual_command();
// Without an orphan: no pipe is needed for it.
Words plain_command();

// In the launcher, where nothing can be thrown: a preparation that failed ends it, and so the test.
void must(bool done, const char* what);

// Waits for what holds only while the init lives, and throws at once when it does not.
void wait_while_alive(Init& init, const std::string& what, const std::function<bool()>& holds, int pause_ms = 1);
// The command of the two above, when its handler is there.
pid_t wait_for_command(Init& init);
// Until it sleeps and is not woken: it neither spins nor has anything left to do.
void wait_until_idle(Init& init);
// "exit 3", "killed by signal 9"
std::string end_of(Init& init);

// The orphan is reaped, the init sleeps, TERM reaches the command, and its code becomes the init's.
void check_usual_course(
    Init& init, const std::function<void(pid_t)>& look = [](pid_t) {});
// `start` without a command.
void check_works(
    Start start, const std::function<void(pid_t)>& look = [](pid_t) {});
// The command above was not run; foster says why in one line, with all of these parts, and with this code. With code 0
// any code that tells of a failure will do.
void check_refused(Init& init, int code, const Words& parts = {});
// A usage error or a failed start: foster's code is 125, a peer has its own.
void check_start_refused(Init& init, const Words& parts = {});
// One of the two; true if it works.
bool check_works_or_is_refused(Start start);

// Of `actor catch main` in the last place of the command: a few signals, each once and nothing in between.
void check_signals_arrive(Init& init);
