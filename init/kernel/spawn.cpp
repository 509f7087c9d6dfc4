#include "kernel/spawn.hpp"

#include <cerrno>

#include "kernel/descriptors.hpp"
#include "kernel/exec.hpp"
#include "kernel/sys.hpp"
#include "policy/exit_status.hpp"

namespace foster {

namespace {

// All that the child needs, in memory that it shares or has a copy of.
struct Start {
  Command& command;
  const Inherited& inherited;
  Report& report;
  PathRoom& room;
  // Written by a child that shares our memory; where it does not (qemu-user and valgrind make a fork of a vfork), it
  // stays as it is, and the child's exit code says as much as can be known.
  SpawnError failure;
};

int take_step(Stage stage, const Start& start) {
  switch (stage) {
    case Stage::group:
      // A session's leader leads its group as well.
      return (start.command.session ? sys::become_session_leader() : sys::become_group_leader()).error();
    case Stage::terminal:
      if (start.command.terminal >= 0) return take_as_controlling(start.command.terminal);
      return start.inherited.terminal.ours ? give_foreground(start.inherited.terminal, sys::own_pid()) : 0;
    case Stage::disposition:
      return give_back_disposition(start.inherited);
    case Stage::mask:
      return give_back_mask(start.inherited);
    default:
      return execute_command(start.command.words, start.command.environment, start.room);
  }
}

// No terminal is no reason not to run: the command finds itself in the background. Without any of the other steps it
// would run as something else than it was meant to.
bool is_tolerated(Stage stage) { return stage == Stage::terminal; }

// The child's steps in their order. Returns only on failure.
SpawnError become_command(const Start& start) {
  SpawnError failure;
  start.command.listen_pid.name_child(start.command.environment);
  for (const Stage stage : {Stage::group, Stage::terminal, Stage::disposition, Stage::mask, Stage::exec}) {
    const int error = take_step(stage, start);
    if (error == 0 || is_tolerated(stage)) continue;
    failure = {stage, error};
    break;
  }
  // From here on this is init's code again, and no signal may end it before it has told.
  (void)block_all();
  return failure;
}

int run_in_shared_memory(void* argument) {
  Start& start = *static_cast<Start*>(argument);
  start.failure = become_command(start);
  sys::exit_child(exit_code_of(start.failure, start.command.failure_status));
}

// The parent stands still until the exec, so nothing can be forwarded to a child that is not ready for it.
Spawned start_by_vfork(Start& start, bool with_pidfd) {
  Spawned spawned;
  int* const pidfd = with_pidfd ? &spawned.child.pidfd : nullptr;
  const auto pid = sys::clone_sharing_memory(run_in_shared_memory, &start, pidfd);
  if (!pid) return {.child = {}, .error = {Stage::clone, pid.error()}};
  spawned.child.pid = pid.value();
  spawned.error = start.failure;
  return spawned;
}

[[noreturn]] void run_in_own_memory(Start& start, int pipe) {
  start.failure = become_command(start);
  const std::string_view bytes(reinterpret_cast<const char*>(&start.failure), sizeof start.failure);
  // Without a reader the parent did not wait for us: we were stopped, or there is no pipe.
  if (!sys::write(pipe, bytes)) report_spawn_error(start.report, start.failure, start.command);
  sys::exit_child(exit_code_of(start.failure, start.command.failure_status));
}

// Waits for the pipe's end, which is the exec, or for what the child says in it. A child that is stopped before it
// execs (somebody typed Ctrl-Z) is left to the loop, which knows what to do with it. So is one that takes a second, or
// a pipe that cannot be read: signals that come too early wait in its mask, and its exit code says what can be known.
SpawnError wait_for_exec(int pipe, pid_t child, Report& report) {
  constexpr int look_for_a_stop_ms = 20;
  int error = 0;
  for (int tries = 50; tries > 0; --tries) {
    const auto ready = sys::wait_readable(pipe, look_for_a_stop_ms);
    if (ready && !ready.value()) {
      const auto stopped = sys::is_stopped(child);
      if (stopped && stopped.value()) break;
      continue;
    }
    SpawnError failure;
    const auto bytes = sys::read(pipe, std::as_writable_bytes(std::span(&failure, 1)));
    if (bytes) return bytes.value() == sizeof failure ? failure : SpawnError{};
    error = bytes.error();
  }
  if (error != 0) report.failure("learn whether the command was started", error);
  return {};
}

// Without a pipe the child tells of a failed exec itself, and a signal that comes too early waits in its mask.
Spawned start_by_fork(Start& start) {
  int reader = sys::no_descriptor;
  int writer = sys::no_descriptor;
  (void)sys::make_pipe(reader, writer);
  reader = moved_up(reader);
  writer = moved_up(writer);
  const auto pid = sys::fork_child();
  if (pid && pid.value() == 0) {
    (void)sys::close(reader);
    run_in_own_memory(start, writer);
  }
  // While it is open here, the pipe has no end.
  (void)sys::twice([&] { return sys::close(writer); });
  Spawned spawned;
  if (!pid) {
    spawned.error = {Stage::clone, pid.error()};
  } else {
    spawned.child.pid = pid.value();
    if (reader != sys::no_descriptor) spawned.error = wait_for_exec(reader, pid.value(), start.report);
  }
  (void)sys::close(reader);
  return spawned;
}

bool was_cloned(const Spawned& spawned) { return spawned.error.stage != Stage::clone; }

}  // namespace

// Not inlined, as what it calls would be: the frame of main is the one that stays.
[[gnu::noinline]] Spawned spawn(Command& command, const Inherited& inherited, Pidfd pidfd, Report& report,
                                PathRoom& room) {
  Start start{command, inherited, report, room, {}};
  // A vfork child that is stopped before its exec would hold us in an uninterruptible wait, and with the foreground
  // handed over anybody's Ctrl-Z can stop it.
  if (inherited.terminal.ours || command.terminal >= 0) return start_by_fork(start);
  if (pidfd != Pidfd::none) {
    auto spawned = start_by_vfork(start, true);
    if (was_cloned(spawned)) return spawned;
    if (pidfd == Pidfd::required) {
      spawned.error.stage = Stage::clone_with_pidfd;
      return spawned;
    }
  }
  const auto spawned = start_by_vfork(start, false);
  return was_cloned(spawned) ? spawned : start_by_fork(start);
}

int exit_code_of(const SpawnError& error, int failure_status) {
  return error.stage == Stage::exec ? exit_code_of_exec_error(error.error) : failure_status;
}

}  // namespace foster
