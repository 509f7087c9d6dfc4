# foster_generated: version.hpp, and command_line/license_text.hpp for --license, made again when LICENSE changes.
set(generated ${PROJECT_BINARY_DIR}/generated)

# The commit, as --version shows it; empty where there is no checkout. "--git-path" also finds it in a worktree.
set(FOSTER_COMMIT "" CACHE STRING "The commit that --version shows (empty: what git says)")
set(commit ${FOSTER_COMMIT})
find_program(GIT git)
if(NOT commit AND GIT)
  execute_process(COMMAND ${GIT} -C ${PROJECT_SOURCE_DIR} rev-parse --short=12 HEAD
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  execute_process(COMMAND ${GIT} -C ${PROJECT_SOURCE_DIR} rev-parse --path-format=absolute --git-path logs/HEAD
                  OUTPUT_VARIABLE log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(EXISTS "${log}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${log})
  endif()
endif()
# As dockerd takes it apart: at " - ", and then at the one dot.
if(commit)
  string(PREPEND commit " - git.")
endif()

file(CONFIGURE OUTPUT ${generated}/version.hpp @ONLY CONTENT
"#pragma once

#define FOSTER_VERSION \"@PROJECT_VERSION@\"
#define FOSTER_COMMIT \"@commit@\"
")

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/LICENSE)
file(READ ${PROJECT_SOURCE_DIR}/LICENSE license)
file(CONFIGURE OUTPUT ${generated}/command_line/license_text.hpp @ONLY CONTENT
"#pragma once

namespace foster {

constexpr char license_text[] = R\"LICENSE(@license@)LICENSE\";

}  // namespace foster
")

add_library(foster_generated INTERFACE)
target_include_directories(foster_generated INTERFACE ${generated})
