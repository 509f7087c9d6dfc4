# foster_options: for every target, tests included. foster_ship: for what is part of the init, on top of it.
include(CheckCXXCompilerFlag)

# Bit-identical builds whatever the folders are called. The last matching entry counts, so the inner folder comes last.
set(prefix_map -ffile-prefix-map=${PROJECT_SOURCE_DIR}=/src -ffile-prefix-map=${PROJECT_BINARY_DIR}=/build)

add_library(foster_options INTERFACE)
target_compile_features(foster_options INTERFACE cxx_std_20)
target_compile_definitions(foster_options INTERFACE _GLIBCXX_ASSERTIONS=1)
target_compile_options(foster_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wformat=2
  -Wundef -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough -Wold-style-cast
  $<$<CXX_COMPILER_ID:GNU>:-Wuseless-cast>
  $<$<BOOL:${FOSTER_WERROR}>:-Werror>
  ${prefix_map})
# What the compiler may compute in advance: it compresses texts (init/compressed.hpp).
target_compile_options(foster_options INTERFACE $<IF:$<CXX_COMPILER_ID:GNU>,-fconstexpr-ops-limit,-fconstexpr-steps>=1000000000)
target_link_options(foster_options INTERFACE ${prefix_map})  # LTO writes debug information at link time

if(FOSTER_SANITIZE)
  target_compile_options(foster_options INTERFACE
    -fsanitize=${FOSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(foster_options INTERFACE -fsanitize=${FOSTER_SANITIZE})
endif()
if(FOSTER_COVERAGE)
  target_compile_options(foster_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(foster_options INTERFACE --coverage)
endif()

# No exceptions, no RTTI, hardened, small. LTO generates code at link time, so the link is told as well.
add_library(foster_ship INTERFACE)
target_compile_options(foster_ship INTERFACE -fno-exceptions -fno-rtti -fno-threadsafe-statics)
target_link_options(foster_ship INTERFACE -fno-exceptions)
check_cxx_compiler_flag(-fno-gnu-unique HAVE_fno_gnu_unique)  # GCC only; keeps the ELF OS/ABI generic
if(HAVE_fno_gnu_unique)
  target_compile_options(foster_ship INTERFACE -fno-gnu-unique)
endif()
if(NOT CMAKE_BUILD_TYPE STREQUAL Debug)
  foreach(flag IN ITEMS -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-unwind-tables
          -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER "HAVE${flag}" have)
    check_cxx_compiler_flag(${flag} ${have})
    if(${have})
      target_compile_options(foster_ship INTERFACE ${flag})
      target_link_options(foster_ship INTERFACE ${flag})
    endif()
  endforeach()
endif()
