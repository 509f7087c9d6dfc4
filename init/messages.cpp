#include "messages.hpp"

#include <sys/wait.h>

#include <cerrno>

#include "compressed.hpp"
#include "packed.hpp"
#include "policy/exit_status.hpp"

namespace foster {

namespace {

struct Reason {
  int error;
  std::string_view words;
};

// strerror(3) would bring 4 KB of texts for errors that init never meets.
constexpr Reason reasons[] = {
    {EPERM, "operation not permitted"},
    {ENOENT, "no such file or directory"},
    {ESRCH, "no such process"},
    {E2BIG, "argument list too long"},
    {ENOEXEC, "exec format error"},
    {EAGAIN, "resource temporarily unavailable"},
    {ENOMEM, "out of memory"},
    {EACCES, "permission denied"},
    {ENOTDIR, "not a directory"},
    {EISDIR, "is a directory"},
    {EINVAL, "invalid argument"},
    {EMFILE, "too many open files"},
    {ETXTBSY, "text file busy"},
    {ENOSPC, "no space left on device"},
    {EROFS, "read-only file system"},
    {EPIPE, "broken pipe"},
    {ENAMETOOLONG, "name too long"},
    {ENOSYS, "function not implemented"},
    {ELOOP, "too many levels of symbolic links"},
};

// The errno of each, in the same order.
consteval auto errors_of_reasons() {
  std::array<std::uint8_t, std::size(reasons)> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(reasons[i].error);
  return all;
}
constexpr auto errors = errors_of_reasons();

// What the lines below are made of, besides those of the topics.
enum class Part : std::uint8_t {
  by_kernel = static_cast<std::uint8_t>(Phrase::end),
  from_outside,
  by_process,
  to_process,  // as in Target
  to_group,
  to_all,
  exited,
  killed,
  killed_with_core,
  timed_out,
  handed_on,
  not_by_us,
  name,
  oom_kill,
  oom_kills,
  nothing,
  end,
};

// One for each topic, each phrase and each part, in their order; %x stands for what write() makes of it.
constexpr std::string_view lines[] = {
    "main command started (pid %m)",
    "main command (pid %p) %w%f%o",
    "orphan %p%n %w",
    "%s sent to %t",
    "%s could not be sent to %t%e",
    "%s is sent to %t without its value%e",
    "%s was sent to %t, but the main command may have left it%e",
    "cannot wait for signals%e; they are not handed on",
    "cannot learn the exit status of the main command (pid %m)%e; still asking",
    "%s is dropped",
    "%s asks for the end; sent %c",
    "the time for the end is over: SIGKILL is sent",
    "cannot find the descendants in /proc: %s is sent to process group %m alone",
    "%s does not reach all that are left%e",

    "take over the signals",
    "learn the own process id",
    "become a child subreaper",
    "watch the parent",
    "wait for signals",
    "write the answer",
    "read /proc",
    "read the process that --ps names",
    "start a process",
    "start a process with a pidfd, as --reap=kernel needs",
    "make a process group or session",
    "restore the disposition of SIGCHLD",
    "restore the signal mask",
    "learn whether the command was started",
    "run ",
    "read ",
    "install ",
    "install foster in ",
    "keep a pidfd",
    "have a pidfd",
    "ask a pidfd for an exit status",
    "learn an exit status from a pidfd, as from Linux 6.16 on",
    "send signals by a pidfd",
    "have a signalfd",
    "have a signalfd above 2",
    "poll a pidfd",
    "ignore SIGCHLD",
    "foster: ",
    " messages could not be written\n",
    "cannot ",
    " (an empty word)",
    " in PATH ",
    ": the file exists, but its interpreter ",
    " does not",
    " (it is a directory)",
    " is rewritten more than once: the last one counts",
    "variable FOSTER_TARGET: 'all' is for PID 1 alone; taken here: group",
    "option '--target': 'all' is for PID 1 alone; allowed here: child, group",
    "not PID 1: only orphans of its own descendants are reaped",
    "not PID 1 and no child subreaper: orphans go to another process (-s adopts them)",
    "--reap=kernel is not possible",
    " with --report-orphans, which needs init to see them",
    " on a terminal, where init has to see the command stop",
    ": cannot ",
    "; allowed here: auto, init",

    "by the kernel",
    "from outside the pid namespace",
    "by pid %i%n",
    "pid %m",
    "process group %m",
    "all processes",
    "exited with %x",
    "was killed by %k",
    "was killed by %k (core dumped)",
    ", sent by foster: the time for the end was over",
    ", handed on by foster",
    ", not sent by foster",
    " (%q)",
    "; %u OOM kill in this cgroup",
    "; %u OOM kills in this cgroup",
    "",
};
static_assert(std::size(lines) == static_cast<std::size_t>(Part::end));

// The lines, and behind them the reasons' words.
struct Lines {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto line : lines) add_field(out, line);
    for (const auto& reason : reasons) add_field(out, reason.words);
  }
};
constexpr auto compressed_lines = compress<Lines>();

Text& add_line(Text& text, int place) { return add_phrase(text, static_cast<Phrase>(place)); }

// The kernel shows a sender outside of our pid namespace as 0, and itself as well (sigaction(2)).
Part part_of_sender(const siginfo_t& signal) {
  if (signal.si_code == SI_KERNEL) return Part::by_kernel;
  return signal.si_pid == 0 ? Part::from_outside : Part::by_process;
}

Part part_of_target(Target target) {
  return static_cast<Part>(static_cast<int>(Part::to_process) + static_cast<int>(target));
}

Part part_of_end(int status) {
  if (signal_of_end(status) == 0) return Part::exited;
  return WCOREDUMP(status) ? Part::killed_with_core : Part::killed;
}

// Who it was that killed the main command, as far as we know.
Part part_of_killer(int number, const State& state) {
  if (number == 0) return Part::nothing;
  if (state.killed && number == SIGKILL) return Part::timed_out;
  return state.forwarded.contains(number) ? Part::handed_on : Part::not_by_us;
}

Part part_of_oom_kills(int count) {
  if (count == 0) return Part::nothing;
  return count == 1 ? Part::oom_kill : Part::oom_kills;
}

// For a place that is filled by a pattern again.
Part part_of(char what, const Event& event, const State& state) {
  switch (what) {
    case 'c':
      return part_of_sender(event.signal);
    case 't':
      return part_of_target(event.target);
    case 'w':
      return part_of_end(event.status);
    case 'f':
      return part_of_killer(signal_of_end(event.status), state);
    case 'n':
      return *event.name == '\0' ? Part::nothing : Part::name;
    default:
      return part_of_oom_kills(event.count);
  }
}

// Appends the pattern at that place, with all that it is to be filled with.
// NOLINTNEXTLINE(misc-no-recursion)
void write(Text& text, int place, const Event& event, const State& state) {
  std::array<char, 96> room{};
  Text pattern(room);
  add_line(pattern, place);
  text.fill(room.data(), [&](Text& out, char what) {  // NOLINT(misc-no-recursion)
    switch (what) {
      case 'e':
        add_reason(out, event.error);
        break;
      case 'k':
        add_signal(out, signal_of_end(event.status));
        break;
      case 's':
        add_signal(out, event.signal.si_signo);
        break;
      case 'q':
        out.quoted(event.name);
        break;
      case 'i':
        out.number(event.signal.si_pid);
        break;
      case 'm':
        out.number(state.main);
        break;
      case 'p':
        out.number(event.pid);
        break;
      case 'u':
        out.number(event.count);
        break;
      case 'x':
        out.number(WEXITSTATUS(event.status));
        break;
      default:
        write(out, static_cast<int>(part_of(what, event, state)), event, state);
    }
  });
}

}  // namespace

[[gnu::noinline]] Text& add_phrase(Text& text, Phrase phrase) {
  add_entry(text, compressed_lines.data(), static_cast<int>(phrase));
  return text;
}

Text& add_reason(Text& text, int error) {
  text.add(": ");
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i] == error) return add_line(text, static_cast<int>(std::size(lines) + i));
  }
  return text.add("error ").number(error);
}

Text& add_failure(Text& text, Phrase what, const char* path, int error) {
  return add_reason(add_phrase(add_phrase(text, Phrase::cannot), what).quoted(path), error);
}

[[gnu::noinline]] void compose(Text& text, Topic topic, const Event& event, const State& state) {
  write(text, static_cast<int>(topic), event, state);
}

}  // namespace foster
