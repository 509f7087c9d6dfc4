// --ps=PID: one process explained, in every state that there is something to say about.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

#include "harness.hpp"
#include "one_line.hpp"
#include "scene.hpp"

using namespace scene;

namespace {

constexpr uid_t stranger = 54321;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string number(pid_t pid) { return std::to_string(pid); }

void take_user() {
  checked(::setgroups(0, nullptr), "setgroups");
  become_user(stranger);
}

using Handler = void (*)(int);

void set_handler(int signal, Handler handler) { checked(::signal(signal, handler) == SIG_ERR ? -1 : 0, "signal"); }

void handle(int signal) {
  set_handler(signal, [](int) {});
}

Answer look_at(const Scene& scene, pid_t pid, const Work& before = {}) {
  return scene.look({.options = {"--ps=" + number(pid)}, .before = before});
}

std::string explanation_of(const Scene& scene, pid_t pid, const Work& before = {}) {
  const Answer answer = look_at(scene, pid, before);
  CHECK(answer.status == 0);
  CHECK(answer.errors.empty());
  return answer.out;
}

// Of a process that is alone beside PID 1, and has done `work`.
std::string explanation_of(const Work& work) {
  const Shared<pid_t> pid;
  const Scene scene([&] { *pid = start("some one", work); });
  return explanation_of(scene, *pid);
}

// The one line that begins so.
std::string line_of(const std::string& text, const std::string& beginning) {
  CAPTURE(text);
  const Words lines = lines_with(text, beginning);
  REQUIRE(lines.size() == 1);
  return lines[0];
}

void check_says(const std::string& text, const std::string& sentence) { CHECK(line_of(text, sentence) == sentence); }

std::string status_of(const Scene& scene, pid_t pid) {
  return scene.look({.words = {"/bin/cat", "/proc/" + number(pid) + "/status"}}).out;
}

// Each line of the kernel's own file stands there in the same order, with something said about it.
void check_whole(const std::string& explanation, const std::string& status) {
  const Words lines = lines_with(explanation, "");
  const Words fields = lines_with(status, "");
  REQUIRE(fields.size() > 20);
  REQUIRE(lines.size() > fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    CAPTURE(lines[i]);
    const auto name = fields[i].substr(0, fields[i].find(':') + 1);
    CHECK(lines[i].rfind(name + ' ', 0) == 0);
    CHECK(!has(lines[i], "not known"));
    CHECK(lines[i].size() > fields[i].size());
  }
}

void* live_on_alone(void* pipe) {
  wait_until_state(::getpid(), 'Z');
  checked(::write(*static_cast<int*>(pipe), "", 1), "write");
  wait_for_ever();
}

// The first thread ends, another one lives on.
[[noreturn]] void end_first_thread(int* pipe) {
  pthread_t thread{};
  pthread_create(&thread, nullptr, live_on_alone, pipe);
  ::syscall(SYS_exit, 0);
  wait_for_ever();
}

void mount_hiding_proc() { checked(::mount("proc", "/proc", "proc", 0, "hidepid=2"), "mount /proc"); }

}  // namespace

TEST_CASE("every field of this kernel is explained, and none is left out") {
  const Shared<std::array<pid_t, 2>> pids;
  const Scene scene(
      [&] {
        (*pids)[0] = start("living");
        (*pids)[1] = leave_zombie("dead");
      },
      First::waits);
  for (const pid_t pid : {pid_t{1}, (*pids)[0], (*pids)[1]}) {
    check_whole(explanation_of(scene, pid), status_of(scene, pid));
  }
}

TEST_CASE("values are those of the kernel, with words beside them") {
  const auto text = explanation_of([] {
    set_handler(SIGPIPE, SIG_IGN);
    handle(SIGUSR1);
    checked(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
  });
  CHECK(has(line_of(text, "Name: "), "Name: some one   "));
  CHECK(has(line_of(text, "Pid: "), "Pid: 2    "));
  CHECK(has(line_of(text, "PPid: "), "PPid: 1    "));
  CHECK(has(line_of(text, "State: "), "State: S (sleeping)   "));
  CHECK(has(line_of(text, "SigIgn: "), "ignored: SIGPIPE"));
  CHECK(has(line_of(text, "SigCgt: "), "with a handler: "));
  CHECK(has(line_of(text, "SigCgt: "), " SIGUSR1"));
  CHECK(has(line_of(text, "NoNewPrivs: "), "NoNewPrivs: 1    "));
  CHECK(has(line_of(text, "oom_score: "), "killed first"));
  CHECK(has(line_of(text, "oom_score_adj: "), "never killed"));
  CHECK(has(lines_with(text, "cgroup: ").at(0), "control groups"));
}

TEST_CASE("a name can do nothing to a terminal, and a long line is whole") {
  const auto text = explanation_of([] {
    change_name("a\x1b[2Jb\nc");
    std::array<gid_t, 3000> groups;
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = 100000 + static_cast<gid_t>(i);
    checked(::setgroups(groups.size(), groups.data()), "setgroups");
  });
  CHECK(has(line_of(text, "Name: "), "Name: a\\x1b[2Jb\\nc "));
  CHECK(has(line_of(text, "Groups: "), " 100000 100001 "));
  CHECK(has(line_of(text, "Groups: "), " 102998 102999 "));
  CHECK(has(line_of(text, "Groups: "), " further groups"));
}

TEST_CASE("what TERM does is told from the sets of signals") {
  check_says(explanation_of([] { handle(SIGTERM); }), "Handles TERM itself.");
  check_says(explanation_of([] { set_handler(SIGTERM, SIG_IGN); }), "Ignores TERM.");
  check_says(explanation_of([] { set_handler(SIGTERM, SIG_DFL); }), "Is ended by TERM.");
  const auto blocking = [] {
    set_handler(SIGTERM, SIG_DFL);
    sigset_t all;
    sigfillset(&all);
    checked(::sigprocmask(SIG_BLOCK, &all, nullptr), "sigprocmask");
  };
  check_says(explanation_of(blocking), "Blocks TERM: it is pending until it is taken.");
}

TEST_CASE("an ignored CHLD is told, and no other") {
  const std::string sentence = "Ignores CHLD: the kernel reaps its children.";
  check_says(explanation_of([] { set_handler(SIGCHLD, SIG_IGN); }), sentence);
  CHECK(lines_with(explanation_of([] { handle(SIGCHLD); }), sentence).empty());
}

TEST_CASE("PID 1 without a handler is not stopped by TERM") {
  const std::string sentence = "Has no handler for TERM: as PID 1 it is not stopped by it.";
  const auto leave_default = [] { set_handler(SIGTERM, SIG_DFL); };  // doctest handles it
  check_says(explanation_of(Scene(leave_default), 1), sentence);
  check_says(explanation_of(Scene([] { handle(SIGTERM); }), 1), "Handles TERM itself.");
  const Shared<pid_t> pid;
  const Scene seen_from_above([&] {
    leave_default();
    const long child = checked(::syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0), "clone");
    if (child == 0) wait_for_ever();
    *pid = static_cast<pid_t>(child);
  });
  const auto text = explanation_of(seen_from_above, *pid);
  check_says(text, sentence);
  CHECK(has(line_of(text, "NSpid: "), "NSpid: " + number(*pid) + " 1  "));
}

TEST_CASE("the parents are named up to PID 1") {
  const Shared<std::array<pid_t, 2>> pids;
  const Scene scene([&] { (*pids)[0] = start("a (b)\n", [&] { (*pids)[1] = start("child"); }); });
  check_says(explanation_of(scene, (*pids)[1]), "Parents: " + number((*pids)[0]) + " (a (b)\\x0a) 1 (first)");
  check_says(explanation_of(scene, 1), "Parents:");
}

TEST_CASE("of a zombie it is told what is left, and why it is there") {
  const Shared<std::array<pid_t, 2>> pids;
  const Scene scene([&] { (*pids)[0] = start("careless", [&] { (*pids)[1] = leave_zombie("victim"); }); });
  const auto text = explanation_of(scene, (*pids)[1]);
  CHECK(has(line_of(text, "State: "), "State: Z (zombie)"));
  check_says(text, "Memory, files and threads are released; pid and exit status are left.");
  const auto zombie = "Zombie " + number((*pids)[1]) + " (victim): its parent " + number((*pids)[0]) + " (careless) ";
  line_of(text, zombie);
  CHECK(!has(text, "TERM."));
  CHECK(!has(text, "near the limit"));
}

TEST_CASE("a process whose first thread has ended is no zombie") {
  const Shared<pid_t> pid;
  const Scene scene([&] {
    std::array<int, 2> ends{};
    checked(::pipe(ends.data()), "pipe");
    const long child = checked(::fork(), "fork");
    if (child == 0) end_first_thread(&ends[1]);
    *pid = static_cast<pid_t>(child);
    char byte = 0;
    checked(::read(ends[0], &byte, 1), "read");
  });
  const auto text = explanation_of(scene, *pid);
  check_says(text, "Its main thread has ended, others live: it is no zombie.");
  CHECK(lines_with(text, "Zombie ").empty());
}

TEST_CASE("a stopped process waits for CONT") {
  const Shared<pid_t> pid;
  const Scene scene([&] {
    *pid = start("stopped");
    stop(*pid);
  });
  CHECK(has(line_of(explanation_of(scene, *pid), "State: "), "State: T (stopped)          stopped until CONT"));
}

TEST_CASE("limits that are near are told, and no others") {
  const auto near = explanation_of([] {
    const rlimit files{32, 32};
    checked(::setrlimit(RLIMIT_NOFILE, &files), "setrlimit");
    while (::dup(STDERR_FILENO) >= 0) {
    }
    const rlimit processes{3, 3};
    checked(::setrlimit(RLIMIT_NPROC, &processes), "setrlimit");
  });
  CHECK(has(line_of(near, "Max open files: "), " of 32, near the limit"));
  CHECK(has(line_of(near, "Max processes: "), " of 3, near the limit"));
  CHECK(lines_with(explanation_of([] {}), "Max ").empty());
}

TEST_CASE("what may not be read of somebody else's process is said") {
  const Shared<pid_t> pid;
  const Scene scene([&] { *pid = start("root's"); });
  const auto text = explanation_of(scene, *pid, take_user);
  check_says(text, "Its open files cannot be counted.");
  check_whole(text, status_of(scene, *pid));
  CHECK(!has(explanation_of(scene, *pid), "cannot be"));
}

TEST_CASE("a process that is not there, or hidden, costs one line") {
  const Shared<pid_t> pid;
  const Scene scene([&] { *pid = start("root's"); });
  const Answer missing = look_at(scene, 4711);
  CHECK(missing.status == 125);
  CHECK(missing.out.empty());
  check_one_line(missing.errors, {"--ps", "no such process"});
  const Scene hiding([&] {
    mount_hiding_proc();
    *pid = start("root's");
  });
  const Answer hidden = look_at(hiding, *pid, take_user);
  CHECK(hidden.status == 125);
  CHECK(hidden.out.empty());
  check_one_line(hidden.errors, {"--ps", "operation not permitted"});
}

TEST_CASE("output that cannot be written costs one line") {
  const Scene scene([] {});
  const auto to_full = [] { checked(::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO), "dup2"); };
  const Answer answer = look_at(scene, 1, to_full);
  CHECK(answer.status == 125);
  check_one_line(answer.errors, {"write the answer", "no space left"});
}
