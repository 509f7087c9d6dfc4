// Stands in for libstdc++'s os/gnu-linux os_defines.h, which cannot be
// preprocessed without glibc's __GLIBC_PREREQ. See scripts/cmake/musl.cmake.
#ifndef _GLIBCXX_OS_DEFINES
#define _GLIBCXX_OS_DEFINES 1
#define __NO_CTYPE 1
#define __locale_t locale_t  // glibc's old name, used by bits/c++locale.h
#endif
