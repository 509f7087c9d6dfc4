// What a container may not have: /proc, a writable path, a known user, capabilities.
#include <linux/capability.h>
#include <unistd.h>

#include <csignal>

#include "course.hpp"
#include "privilege.hpp"

TEST_CASE("no /proc") {
  if (init_is_sanitized()) return skip("no /proc: the sanitizer needs it");
  check_works({.own_proc = false});
}

TEST_CASE("a read-only root") {
  if (!can_become_others("a read-only root")) return;
  check_works({.before_exec = [] { make_read_only("/"); }});
}

TEST_CASE("user 1000780000, group 0, no capability, no_new_privs") {
  if (!can_become_others("user 1000780000")) return;
  check_works({.before_exec = [] { become(random_user); }}, [](pid_t command) {
    CHECK(proc::status_field(command, "CapBnd").find_first_not_of('0') == std::string::npos);
    CHECK(proc::status_field(command, "NoNewPrivs") == "1");
  });
}

TEST_CASE("user 1000780000, read-only root, no /proc, all at once") {
  if (!can_become_others("user 1000780000 without /proc")) return;
  if (init_is_sanitized()) return skip("user 1000780000 without /proc: the sanitizer needs it");
  check_works({.own_proc = false, .before_exec = [] {
                 make_read_only("/proc");
                 make_read_only("/");
                 become(random_user);
               }});
}

TEST_CASE("no CAP_KILL, and a command of another user") {
  if (!can_become_others("no CAP_KILL")) return;
  Init init(Start{.words = act("as-user", std::to_string(other_user)) + plain_command(),
                  .before_exec = [] { drop_capability(CAP_KILL); }});
  const pid_t command = wait_for_command(init);
  for (int i = 0; i < 2; ++i) {
    init.signal(SIGTERM);
    // Taken, and dealt with.
    wait_while_alive(init, "TERM to be taken", [&] { return proc::signal_set(init.pid(), "ShdPnd") == 0; });
    wait_until_idle(init);
  }
  CHECK_MESSAGE(proc::look_at(command).state == 'S', "the command is gone");
  ::kill(command, SIGTERM);
  const std::string end = end_of(init);
  CHECK_MESSAGE(end == "exit " + std::to_string(code_at_term), "the command's code is 42, the init's end: " << end);
  if (is_peer()) return;
  const std::string text = init.all_errors();
  CAPTURE(text);
  CHECK(text == "foster: SIGTERM could not be sent to pid 2: operation not permitted\n");
}
