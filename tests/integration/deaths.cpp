#include "deaths.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "loops.hpp"

namespace {

Death by(const std::string& what, const Words& words, bool dumps_core = false) {
  return {what + (dumps_core ? ", core dumped" : ""), Words{actor()} + words, dumps_core, words.front() == "threads"};
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

std::vector<Death> deaths() {
  std::vector<Death> all;
  for (const int code : {0, 1, 42, 127, 255}) {
    const std::string text = std::to_string(code);
    all.push_back(by("exit " + text, {"exit", text}));
  }
  for (const int number : {SIGHUP, SIGKILL, SIGTERM, SIGSEGV, 34, 64}) {
    const std::string text = std::to_string(number);
    all.push_back(by("signal " + text, {"die", text}));
  }
  for (const int number : {SIGQUIT, SIGABRT, SIGSEGV}) {
    const std::string text = std::to_string(number);
    all.push_back(by("signal " + text, {"die", text}, true));
    all.push_back(by("signal " + text + " to another thread", {"threads", "signal", text}, true));
  }
  all.push_back(by("signal 15 to another thread", {"threads", "signal", "15"}));
  all.push_back(by("exit of another thread", {"threads", "exit", "7"}));
  all.push_back(by("exit of another thread, the first one gone", {"threads", "gone", "11"}));
  all.push_back(by("signal 9, the first thread gone", {"threads", "killed", "9"}));
  all.push_back(by("signal 11, the first thread gone", {"threads", "killed", "11"}, true));
  all.push_back(by("each thread by itself, the first one first", {"threads", "last", "9"}));
  all.push_back(by("exec from another thread", {"threads", "exec", "13"}));
  return all;
}

Start start_of(const Death& death, const Folder& cores) {
  std::filesystem::permissions(cores.path(), std::filesystem::perms::all);
  const rlim_t most = death.dumps_core ? RLIM_INFINITY : 0;
  const auto prepare = [most, path = cores.path()] {
    const rlimit core{most, most};
    (void)::setrlimit(RLIMIT_CORE, &core);
    (void)!::chdir(path.c_str());
  };
  Start start{.words = death.command, .before_exec = prepare};
  // A sanitizer forbids cores to itself, and so to all that it starts.
  start.environment.emplace_back("ASAN_OPTIONS=disable_coredump=0");
  return start;
}

int status_by_wait4(const Death& death, const Folder& cores) {
  Start start = start_of(death, cores);
  start.place = Place::inner;
  start.bare = true;
  Init init(start);
  return init.wait();
}

void check_death(const Death& death, const Folder& cores, int status, const Words& before_command) {
  CAPTURE(death.name);
  Start start = start_of(death, cores);
  start.words = Words{"-v"} + before_command + start.words;
  Init init(start);
  const int code = init.exit_code();
  const std::string text = init.all_errors();
  CAPTURE(text);
  if (WIFEXITED(status)) {
    CHECK(code == WEXITSTATUS(status));
    CHECK(has(text, ") exited with " + std::to_string(code) + "\n"));
  } else {
    CHECK(code == 128 + WTERMSIG(status));
    CHECK(has(text, ") was killed by "));
    // Of a core that another thread dumped than the first a pidfd does not always tell (Linux 6.18): wait4 does.
    if (!(death.by_other_thread && loops::kernel_is_to_reap()))
      CHECK(has(text, "(core dumped)") == (WCOREDUMP(status) != 0));
  }
}
