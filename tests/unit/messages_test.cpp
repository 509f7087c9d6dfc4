#include "messages.hpp"

#include <doctest/doctest.h>

#include <cerrno>

#include "written.hpp"

using namespace foster;

namespace {

State state_with_main() { return {.self = 1, .main = 7}; }

std::string line(Topic topic, const Event& event, const State& state) {
  return written([&](Text& text) { compose(text, topic, event, state); });
}

std::string line(Topic topic, const Event& event) { return line(topic, event, state_with_main()); }

std::string reason(int error) {
  return written([&](Text& text) { add_reason(text, error); });
}

Event ended(pid_t pid, int status, const char* name = "") {
  return {.kind = Event::Kind::child_changed, .pid = pid, .status = status, .name = name};
}

Event sent(int number, Target target, int error) {
  Event event{.kind = Event::Kind::sent, .target = target, .error = error};
  event.signal.si_signo = number;
  return event;
}

}  // namespace

TEST_CASE("what cannot be done to a file is told with its name and the reason") {
  const auto failure = [](Text& text) { add_failure(text, Phrase::install, "/a\nb", EACCES); };
  CHECK(written(failure) == "cannot install '/a\\x0ab': permission denied");
}

TEST_CASE("the main command's start is told with its pid") {
  CHECK(line(Topic::main_started, {}) == "main command started (pid 7)");
}

TEST_CASE("the main command's end is told with how it came") {
  const struct {
    int status;
    std::string words;
  } cases[] = {
      {0, "main command (pid 7) exited with 0"},
      {255 << 8, "main command (pid 7) exited with 255"},
      {SIGKILL, "main command (pid 7) was killed by SIGKILL, not sent by foster"},
      {SIGSEGV | 0x80, "main command (pid 7) was killed by SIGSEGV (core dumped), not sent by foster"},
      {32, "main command (pid 7) was killed by signal 32, not sent by foster"},
      {37, "main command (pid 7) was killed by SIGRTMIN+3, not sent by foster"},
  };
  for (const auto& [status, words] : cases) CHECK(line(Topic::main_ended, ended(7, status)) == words);
}

TEST_CASE("a death by a signal is told with where that came from, as far as foster knows") {
  State state = state_with_main();
  state.forwarded.add(SIGTERM).add(SIGQUIT);
  const auto told = [&](int status) { return line(Topic::main_ended, ended(7, status), state); };
  CHECK(told(SIGTERM) == "main command (pid 7) was killed by SIGTERM, handed on by foster");
  CHECK(told(SIGQUIT | 0x80) == "main command (pid 7) was killed by SIGQUIT (core dumped), handed on by foster");
  CHECK(told(SIGINT) == "main command (pid 7) was killed by SIGINT, not sent by foster");
  CHECK(told(SIGKILL) == "main command (pid 7) was killed by SIGKILL, not sent by foster");
  CHECK(told(SIGTERM << 8) == "main command (pid 7) exited with 15");
  state.forwarded.add(SIGKILL);
  CHECK(told(SIGKILL) == "main command (pid 7) was killed by SIGKILL, handed on by foster");
  state.killed = true;
  CHECK(told(SIGKILL) == "main command (pid 7) was killed by SIGKILL, sent by foster: the time for the end was over");
  CHECK(told(SIGTERM) == "main command (pid 7) was killed by SIGTERM, handed on by foster");
  CHECK(told(SIGINT) == "main command (pid 7) was killed by SIGINT, not sent by foster");
}

TEST_CASE("OOM kills are counted in the last line, and none is not spoken of") {
  const auto told = [](int count) {
    Event event = ended(7, SIGKILL);
    event.kind = Event::Kind::oom_kills_counted;
    event.count = count;
    return line(Topic::main_ended, event);
  };
  const std::string killed = "main command (pid 7) was killed by SIGKILL, not sent by foster";
  CHECK(told(0) == killed);
  CHECK(told(1) == killed + "; 1 OOM kill in this cgroup");
  CHECK(told(2) == killed + "; 2 OOM kills in this cgroup");
  CHECK(told(2147483647) == killed + "; 2147483647 OOM kills in this cgroup");
}

TEST_CASE("who asked for the end is told, as far as the kernel shows it") {
  const auto asked = [](int code, pid_t pid, const char* name = "") {
    Event event{.kind = Event::Kind::signal_arrived, .name = name};
    event.signal.si_signo = SIGTERM;
    event.signal.si_code = code;
    event.signal.si_pid = pid;
    return line(Topic::stop_asked, event);
  };
  CHECK(asked(SI_USER, 0) == "SIGTERM asks for the end; sent from outside the pid namespace");
  CHECK(asked(SI_QUEUE, 0) == "SIGTERM asks for the end; sent from outside the pid namespace");
  CHECK(asked(SI_KERNEL, 0) == "SIGTERM asks for the end; sent by the kernel");
  CHECK(asked(SI_USER, 40, "sh") == "SIGTERM asks for the end; sent by pid 40 ('sh')");
  CHECK(asked(SI_TKILL, 40, "a\nb") == "SIGTERM asks for the end; sent by pid 40 ('a\\x0ab')");
  CHECK(asked(SI_USER, 40) == "SIGTERM asks for the end; sent by pid 40");
}

TEST_CASE("an orphan is told with its pid, its name where that is known, and how it ended") {
  CHECK(line(Topic::orphan_reaped, ended(12, 3 << 8, "sleep")) == "orphan 12 ('sleep') exited with 3");
  CHECK(line(Topic::orphan_reaped, ended(12, SIGTERM, "a b) c")) == "orphan 12 ('a b) c') was killed by SIGTERM");
  CHECK(line(Topic::orphan_reaped, ended(2147483647, 0)) == "orphan 2147483647 exited with 0");
}

TEST_CASE("an orphan's name cannot forge a line") {
  CHECK(line(Topic::orphan_reaped, ended(12, 0, "x\nfoster: y")) == "orphan 12 ('x\\x0afoster: y') exited with 0");
}

TEST_CASE("what became of a signal is told with its name and where it went") {
  const struct {
    Topic topic;
    Event event;
    std::string words;
  } cases[] = {
      {Topic::forwarded, sent(SIGTERM, Target::group, 0), "SIGTERM sent to process group 7"},
      {Topic::forwarded, sent(SIGTERM, Target::child, 0), "SIGTERM sent to pid 7"},
      {Topic::forwarded, sent(33, Target::child, 0), "signal 33 sent to pid 7"},
      {Topic::group_unknown, sent(SIGHUP, Target::group, ENOSYS),
       "SIGHUP was sent to process group 7, but the main command may have left it: function not implemented"},
      {Topic::wait_failed, sent(0, Target::group, ENOSYS),
       "cannot wait for signals: function not implemented; they are not handed on"},
      {Topic::status_unknown, sent(0, Target::group, EPERM),
       "cannot learn the exit status of the main command (pid 7): operation not permitted; still asking"},
      {Topic::not_delivered, sent(SIGUSR1, Target::group, ESRCH),
       "SIGUSR1 could not be sent to process group 7: no such process"},
      {Topic::not_delivered, sent(SIGUSR1, Target::child, EPERM),
       "SIGUSR1 could not be sent to pid 7: operation not permitted"},
      {Topic::forwarded, sent(SIGTERM, Target::all, 0), "SIGTERM sent to all processes"},
      {Topic::not_delivered, sent(SIGTERM, Target::all, EPERM),
       "SIGTERM could not be sent to all processes: operation not permitted"},
      {Topic::dropped, sent(SIGHUP, Target::group, 0), "SIGHUP is dropped"},
      {Topic::deadline, {}, "the time for the end is over: SIGKILL is sent"},
      {Topic::others_unseen, sent(SIGTERM, Target::child, ENOENT),
       "cannot find the descendants in /proc: SIGTERM is sent to process group 7 alone"},
      {Topic::others_refuse, sent(SIGTERM, Target::child, ENOENT),
       "SIGTERM does not reach all that are left: no such file or directory"},
      {Topic::value_lost, sent(34, Target::child, EAGAIN),
       "SIGRTMIN is sent to pid 7 without its value: resource temporarily unavailable"},
  };
  for (const auto& [topic, event, words] : cases) CHECK(line(topic, event) == words);
}

TEST_CASE("an errno that init meets is told in words") {
  const struct {
    int error;
    std::string words;
  } cases[] = {
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
  for (const auto& each : cases) {
    CAPTURE(each.error);
    CHECK(reason(each.error) == ": " + each.words);
  }
}

TEST_CASE("any other errno is told as its number, and never taken for another one") {
  // 257, 258 and 524 (the kernel's ENOTSUPP, which does get out) have the low byte of one that has words.
  for (const int error : {0, 133, 257, 258, 524, 4095, -1}) {
    CAPTURE(error);
    CHECK(reason(error) == ": error " + std::to_string(error));
  }
}
