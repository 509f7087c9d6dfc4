# foster_generated: version.hpp, and command_line/license_text.hpp for --license, made again when LICENSE changes.
set(generated ${PROJECT_BINARY_DIR}/generated)

file(CONFIGURE OUTPUT ${generated}/version.hpp @ONLY CONTENT
"#pragma once

#define FOSTER_VERSION \"@PROJECT_VERSION@\"
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
