#include "race.hpp"

#include <doctest/doctest.h>
#include <sys/syscall.h>

#include <iostream>

void race(const std::string& name, const std::function<void(int)>& once) {
  const int runs = race_runs();
  for (int run = 0; run < runs; ++run) once(run);
  std::cout << name << ": " << runs << " runs" << std::endl;
}

std::vector<WayToClone> ways_to_clone() {
  return {{"vfork with a pidfd", {}},
          {"vfork", act("deny", "clone:PIDFD=EINVAL")},
          {"fork", act("deny", "clone:VFORK=EPERM")},
          {"fork without a pipe", act("deny", "clone:VFORK=EPERM,pipe2=EMFILE")}};
}

bool has_blocked_all(pid_t init) {
  const auto kill_and_stop = (std::uint64_t{1} << (SIGKILL - 1)) | (std::uint64_t{1} << (SIGSTOP - 1));
  if ((proc::signal_set(init, "SigBlk") | kill_and_stop) == ~std::uint64_t{0}) return true;
  // While it is asleep in this call, the kernel shows what it waits for as not blocked.
  return proc::blocked_in(init) == SYS_rt_sigtimedwait;
}

Words command_with_handler() { return act("on-term", std::to_string(own_code)); }

void for_each_start(const std::function<void(const Start&)>& visit, const Words& command) {
  for (const auto& way : ways_to_clone()) {
    for (const std::string target : {"-g", "-c"}) {
      CAPTURE(way.name);
      CAPTURE(target);
      visit({.words = Words{target} + command, .before = way.before});
    }
  }
}

void check_term_arrived(Init& init) {
  const int code = init.exit_code();
  CHECK_MESSAGE((code == own_code || code == 128 + SIGTERM), "the exit code is ", code);
}
