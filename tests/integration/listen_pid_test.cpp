// LISTEN_PID and LISTEN_PIDFDID (sd_listen_fds(3)): they name the command where they named init, and are left alone
// where they did not.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "files.hpp"
#include "harness.hpp"

namespace {

struct Seen {
  Words listen;  // the variables that begin so, in order
  std::string pid;
};

Seen seen_by_command(Start start) {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  start.words = act("state", folder.path_of("state"));
  Init init(start);
  CHECK(init.exit_code() == 0);
  CHECK(init.all_errors().empty());
  std::istringstream state(folder.read("state"));
  Seen seen;
  for (std::string line; std::getline(state, line);) {
    if (line.rfind("variable LISTEN_", 0) == 0) seen.listen.push_back(line.substr(9));
    if (line.rfind("pid ", 0) == 0) seen.pid = line.substr(4);
  }
  return seen;
}

const std::string id = "LISTEN_PIDFDID=";

}  // namespace

TEST_CASE("LISTEN_PID that names init names the command, however it is started") {
  for (const Words& before : {Words{}, act("deny", "clone:VFORK=EPERM")}) {
    const Seen seen = seen_by_command(
        {.before = before, .environment = {"LISTEN_FDS=1", "LISTEN_PID=1", "LISTEN_FDNAMES=x", "HOME=/"}});
    CHECK(seen.listen == Words{"LISTEN_FDS=1", "LISTEN_PID=" + seen.pid, "LISTEN_FDNAMES=x"});
  }
}

TEST_CASE("LISTEN_PID that names somebody else, or nobody, stays") {
  for (const std::string value : {"", "0", "4711", "-1", "1x", "01x", " 1", "99999999999999999999"}) {
    CAPTURE(value);
    const Seen seen = seen_by_command({.environment = {"LISTEN_PID=" + value, id + "5"}});
    CHECK(seen.listen.size() == 2);
    CHECK(seen.listen.back() == id + "5");
    CHECK(seen.listen.front() != "LISTEN_PID=" + seen.pid);
  }
  CHECK(seen_by_command({.environment = {id + "5"}}).listen == Words{id + "5"});
}

TEST_CASE("LISTEN_PIDFDID goes with it: the command's own, or none where the kernel does not tell it") {
  const Words environment{"LISTEN_PIDFDID=5", "LISTEN_PID=1", "LISTEN_FDS=1"};
  const Seen seen = seen_by_command({.environment = environment});
  REQUIRE(seen.listen.size() == 3);
  CHECK(seen.listen[0].rfind(id, 0) == 0);
  CHECK(std::stoull(seen.listen[0].substr(id.size())) > 5);
  const Seen without = seen_by_command({.before = act("deny", "pidfd_open=ENOSYS"), .environment = environment});
  CHECK(without.listen == Words{"LISTEN_PID=" + without.pid, "LISTEN_FDS=1"});
}

TEST_CASE("a command that is not found is told as ever") {
  Init init(Start{.words = {"no-such-command"}, .environment = {"PATH=/bin", "LISTEN_PID=1", "LISTEN_PIDFDID=5"}});
  CHECK(init.exit_code() == 127);
  CHECK(init.all_errors().find("no-such-command") != std::string::npos);
}
