#include "messages.hpp"

#include <sys/wait.h>

#include <cerrno>
#include <cstring>

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

// The errno as a character, and the words; an empty text behind the last.
struct Reasons {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto& reason : reasons) {
      out.add(static_cast<char>(reason.error));
      add_field(out, reason.words);
    }
    add_field(out, "");
  }
};
constexpr auto packed_reasons = pack<Reasons>();

// What the lines below are made of, besides those of the topics.
enum class Part : std::uint8_t {
  by_kernel = static_cast<std::uint8_t>(Topic::others_refuse) + 1,
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
};

// One for each topic and each part, in their order; %x stands for what write() makes of it.
constexpr char patterns[] =
    "main command started (pid %m)\0"
    "main command (pid %p) %w%f%o\0"
    "orphan %p%n %w\0"
    "%s sent to %t\0"
    "%s could not be sent to %t: %e\0"
    "%s is sent to %t without its value: %e\0"
    "%s was sent to %t, but the main command may have left it: %e\0"
    "cannot wait for signals: %e; they are not handed on\0"
    "cannot learn the exit status of the main command (pid %m): %e; still asking\0"
    "%s is dropped\0"
    "%s asks for the end; sent %c\0"
    "the time for the end is over: SIGKILL is sent\0"
    "cannot find the descendants in /proc: %s is sent to process group %m alone\0"
    "%s does not reach all that are left: %e\0"
    "by the kernel\0"
    "from outside the pid namespace\0"
    "by pid %i%n\0"
    "pid %m\0"
    "process group %m\0"
    "all processes\0"
    "exited with %x\0"
    "was killed by %k\0"
    "was killed by %k (core dumped)\0"
    ", sent by foster: the time for the end was over\0"
    ", handed on by foster\0"
    ", not sent by foster\0"
    " (%q)\0"
    "; %u OOM kill in this cgroup\0"
    "; %u OOM kills in this cgroup\0";

// The text that follows `text` in a run of texts, of which the last is empty.
const char* text_behind(const char* text) { return text + std::strlen(text) + 1; }

const char* pattern_at(unsigned place) {
  const char* pattern = patterns;
  for (; place > 0 && *pattern != '\0'; --place) pattern = text_behind(pattern);
  return pattern;
}

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
void write(Text& text, unsigned place, const Event& event, const State& state) {
  text.fill(pattern_at(place), [&](Text& out, char what) {  // NOLINT(misc-no-recursion)
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
        write(out, static_cast<unsigned>(part_of(what, event, state)), event, state);
    }
  });
}

}  // namespace

Text& add_reason(Text& text, int error) {
  for (const char* entry = packed_reasons.data(); *entry != '\0'; entry = text_behind(entry)) {
    if (*entry == error) return text.add(entry + 1);
  }
  return text.add("error ").number(error);
}

Text& add_failure(Text& text, const char* what, const char* path, int error) {
  return add_reason(text.add("cannot ").add(what).quoted(path).add(": "), error);
}

[[gnu::noinline]] void compose(Text& text, Topic topic, const Event& event, const State& state) {
  write(text, static_cast<unsigned>(topic), event, state);
}

}  // namespace foster
