// Giving up what a container may not have. All but the first are for the launcher.
#pragma once

#include <sys/types.h>

// As OpenShift gives them.
inline constexpr uid_t random_user = 1'000'780'000;
inline constexpr uid_t other_user = 65534;

// True if a test may change its user, and both programs can be run by that one; else says what is skipped.
bool can_become_others(const char* what);

// Group 0, no other groups, no capability, none to be had again.
void become(uid_t user);
void make_read_only(const char* mount_point);
void drop_capability(int capability);
