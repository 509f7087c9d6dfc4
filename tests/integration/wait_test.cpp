// --wait as PID 1: who is left when the main command has ended is left alone, told, and waited for; the status is the
// main command's all the same.
#include <doctest/doctest.h>
#include <unistd.h>

#include "caught.hpp"
#include "one_line.hpp"
#include "others.hpp"

namespace {

constexpr int own_code = 7;

Words main_command() { return on_cue(act("exit", std::to_string(own_code))); }

Words worker(const std::string& name) { return act("worker", name, "300"); }

// While they are left alone init waits without a time limit.
void end_main_and_rest(Init& init) {
  end_main(init);
  init.wait_until_at_rest();
}

}  // namespace

TEST_CASE("--wait=0 gives a worker the time that it takes after TERM") {
  for (const Words& option : {Words{"--wait=0"}, Words{"--wait=0", "-k", "20s"}, Words{"-w", "--wait=0"}}) {
    CAPTURE(joined(option));
    Init init(option + beside(worker("other"), main_command()));
    read_ready(init, {"main", "other"});
    give_cue(init);
    CHECK(init.read_line() == "other done");
    CHECK(init.exit_code() == own_code);
  }
}

TEST_CASE("without --wait nobody is waited for") {
  Init init(beside(worker("other"), main_command()));
  read_ready(init, {"main", "other"});
  give_cue(init);
  CHECK(init.exit_code() == own_code);
  CHECK(init.all_output().empty());
}

TEST_CASE("--wait=TIME leaves the others alone for so long, then tells them") {
  Init init(Words{"--wait=200ms"} + beside(worker("other"), main_command()));
  read_ready(init, {"main", "other"});
  give_cue(init);
  CHECK(init.read_line() == "other done");
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("--wait stays while a daemon runs, and sends it nothing") {
  for (const Words& option : {Words{"--wait"}, Words{"--wait=yes"}, Words{"-w", "--wait"}, Words{"-c", "--wait"}}) {
    CAPTURE(joined(option));
    Init init(option + beside(act("catch", "daemon"), main_command()));
    read_ready(init, {"main", "daemon"});
    const pid_t daemon = other_of(init);
    end_main_and_rest(init);
    ::kill(daemon, SIGUSR1);
    CHECK(init.read_line() == caught("daemon", SIGUSR1));
    ::kill(daemon, SIGKILL);
    CHECK(init.exit_code() == own_code);
  }
}

TEST_CASE("FOSTER_WAIT, and the command line wins over it") {
  for (const auto& [options, value] : std::vector<std::pair<Words, std::string>>{
           {{}, "yes"}, {{}, "60s"}, {{"--wait"}, "0s"}, {{"--wait"}, "no"}, {{"--wait=60s"}, "0s"}}) {
    CAPTURE(joined(options));
    CAPTURE(value);
    Init init(Start{.words = options + beside(act("worker", "other", "0"), main_command()),
                    .environment = {"FOSTER_WAIT=" + value}});
    read_ready(init, {"main", "other"});
    const pid_t other = other_of(init);
    end_main(init);
    ::kill(other, SIGKILL);
    CHECK(init.exit_code() == own_code);
    CHECK(init.all_output().empty());
  }
}

TEST_CASE("--wait leaves what is left of the group alone, too") {
  Init init(Words{"--wait"} + act("helper", "helper") + main_command());
  read_ready(init, {"main", "helper"});
  const pid_t helper = other_of(init);
  end_main_and_rest(init);
  ::kill(helper, SIGUSR1);
  CHECK(init.read_line() == caught("helper", SIGUSR1));
  ::kill(helper, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("a stop signal while they are waited for is for the others") {
  for (const auto& [option, number] :
       std::vector<std::pair<std::string, int>>{{"--stop-signal=QUIT", SIGTERM}, {"--stop-signal=QUIT", SIGQUIT}}) {
    CAPTURE(number);
    Init init(Words{"--wait", option} + beside(worker("other"), main_command()));
    read_ready(init, {"main", "other"});
    end_main_and_rest(init);
    init.signal(number);
    CHECK(init.read_line() == "other done");
    CHECK(init.exit_code() == own_code);
  }
}

TEST_CASE("where the stop was ordered before the main command's end, the others are told at once") {
  Init init(Words{"--wait"} + beside(worker("other"), act("on-term", std::to_string(own_code))));
  std::set<std::string> ready{init.read_line(), init.read_line()};
  REQUIRE(ready == std::set<std::string>{"ready", "other ready"});
  init.signal(SIGTERM);
  CHECK(init.read_line() == "other done");
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("at the deadline those that are left are killed") {
  Init init(Words{"--wait=0", "-k", "50ms"} + beside(act("catch", "other"), main_command()));
  read_ready(init, {"main", "other"});
  give_cue(init);
  CHECK(init.exit_code() == own_code);
  check_one_line(init.all_errors(), {"the time for the end is over", "SIGKILL"});
}

TEST_CASE("each of the others is told once") {
  Init init(Words{"--wait=0", "-k", "20s"} +
            beside(act("catch", "one"), beside(act("worker", "two", "0"), main_command())));
  read_ready(init, {"main", "one", "two"});
  const auto others = proc::children(init.command());
  give_cue(init);
  const std::set<std::string> lines{init.read_line(), init.read_line()};
  CHECK(lines == std::set<std::string>{caught("one", SIGTERM), "two done"});
  // The second one's end brings the first one nothing.
  init.wait_until("one to be left alone", [&] { return proc::children(init.pid()).size() == 1; });
  const pid_t one = proc::children(init.pid()).front();
  ::kill(one, SIGUSR1);
  CHECK(init.read_line() == caught("one", SIGUSR1));
  ::kill(one, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("orphans that arrive while the others are waited for are told of and reaped") {
  Init init(Words{"-w", "--wait"} +
            beside(act("await", "other") + act("orphan", "late", "exit", "3") + act("hold"), main_command()));
  read_ready(init, {"main", "other"});
  const pid_t other = other_of(init);
  end_main_and_rest(init);
  ::kill(other, SIGUSR1);
  const std::string made = init.read_line();
  CHECK(init.read_line() == "ready");
  const std::string line = init.read_error();
  CAPTURE(line);
  CHECK(has(line, made + " ('late') exited with 3"));
  init.wait_until("the orphan to be gone", [&] { return proc::children(init.pid()) == std::vector{other}; });
  ::kill(other, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("orphans that died before the main command's end leave no zombie while the others are waited for") {
  Init init(Words{"--wait"} + beside(act("await", "other") + act("orphans", "200", "50"), main_command()));
  read_ready(init, {"main", "other"});
  const pid_t other = other_of(init);
  end_main_and_rest(init);
  ::kill(other, SIGUSR1);
  CHECK(init.read_line() == "done");
  init.wait_until("the orphans to be gone",
                  [&] { return init.is_at_rest() && proc::children(init.pid()) == std::vector{other}; });
  ::kill(other, SIGKILL);
  CHECK(init.exit_code() == own_code);
}

TEST_CASE("the status is the main command's, however the others end") {
  for (const auto& [main, code] : {std::pair{act("exit", "0"), 0}, std::pair{act("exit", "255"), 255},
                                   std::pair{act("die", "9"), 128 + SIGKILL}}) {
    Init init(Words{"--wait=0"} + beside(act("worker", "other", "10"), on_cue(main)));
    read_ready(init, {"main", "other"});
    give_cue(init);
    CHECK(init.read_line() == "other done");
    CHECK(init.exit_code() == code);
  }
}

TEST_CASE("--wait with nobody to wait for ends at once") {
  for (const std::string option : {"--wait", "--wait=0", "--wait=60s"}) {
    CAPTURE(option);
    Init init(Words{option} + act("exit", std::to_string(own_code)));
    CHECK(init.exit_code() == own_code);
    CHECK(init.all_errors().empty());
  }
}

TEST_CASE("a signal that comes when the main command is gone reaches no stranger that has its pid") {
  if (::getuid() != 0) return skip("a pid that is used again: only root can choose one");
  for (const std::string target : {"-c", "-g"}) {
    CAPTURE(target);
    Init init(Words{"--wait", target} + act("reuse") + main_command());
    read_ready(init, {"main"});
    end_main(init);
    REQUIRE(init.read_line() == "stranger ready");
    const pid_t watcher = proc::children(init.pid()).front();
    const pid_t stranger = proc::children(watcher).front();
    init.signal(SIGHUP);
    init.wait_until_at_rest();
    ::kill(stranger, SIGUSR1);
    CHECK(init.read_line() == caught("stranger", SIGUSR1));
    for (const pid_t pid : {stranger, watcher}) ::kill(pid, SIGKILL);
    CHECK(init.exit_code() == own_code);
  }
}
