// A simulated kernel: processes, signals, descriptors, a clock that costs nothing, and a world outside in which things
// happen. It answers the calls of init/kernel/sys.hpp, each as the kernel does: a value from 0 up, or a negative errno.
#pragma once

#include <sys/signalfd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "context.hpp"
#include "gate.hpp"
#include "kernel/sys.hpp"
#include "process.hpp"
#include "scenario.hpp"

namespace fake {

// How a run of the program under test came to its end.
enum class End {
  exited,
  killed,   // init itself, by a signal
  hung,     // it waits without a time limit, and nothing is left that could happen
  stalled,  // it waits again and again, long after the last thing has happened
  spun,     // it makes more calls in a second than there can be a reason for
};

// A happening that does not wait until init is at rest.
struct Early {
  Side side = Side::parent;
  int before = 0;  // that call; 0: none
  Happening happening{};
};

// A signal from outside to init.
struct Sent {
  siginfo_t info{};
  std::int64_t at_ms = 0;
};

using foster::sys::Recipient;

class FakeKernel {
 public:
  FakeKernel(const Scenario& scenario, const Early& early, int calls_a_second);

  // Runs the program in it: `program(data)` is its main, and what it returns is its exit status.
  End run(int (*program)(void*), void* data);

  // --- what the run came to
  [[nodiscard]] int exit_status() const { return exit_status_; }
  [[nodiscard]] const Process& main_command() const { return processes_[main_]; }
  [[nodiscard]] bool command_ran() const { return command_ran_; }
  [[nodiscard]] bool main_lives() const { return main_ != 0 && main_command().lives(); }
  // The kernel has reaped for init, at least until the main command's end.
  [[nodiscard]] bool reaps() const { return reaped_for_init_; }
  [[nodiscard]] bool leaves_children() const;  // of init's, that are not reaped
  [[nodiscard]] const std::vector<Process>& processes() const { return processes_; }
  [[nodiscard]] const std::string& log() const { return log_; }               // of --termination-log
  [[nodiscard]] bool has_lost_foreground() const;                             // to the main command's group, at the end
  [[nodiscard]] const std::vector<siginfo_t>& seen() const { return seen_; }  // by the main command
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
  [[nodiscard]] const std::string& errors() const { return errors_; }  // what is on stderr
  [[nodiscard]] int woken_by_clock() const { return woken_by_clock_; }
  [[nodiscard]] bool rested_with_zombie() const { return rested_with_zombie_; }
  [[nodiscard]] std::int64_t oldest_zombie_ms() const { return oldest_zombie_ms_; }
  [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }  // other promises
  [[nodiscard]] std::vector<int> needless_descriptors() const;                      // of init, above 2 and not its own
  [[nodiscard]] const std::string& directory() const { return directory_; }

  void count_call(Side side, int number);

  // --- the calls, in the order of sys.hpp
  long set_signal_mask(std::uint64_t mask, std::uint64_t* old);
  long reset_signal(int number);
  long ignore_signal(int number);
  long wait_signal(std::uint64_t set, siginfo_t& info, int limit_ms);
  long send_signal(pid_t pid, int number);
  long send_signal_to_group(pid_t group, int number);
  long send_signal_to_all(int number);
  long queue_signal(pid_t pid, const siginfo_t& info);
  long set_parent_death_signal(int number);
  long open_signals(std::uint64_t set);
  long read_signals(int fd, std::span<signalfd_siginfo> room);
  long open_process(pid_t pid);
  long send_signal_by(int pidfd, Recipient recipient, int number, const siginfo_t* info);
  long can_tell_exit(int pidfd);
  long find_exit(int pidfd, int& wait_status);
  long own_pid() { return current_; }
  long parent_pid() { return here().parent; }
  long group_of(pid_t pid);
  long become_group_leader();
  long become_session_leader();
  long leads_session() { return here().session == current_ ? 1 : 0; }
  long become_subreaper();
  long is_subreaper() { return here().adopts ? 1 : 0; }
  long unique_id(pid_t pid) { return pid; }
  long reap(pid_t pid, int& wait_status, bool stops);
  long reap_with_waitid(pid_t pid, int& wait_status, bool stops) { return reap(pid, wait_status, stops); }
  long find_dead_child();
  long is_stopped(pid_t child);
  long clone_sharing_memory(int (*entry)(void*), void* argument, int* pidfd);
  long fork_child();
  [[noreturn]] void exit_child(int code);
  long execute(const char* path, char* const* arguments, char* const* environment);
  long open_to_read(const char* path);
  long open_to_write_now(const char* path);
  long read(int fd, std::span<std::byte> room);
  long write(int fd, std::string_view bytes);
  long write_now(int fd, std::string_view bytes) { return write(fd, bytes); }
  long send_now(int socket, std::string_view bytes);
  long end_of(int fd);
  long exists(const char* path);
  long is_directory(const char* path);
  long make_pipe(int& reader, int& writer);
  long close(int fd);
  long close_from(int first);
  long list_directory(int fd, std::span<std::byte> room);
  long copy_descriptor_to(int fd, int to);
  long copy_descriptor_from(int fd, int lowest);
  long descriptor_limit() { return 1024; }
  long change_directory(const char* path);
  long wait_readable(int fd, int limit_ms);
  long is_writable(int fd);
  long wait_signals_or_exit(int signals, int pidfd, int limit_ms);
  long sleep_ms(int duration_ms);
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  long give_up_terminal(int fd);
  long take_terminal(int fd);
  long foreground_group(int fd);
  long set_foreground_group(int fd, pid_t group);

 private:
  // --- processes (kernel_processes.cpp)
  Process& here() { return processes_[static_cast<std::size_t>(current_)]; }
  Process* find(pid_t pid);
  Process& add_process(pid_t parent, pid_t group);
  pid_t begin_child();
  void end_process(Process& process, int status);
  void stop_process(Process& process, int number);
  [[nodiscard]] const Process* process_of(int pidfd);
  [[nodiscard]] pid_t heir() const;
  void hand_over_children(pid_t parent);
  void tell_parent(const Process& process, int code);
  template <class Wanted>
  long find_child(pid_t pid, Wanted is_wanted, Process*& found);
  [[noreturn]] void leave_child();
  void start_command(char* const* environment);
  [[noreturn]] void run_shell(std::string_view script, char* const* environment);

  // --- the other processes (kernel_others.cpp)
  void start_others();
  Process& start_other(int number, pid_t parent);
  void react_as_other(Process& process, const siginfo_t& info);
  void end_other(Process& process);
  void end_other_by_itself(int number);
  [[nodiscard]] const Process* next_to_end() const;
  void judge_recipient(const Process& process);

  // --- the terminal (kernel_terminal.cpp)
  Descriptor* find_terminal(int fd);
  void stop_init();
  [[nodiscard]] bool is_orphaned(pid_t group) const;
  void type(int number);
  void read_terminal();
  void give_front_to(int other);
  void continue_init(bool to_front);

  // --- signals (kernel_signals.cpp)
  bool take_pending(Process& process, std::uint64_t set, siginfo_t& info);
  bool has_pending(const Process& process, std::uint64_t set) const;
  void post(Process& process, const siginfo_t& info);
  void deliver(Process& process);
  void act_on(Process& process, const siginfo_t& info);
  void react(Process& command, const siginfo_t& info);
  long post_to(pid_t pid, const siginfo_t& info);
  long post_to_group(pid_t group, const siginfo_t& info);

  // --- files (kernel_files.cpp)
  Descriptor* find_descriptor(int fd);
  int add_descriptor(const Descriptor& descriptor, int lowest);
  bool has_writer(int pipe) const;
  long open(const char* path, bool write);
  long read_file(Descriptor& descriptor, std::span<std::byte> room);
  [[nodiscard]] bool make_text(std::string_view path, std::string& text) const;
  [[nodiscard]] std::vector<int> numbers_in(const Descriptor& directory) const;

  // --- the world (kernel_world.cpp)
  template <class Ready>
  bool block(int limit_ms, Ready ready);
  int what_is_ready(int signals, int pidfd);
  [[nodiscard]] std::int64_t next_event_ms() const;
  void take_next_event();
  void happen(const Happening& happening);
  void send_to_init(int number, int code, int value);
  void make_orphans(int count);
  void lose_parent();
  void look_for_zombies(bool rests);
  void check_start(char* const* environment);
  void check_environment(char* const* environment);
  void add_bystanders(pid_t parent);
  [[noreturn]] void stop(End end);

  const Scenario& scenario_;
  const Early& early_;
  int calls_a_second_;

  std::vector<Process> processes_;  // by pid; 0 is the world outside
  std::size_t first_ = 0;           // no process with a lower number needs looking at
  pid_t current_ = 0;
  pid_t init_ = 0;
  std::size_t main_ = 0;
  bool child_is_fork_ = false;
  std::vector<std::string> pipes_;

  std::int64_t now_ms_ = 0;
  std::int64_t due_ms_ = 0;  // when the next thing happens at the latest
  std::size_t happened_ = 0;
  std::int64_t second_ = 0;
  int calls_in_second_ = 0;

  End end_ = End::exited;
  int exit_status_ = -1;
  bool command_ran_ = false;
  bool reaped_for_init_ = false;
  std::string log_;
  pid_t foreground_ = 0;        // 0: there is no terminal
  pid_t terminal_session_ = 0;  // that it controls
  int woken_by_clock_ = 0;
  bool rested_with_zombie_ = false;
  std::int64_t oldest_zombie_ms_ = 0;
  std::int64_t continued_ms_ = 0;  // since when init runs
  std::vector<siginfo_t> seen_;
  std::vector<Sent> sent_;
  std::string errors_;
  std::string directory_ = "/t";
  std::vector<std::string> broken_;

  Jump end_of_run_;
  Jump end_of_child_;
  ForkPoint fork_point_;
};

}  // namespace fake
