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
    {EINVAL, "invalid argument"},
    {EMFILE, "too many open files"},
    {ETXTBSY, "text file busy"},
    {ENOSPC, "no space left on device"},
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

// What is said of each topic, in their order; %x stands for what Writer::put() makes of it.
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
    "%s does not reach all that are left: %e\0";

// The text that follows `text` in a run of texts, of which the last is empty.
const char* text_behind(const char* text) { return text + std::strlen(text) + 1; }

const char* pattern_of(Topic topic) {
  const char* pattern = patterns;
  for (auto left = static_cast<unsigned>(topic); left > 0 && *pattern != '\0'; --left) pattern = text_behind(pattern);
  return pattern;
}

// Fills in what there is to say of an event.
class Writer {
 public:
  Writer(const Event& event, const State& state) : event_(event), state_(state) {}

  void write(Text& text, const char* pattern) const {  // NOLINT(misc-no-recursion)
    text.fill(pattern, [this](Text& out, char what) { put(out, what); });
  }

 private:
  // A case for each of them; some are patterns again.
  // NOLINTNEXTLINE(readability-function-size,misc-no-recursion)
  void put(Text& text, char what) const {
    switch (what) {
      case 'c':
        return write(text, sender());
      case 'd':
        return write(text, WCOREDUMP(event_.status) ? " (core dumped)" : "");
      case 'e':
        add_reason(text, event_.error);
        return;
      case 'f':
        return write(text, killer());
      case 'i':
        text.number(event_.signal.si_pid);
        return;
      case 'k':
        add_signal(text, signal_of_end(event_.status));
        return;
      case 'm':
        text.number(state_.main);
        return;
      case 'n':
        return write(text, *event_.name == '\0' ? "" : " (%q)");
      case 'o':
        return write(text, oom_kills());
      case 'p':
        text.number(event_.pid);
        return;
      case 'q':
        text.quoted(event_.name);
        return;
      case 's':
        add_signal(text, event_.signal.si_signo);
        return;
      case 't':
        return write(text, target());
      case 'u':
        text.number(event_.count);
        return;
      case 'w':
        return write(text, signal_of_end(event_.status) != 0 ? "was killed by %k%d" : "exited with %x");
      default:
        text.number(WEXITSTATUS(event_.status));
    }
  }

  // Who it was that killed the main command, as far as we know.
  [[nodiscard]] const char* killer() const {
    const int number = signal_of_end(event_.status);
    if (number == 0) return "";
    if (state_.killed && number == SIGKILL) return ", sent by foster: the time for the end was over";
    return state_.forwarded.contains(number) ? ", handed on by foster" : ", not sent by foster";
  }

  [[nodiscard]] const char* oom_kills() const {
    if (event_.count == 0) return "";
    return event_.count == 1 ? "; %u OOM kill in this cgroup" : "; %u OOM kills in this cgroup";
  }

  // The kernel shows a sender outside of our pid namespace as 0, and itself as well (sigaction(2)).
  [[nodiscard]] const char* sender() const {
    if (event_.signal.si_code == SI_KERNEL) return "by the kernel";
    return event_.signal.si_pid == 0 ? "from outside the pid namespace" : "by pid %i%n";
  }

  [[nodiscard]] const char* target() const {
    if (event_.target == Target::all) return "all processes";
    return event_.target == Target::group ? "process group %m" : "pid %m";
  }

  const Event& event_;
  const State& state_;
};

}  // namespace

Text& add_reason(Text& text, int error) {
  for (const char* entry = packed_reasons.data(); *entry != '\0'; entry = text_behind(entry)) {
    if (*entry == error) return text.add(entry + 1);
  }
  return text.add("error ").number(error);
}

void compose(Text& text, Topic topic, const Event& event, const State& state) {
  Writer(event, state).write(text, pattern_of(topic));
}

}  // namespace foster
