#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#include "actor.hpp"

namespace actor {

int as_user(Words words) {
  const auto user = static_cast<uid_t>(number(words[0]));
  if (::setgroups(0, nullptr) < 0 || ::setresgid(user, user, user) < 0 || ::setresuid(user, user, user) < 0)
    fail("become another user");
  execute(words + 1);
}

int daemon(Words words) {
  const int code = static_cast<int>(number(words[0]));
  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  if (child != 0) return code;
  if (::setsid() < 0) fail("setsid");
  say("daemon");
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(fd);
  for (;;) ::pause();
}

}  // namespace actor
