# foster_link_static(TARGET): static-pie, and what ships is stripped, its debug information beside it.
include(CheckLinkerFlag)

function(foster_link_static target)
  # -z norelro: musl applies RELRO to no static program; it would only cost a page.
  target_link_options(${target} PRIVATE -static-pie -Wl,--gc-sections -Wl,-z,noseparate-code -Wl,-z,norelro
                      -Wl,-z,noexecstack -Wl,--build-id=sha1 -Wl,--fatal-warnings)
  # .bss.zz, what init needs room for, comes last: its end is seldom touched, and libc's data stays in the first page.
  target_link_options(${target} PRIVATE -Wl,--sort-section=name)
  check_linker_flag(CXX -nostdlib++ HAVE_nostdlibxx)  # GCC 13 and clang
  if(HAVE_nostdlibxx)
    target_link_options(${target} PRIVATE -nostdlib++)
  endif()

  # gdb follows the debuglink by the file's name; a stripped binary keeps no other trace of it.
  set(binary $<TARGET_FILE_NAME:${target}>)
  add_custom_command(TARGET ${target} POST_BUILD
    WORKING_DIRECTORY $<TARGET_FILE_DIR:${target}>
    COMMAND ${CMAKE_OBJCOPY} --only-keep-debug ${binary} ${binary}.debug
    COMMAND ${CMAKE_OBJCOPY} --strip-all --remove-section=.comment --add-gnu-debuglink=${binary}.debug ${binary}
    BYPRODUCTS ${target}.debug VERBATIM)
endfunction()
