#include "messages.hpp"

#include <sys/wait.h>

#include <cerrno>

#include "packed.hpp"

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

struct Reasons {
  template <class Out>
  static constexpr void write(Out& out) {
    for (const auto& reason : reasons) {
      out.add(static_cast<char>(reason.error));
      add_field(out, reason.words);
    }
  }
};
constexpr auto packed_reasons = pack<Reasons>();

const char* pattern_of(Topic topic) {
  switch (topic) {
    case Topic::main_started:
      return "main command started (pid %m)";
    case Topic::main_ended:
      return "main command (pid %p) %w%f%o";
    case Topic::orphan_reaped:
      return "orphan %p%n %w";
    case Topic::forwarded:
      return "%s sent to %t";
    case Topic::not_delivered:
      return "%s could not be sent to %t: %e";
    case Topic::value_lost:
      return "%s is sent to %t without its value: %e";
    case Topic::group_unknown:
      return "%s was sent to %t, but the main command may have left it: %e";
    case Topic::wait_failed:
      return "cannot wait for signals: %e; they are not handed on";
    case Topic::status_unknown:
      return "cannot learn the exit status of the main command (pid %m): %e; still asking";
    case Topic::dropped:
      return "%s is dropped";
    case Topic::stop_asked:
      return "%s asks for the end; sent %c";
    case Topic::deadline:
      return "the time for the end is over: SIGKILL is sent";
    case Topic::others_unseen:
      return "cannot find the descendants in /proc: %s is sent to process group %m alone";
    case Topic::others_refuse:
      return "%s does not reach all that are left: %e";
  }
  return "";
}

void add_end(Text& text, int status) {
  if (WIFSIGNALED(status)) {
    add_signal(text.add("was killed by "), WTERMSIG(status));
    if (WCOREDUMP(status)) text.add(" (core dumped)");
  } else {
    text.add("exited with ").number(WEXITSTATUS(status));
  }
}

void add_name(Text& text, std::string_view name) {
  if (!name.empty()) text.add(" (").quoted(name).add(')');
}

// Who it was that killed the main command, as far as we know.
void add_killer(Text& text, int status, const State& state) {
  if (!WIFSIGNALED(status)) return;
  const int number = WTERMSIG(status);
  if (state.killed && number == SIGKILL) {
    text.add(", sent by foster: the time for the end was over");
  } else if (state.forwarded.contains(number)) {
    text.add(", handed on by foster");
  } else {
    text.add(", not sent by foster");
  }
}

void add_oom_kills(Text& text, int count) {
  if (count > 0)
    text.add("; ").number(count).add(count == 1 ? " OOM kill in this cgroup" : " OOM kills in this cgroup");
}

// The kernel shows a sender outside of our pid namespace as 0, and itself as well (sigaction(2)).
void add_sender(Text& text, const siginfo_t& signal, std::string_view name) {
  if (signal.si_code == SI_KERNEL) {
    text.add("by the kernel");
  } else if (signal.si_pid == 0) {
    text.add("from outside the pid namespace");
  } else {
    add_name(text.add("by pid ").number(signal.si_pid), name);
  }
}

std::string_view name_of(Target target) {
  if (target == Target::all) return "all processes";
  return target == Target::group ? "process group " : "pid ";
}

}  // namespace

Text& add_reason(Text& text, int error) {
  for (Unpacker entries(packed_reasons); !entries.empty();) {
    const bool found = entries.character() == error;
    const auto words = entries.field();
    if (found) return text.add(words);
  }
  return text.add("error ").number(error);
}

void compose(Text& text, Topic topic, const Event& event, const State& state, std::string_view sender) {
  text.fill(pattern_of(topic), [&](Text& out, char what) {
    switch (what) {
      case 'c':
        add_sender(out, event.signal, sender);
        break;
      case 'e':
        add_reason(out, event.error);
        break;
      case 'f':
        add_killer(out, event.status, state);
        break;
      case 'm':
        out.number(state.main);
        break;
      case 'n':
        add_name(out, event.name);
        break;
      case 'o':
        add_oom_kills(out, event.count);
        break;
      case 'p':
        out.number(event.pid);
        break;
      case 's':
        add_signal(out, event.signal.si_signo);
        break;
      case 't':
        out.add(name_of(event.target));
        if (event.target != Target::all) out.number(state.main);
        break;
      default:
        add_end(out, event.status);
        break;
    }
  });
}

}  // namespace foster
