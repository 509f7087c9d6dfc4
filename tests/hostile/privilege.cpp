#include "privilege.hpp"

#include <grp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "course.hpp"

bool can_become_others(const char* what) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool can = ::setgroups(0, nullptr) == 0 && ::setresuid(random_user, random_user, random_user) == 0 &&
                     ::access(init_binary().c_str(), X_OK) == 0 && ::access(actor().c_str(), X_OK) == 0;
    ::_exit(can ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) skip(std::string(what) + ": needs root, and programs that every user can run");
  return status == 0;
}

void become(uid_t user) {
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
    drop_capability(capability);
  must(::setgroups(0, nullptr) == 0, "setgroups");
  must(::setresgid(0, 0, 0) == 0, "setresgid");
  must(::setresuid(user, user, user) == 0, "setresuid");
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "PR_SET_NO_NEW_PRIVS");
  // A change of user takes back that the launcher dies with the test.
  must(::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "PR_SET_PDEATHSIG");
}

void make_read_only(const char* mount_point) {
  must(::mount(nullptr, mount_point, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0, "remount read-only");
}

void drop_capability(int capability) { must(::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0, "PR_CAPBSET_DROP"); }
