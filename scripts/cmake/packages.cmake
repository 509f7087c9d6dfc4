# What is installed, and CPack's .deb and .rpm of a release (scripts/release). They hold the program, its manual page,
# the licence and README.md, and depend on nothing. The same commit gives the same bytes, wherever it is built.
find_program(GZIP gzip REQUIRED)

set(man_page ${PROJECT_SOURCE_DIR}/init/foster.1)
add_custom_command(OUTPUT foster.1.gz COMMAND ${GZIP} -9nc ${man_page} > foster.1.gz DEPENDS ${man_page} VERBATIM)
add_custom_target(man_page ALL DEPENDS foster.1.gz)

install(TARGETS foster RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_BINARY_DIR}/foster.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For the list of what a release is made of: the compiler, and which parts of libc.a and libgcc.a the linker took.
file(CONFIGURE OUTPUT compiler-version CONTENT "${CMAKE_CXX_COMPILER_VERSION}")
target_link_options(foster PRIVATE -Wl,-Map=${PROJECT_BINARY_DIR}/foster.map)

# Only a release for a named architecture can be packed: a package says what it is for.
if(NOT MUSL_ARCH)
  return()
endif()

# RPM's names of architectures are those of the processors, but for one.
set(rpm_arch ${CMAKE_SYSTEM_PROCESSOR})
if(MUSL_ARCH STREQUAL "armhf")
  set(rpm_arch armv7hl)
endif()

set(CPACK_GENERATOR DEB RPM)
set(CPACK_PACKAGE_NAME ${PROJECT_NAME})
set(CPACK_PACKAGE_VENDOR "the foster authors")
set(CPACK_PACKAGE_CONTACT "the foster authors <foster@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Tiny static init for containers")
set(CPACK_PACKAGE_DESCRIPTION "foster runs as process 1 of a container: it starts one command, hands every signal
on to it, reaps orphans and zombies, and leaves with the command's exit status.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# Whatever the umask of whoever packs.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${MUSL_ARCH})
set(CPACK_DEBIAN_PACKAGE_SECTION admin)

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_ARCHITECTURE ${rpm_arch})
set(CPACK_RPM_PACKAGE_DESCRIPTION ${CPACK_PACKAGE_DESCRIPTION})
set(CPACK_RPM_PACKAGE_LICENSE MIT)
set(CPACK_RPM_PACKAGE_RELOCATABLE OFF)
set(CPACK_RPM_PACKAGE_AUTOREQPROV OFF)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/man /usr/share/man/man1)
# Nothing of the machine or the clock; and rpm's own steps after an installation strip with this machine's tools.
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none
%define _buildhost localhost
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define __os_install_post %{nil}")
include(CPack)
