#include "kernel/spawn.hpp"

#include <cerrno>

#include "kernel/descriptors.hpp"
#include "kernel/listen_pid.hpp"
#include "kernel/sys.hpp"
#include "policy/exit_status.hpp"

namespace foster {

namespace {

// A session's leader leads its group as well.
int become_leader(bool session) {
  return (session ? sys::become_session_leader() : sys::become_group_leader()).error();
}

// No terminal is no reason not to run: the command finds itself in the background.
void take_foreground(const Command& command) {
  if (command.terminal >= 0) {
    take_as_controlling(command.terminal);
  } else if (command.inherited.terminal.ours) {
    give_foreground(command.inherited.terminal, sys::own_pid());
  }
}

// The child's steps in their order: 0, or the errno of `stage`. Without any of them, but for the terminal, the command
// would run as something else than it was meant to.
int take_steps(const Command& command, Stage& stage) {
  stage = Stage::group;
  if (const int error = become_leader(command.session); error != 0) return error;
  take_foreground(command);
  stage = Stage::disposition;
  if (const int error = give_back_disposition(command.inherited); error != 0) return error;
  stage = Stage::mask;
  if (const int error = give_back_mask(command.inherited); error != 0) return error;
  stage = Stage::exec;
  return execute_command(command.program, command.room.path);
}

// Returns only on failure.
void become_command(Command& command) {
  command.room.listen_pid.name_child(command.program.environment);
  Stage stage = Stage::none;
  const int error = take_steps(command, stage);
  // Not before: where the exec comes about, this is memory of the parent's.
  command.error = {stage, error};
  // From here on this is init's code again, and no signal may end it before it has told.
  (void)block_all();
}

int run_in_shared_memory(void* argument) {
  Command& command = *static_cast<Command*>(argument);
  become_command(command);
  sys::exit_child(exit_code_of_failure(command));
}

// The parent stands still until the exec, so nothing can be forwarded to a child that is not ready for it.
void start_by_vfork(Command& command, bool with_pidfd) {
  command.child = {};
  command.error = {};
  const auto pid =
      sys::clone_sharing_memory(run_in_shared_memory, &command, with_pidfd ? &command.child.pidfd : nullptr);
  command.child.pid = pid.value();
  if (!pid) command.error = {Stage::clone, pid.error()};
}

[[noreturn]] void run_in_own_memory(Command& command, int pipe) {
  become_command(command);
  const std::string_view bytes(reinterpret_cast<const char*>(&command.error), sizeof command.error);
  // Without a reader the parent did not wait for us: we were stopped, or there is no pipe.
  if (!sys::write(pipe, bytes)) report_failure(command);
  sys::exit_child(exit_code_of_failure(command));
}

// Waits for the pipe's end, which is the exec, or for what the child says in it. A child that is stopped before it
// execs (somebody typed Ctrl-Z) is left to the loop, which knows what to do with it. So is one that takes a second, or
// a pipe that cannot be read: signals that come too early wait in its mask, and its exit code says what can be known.
void wait_for_exec(Command& command, int pipe) {
  constexpr int look_for_a_stop_ms = 20;
  int error = 0;
  for (int tries = 50; tries > 0; --tries) {
    const auto ready = sys::wait_readable(pipe, look_for_a_stop_ms);
    if (ready && !ready.value()) {
      const auto stopped = sys::is_stopped(command.child.pid);
      if (stopped && stopped.value()) break;
      continue;
    }
    const auto bytes = sys::read(pipe, std::as_writable_bytes(std::span(&command.error, 1)));
    if (bytes) {
      if (bytes.value() != sizeof command.error) command.error = {};
      return;
    }
    error = bytes.error();
  }
  if (error != 0) command.report.failure(Phrase::learn_of_start, error);
}

// Without a pipe the child tells of a failed exec itself, and a signal that comes too early waits in its mask.
void start_by_fork(Command& command) {
  int reader = sys::no_descriptor;
  int writer = sys::no_descriptor;
  (void)sys::make_pipe(reader, writer);
  reader = moved_up(reader);
  writer = moved_up(writer);
  command.child = {};
  command.error = {};
  const auto pid = sys::fork_child();
  if (pid && pid.value() == 0) {
    (void)sys::close(reader);
    run_in_own_memory(command, writer);
  }
  // While it is open here, the pipe has no end.
  (void)sys::twice([&] { return sys::close(writer); });
  command.child.pid = pid.value();
  if (!pid) {
    command.error = {Stage::clone, pid.error()};
  } else if (reader != sys::no_descriptor) {
    wait_for_exec(command, reader);
  }
  (void)sys::close(reader);
}

bool was_cloned(const Command& command) { return command.error.stage != Stage::clone; }

}  // namespace

// Not inlined, as what it calls would be: the frame of main is the one that stays.
[[gnu::noinline]] void spawn(Command& command) {
  // A vfork child that is stopped before its exec would hold us in an uninterruptible wait, and with the foreground
  // handed over anybody's Ctrl-Z can stop it.
  if (command.inherited.terminal.ours || command.terminal >= 0) return start_by_fork(command);
  if (command.pidfd != Pidfd::none) {
    start_by_vfork(command, true);
    if (was_cloned(command)) return;
    if (command.pidfd == Pidfd::required) {
      command.error.stage = Stage::clone_with_pidfd;
      return;
    }
  }
  start_by_vfork(command, false);
  if (!was_cloned(command)) start_by_fork(command);
}

int exit_code_of_failure(const Command& command) {
  const SpawnError& error = command.error;
  return error.stage == Stage::exec ? exit_code_of_exec_error(error.error) : command.failure_status;
}

}  // namespace foster
