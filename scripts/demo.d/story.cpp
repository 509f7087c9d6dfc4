// The programs of the demo's story: ordinary ones, that do with their children what ordinary programs do.
//
// Each tells on stdout, in one line, when something has happened, and goes on when it is given a line on stdin.
// The end of stdin ends it, so nothing is left behind when the demo is interrupted.

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

constexpr uid_t nobody = 65534;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "story: %s: %s\n", what, std::strerror(errno));
  std::_Exit(1);
}

void tell(const char* what) { dprintf(STDOUT_FILENO, "%s\n", what); }

void wait_for_line() {
  char c = 0;
  do {
    if (read(STDIN_FILENO, &c, 1) != 1) std::_Exit(0);
  } while (c != '\n');
}

// A child with a name that the process table shows; -1 where there can be no more processes.
template <typename Body>
pid_t try_start(const char* name, Body body) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_NAME, name);
  body();
  std::_Exit(0);
}

template <typename Body>
pid_t start(const char* name, Body body) {
  const pid_t pid = try_start(name, body);
  if (pid < 0) fail("fork");
  return pid;
}

int wait_for(pid_t pid) {
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) fail("waitpid");
  return status;
}

// Its end of file is the event "all who held the write end are gone".
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) fail("pipe");
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void close_read() { close_end(0); }
  void close_write() { close_end(1); }
  void wait_for_end() {
    close_write();
    char c = 0;
    while (read(ends_[0], &c, 1) > 0) continue;
  }

 private:
  void close_end(int end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }
  int ends_[2] = {-1, -1};
};

// A helper starts `count` processes and ends before them. The application waits for the helper, which it knows,
// and for nobody else.
void orphans(int count) {
  Pipe gate;
  Pipe life;
  wait_for(start("helper", [&] {
    for (int i = 0; i < count; ++i) start("orphan", [&] { gate.wait_for_end(); });
  }));
  tell("alive");
  wait_for_line();
  gate.close_write();
  life.wait_for_end();
  tell("dead");
  wait_for_line();
}

// A service in the background, which has a child and never waits for it.
void father() {
  Pipe child_lives;
  wait_for(start("helper", [&] {
    start("father", [&] {
      const pid_t child = start("child", [] {});
      siginfo_t info;
      // WNOWAIT only looks: the child stays the zombie that it is.
      if (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0) fail("waitid");
      child_lives.close_write();
      for (;;) pause();
    });
  }));
  child_lives.wait_for_end();
  tell("zombie");
  wait_for_line();
}

void idle() {
  tell("idle");
  wait_for_line();
}

void prevent_by_waitpid(int count) {
  for (int i = 0; i < count; ++i) wait_for(start("waited-for", [] {}));
}

void prevent_by_ignoring(int count) {
  std::signal(SIGCHLD, SIG_IGN);
  for (int i = 0; i < count; ++i) start("ignored", [] {});
  // With SIGCHLD ignored, wait() returns when the last child is gone, and has nobody to report.
  while (wait(nullptr) >= 0 || errno != ECHILD) continue;
  std::signal(SIGCHLD, SIG_DFL);
}

void prevent_by_double_fork(int count) {
  Pipe life;
  for (int i = 0; i < count; ++i) wait_for(start("middle", [] { start("double-forked", [] {}); }));
  life.wait_for_end();
}

void prevention(int count) {
  prevent_by_waitpid(count);
  tell("waitpid");
  wait_for_line();
  prevent_by_ignoring(count);
  tell("ignored");
  wait_for_line();
  prevent_by_double_fork(count);
  tell("double fork");
  wait_for_line();
}

bool can_fork() {
  const pid_t pid = try_start("probe", [] {});
  if (pid > 0) wait_for(pid);
  return pid > 0;
}

void set_process_limit(rlim_t limit) {
  rlimit both{};
  if (getrlimit(RLIMIT_NPROC, &both) != 0) fail("getrlimit");
  both.rlim_cur = limit;
  if (setrlimit(RLIMIT_NPROC, &both) != 0) fail("setrlimit");
}

void become_nobody() {
  if (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0) fail("become nobody");
}

// Room for `count` processes, this one among them. The kernel counts all processes of the user, on older kernels those
// outside of the namespace too: so how many there are is found by trying which limit still allows one more.
void limit_processes(rlim_t count) {
  set_process_limit(0);
  if (can_fork()) become_nobody();  // root is not bound by it
  if (can_fork()) {
    errno = ENOTSUP;
    fail("limit the number of processes");
  }
  rlim_t for_two = 0;  // this process and one child
  while (!can_fork()) set_process_limit(++for_two);
  set_process_limit(for_two - 2 + count);
}

// One job: a helper that leaves an orphan, who ends at once. Returns 0, or the reason (errno) why fork failed.
int run_job() {
  Pipe life;
  const pid_t helper = try_start("helper", [] {
    if (try_start("orphan", [] {}) < 0) std::_Exit(errno);
  });
  if (helper < 0) return errno;
  const int status = wait_for(helper);
  life.wait_for_end();
  return WEXITSTATUS(status);
}

// "Cannot" means a second of attempts: an orphan that is dead and not yet reaped is no failure.
int run_job_patiently() {
  int error = run_job();
  for (int attempt = 1; error == EAGAIN && attempt < 50; ++attempt) {
    usleep(20'000);
    error = run_job();
  }
  return error;
}

void jobs(int count) {
  int done = 0;
  int error = 0;
  while (done < count && (error = run_job_patiently()) == 0) ++done;
  dprintf(STDOUT_FILENO, "%d %s\n", done, error == 0 ? "no failure" : std::strerror(error));
  wait_for_line();
}

// In its own process group, and the terminal's foreground if there is a terminal: what a shell does for a job.
[[noreturn]] void foreground(char** command) {
  if (setpgid(0, 0) != 0) fail("setpgid");
  std::signal(SIGTTOU, SIG_IGN);
  if (isatty(STDIN_FILENO) && tcsetpgrp(STDIN_FILENO, getpgrp()) != 0) fail("tcsetpgrp");
  std::signal(SIGTTOU, SIG_DFL);
  execvp(command[0], command);
  fail(command[0]);
}

int number(const char* text) {
  const int value = std::atoi(text);
  if (value <= 0) {
    std::fprintf(stderr, "story: %s: a positive number is needed\n", text);
    std::_Exit(1);
  }
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view scene = argc > 1 ? argv[1] : "";
  if (scene == "foreground" && argc > 2) foreground(argv + 2);
  prctl(PR_SET_NAME, "app");
  if (scene == "orphans" && argc == 3) {
    orphans(number(argv[2]));
  } else if (scene == "father" && argc == 2) {
    father();
  } else if (scene == "idle" && argc == 2) {
    idle();
  } else if (scene == "prevention" && argc == 3) {
    prevention(number(argv[2]));
  } else if (scene == "jobs" && (argc == 3 || argc == 4)) {
    if (argc == 4) limit_processes(static_cast<rlim_t>(number(argv[3])));
    jobs(number(argv[2]));
  } else {
    std::fputs("story: orphans N | father | idle | prevention N | jobs N [LIMIT] | foreground COMMAND...\n", stderr);
    return 1;
  }
}
