# Static musl builds with Debian's GCC (native or cross) and Debian's musl-dev.
# Needs only: g++ (or g++-TRIPLE) and musl-dev of the target architecture, from
# apt or unpacked under MUSL_ROOT.   -DMUSL_ARCH=<Debian architecture name>
set(MUSL_ARCH "$ENV{MUSL_ARCH}" CACHE STRING "Debian name of the target architecture")
if(NOT MUSL_ARCH)
  set(MUSL_ARCH amd64)
endif()
set(MUSL_ROOT "$ENV{MUSL_ROOT}" CACHE PATH "Where musl-dev is unpacked (empty: the system)")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MUSL_ARCH MUSL_ROOT)

#                  GNU triple             musl triple             CPU      flags
set(_musl_amd64   x86_64-linux-gnu       x86_64-linux-musl       x86_64   "-malign-data=abi")
set(_musl_arm64   aarch64-linux-gnu      aarch64-linux-musl      aarch64  "-mbranch-protection=standard")
set(_musl_armhf   arm-linux-gnueabihf    arm-linux-musleabihf    armv7l   "")
set(_musl_i386    i686-linux-gnu         i386-linux-musl         i686     "")
set(_musl_ppc64el powerpc64le-linux-gnu  powerpc64le-linux-musl  ppc64le  "-mlong-double-64")
set(_musl_s390x   s390x-linux-gnu        s390x-linux-musl        s390x    "")
set(_musl_riscv64 riscv64-linux-gnu      riscv64-linux-musl      riscv64  "")
if(NOT DEFINED _musl_${MUSL_ARCH})
  message(FATAL_ERROR "MUSL_ARCH=${MUSL_ARCH} is not known")
endif()
list(GET _musl_${MUSL_ARCH} 0 _triple)
list(GET _musl_${MUSL_ARCH} 1 _musl)
list(GET _musl_${MUSL_ARCH} 2 CMAKE_SYSTEM_PROCESSOR)
list(GET _musl_${MUSL_ARCH} 3 _flags)
set(CMAKE_SYSTEM_NAME Linux)

set(CMAKE_CXX_COMPILER ${_triple}-g++)
set(_inc "${MUSL_ROOT}/usr/include/${_musl}")
set(_lib "${MUSL_ROOT}/usr/lib/${_musl}")
if(NOT EXISTS "${_lib}/libc.a")
  message(FATAL_ERROR "no ${_lib}/libc.a: install musl-dev:${MUSL_ARCH}, or unpack it and set MUSL_ROOT")
endif()

# GCC's own (glibc-configured) libstdc++ headers are used header-only, on top of
# musl's C headers; musl-shim/ beside this file replaces those that insist on glibc.
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=include
                OUTPUT_VARIABLE _gccinc OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_CXX_COMPILER} -dumpversion
                OUTPUT_VARIABLE _ver OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(_cxx "/usr/${_triple}/include/c++/${_ver}")     # a cross package
set(_cxxarch "${_cxx}/${_triple}")
if(NOT EXISTS "${_cxx}/array")                      # the native package
  set(_cxx "/usr/include/c++/${_ver}")
  set(_cxxarch "/usr/include/${_triple}/c++/${_ver}")
endif()
set(CMAKE_CXX_FLAGS_INIT "-nostdinc -isystem ${CMAKE_CURRENT_LIST_DIR}/musl-shim -isystem ${_cxx} -isystem ${_cxxarch} -isystem ${_inc} -isystem ${_gccinc} ${_flags}")

# Link: musl's start files and libc.a in place of glibc's, and an empty libstdc++.a
# in place of Debian's, which is built for glibc (GCC 13+ would take -nostdlib++).
set(_stub "${CMAKE_BINARY_DIR}/musl-${MUSL_ARCH}")
file(WRITE "${_stub}/libstdc++.a" "!<arch>\n")
file(CONFIGURE OUTPUT "${_stub}/link.specs" @ONLY CONTENT
"*startfile:
%{static-pie:@_lib@/rcrt1.o;:@_lib@/crt1.o} @_lib@/crti.o

*endfile:
@_lib@/crtn.o

*link_libgcc:
-L@_stub@ -L@_lib@ -L .%s

*libgcc:
libgcc.a%s
")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-specs=${_stub}/link.specs -static-pie")
if(MUSL_ARCH MATCHES "^(armhf|riscv64)$")   # GCC 12's link specs there do not know -static-pie
  string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -Wl,-static,-pie,--no-dynamic-linker,-z,text")
endif()

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
