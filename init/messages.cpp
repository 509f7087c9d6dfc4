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
      return "main command (pid %p) %w";
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

}  // namespace

Text& add_reason(Text& text, int error) {
  for (Unpacker entries(packed_reasons); !entries.empty();) {
    const bool found = entries.character() == error;
    const auto words = entries.field();
    if (found) return text.add(words);
  }
  return text.add("error ").number(error);
}

void compose(Text& text, Topic topic, const Event& event, pid_t main) {
  text.fill(pattern_of(topic), [&](Text& out, char what) {
    switch (what) {
      case 'e':
        add_reason(out, event.error);
        break;
      case 'm':
        out.number(main);
        break;
      case 'n':
        add_name(out, event.name);
        break;
      case 'p':
        out.number(event.pid);
        break;
      case 's':
        add_signal(out, event.signal.si_signo);
        break;
      case 't':
        out.add(event.target == Target::group ? "process group " : "pid ").number(main);
        break;
      default:
        add_end(out, event.status);
        break;
    }
  });
}

}  // namespace foster
