# One program for each folder of tests/ that has sources. Fuzz targets are built apart: they need libFuzzer's main.
find_package(doctest REQUIRED)

# foster_test_sources(FOLDER VARIABLE)
function(foster_test_sources folder variable)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_fuzz\\.cpp$")
  set(${variable} ${sources} PARENT_SCOPE)
endfunction()

# foster_doctest_program(NAME SOURCE...): doctest needs exceptions, which the init itself is built without.
function(foster_doctest_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE foster_pure doctest::doctest)
  target_compile_options(${name} PRIVATE -fexceptions -frtti)
endfunction()

foreach(folder IN ITEMS unit policy)
  foster_test_sources(${folder} sources)
  if(sources)
    foster_doctest_program(${folder}_tests ${sources})
    add_test(NAME ${folder}_tests COMMAND ${folder}_tests)
  endif()
endforeach()

# The whole program in a simulated kernel, which takes sys.cpp's place. The real one is there as well, in a namespace of
# another name, so that the same scenarios run on both.
foster_test_sources(fake_kernel sources)
if(sources)
  foreach(file IN ITEMS sys.hpp sys.cpp)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/init/kernel/${file})
    file(READ ${PROJECT_SOURCE_DIR}/init/kernel/${file} text)
    string(REPLACE "foster::sys" "foster::real_sys" text "${text}")
    string(REPLACE "kernel/sys.hpp" "kernel/real_sys.hpp" text "${text}")
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/fake_kernel/kernel/real_${file} CONTENT "${text}" @ONLY)
  endforeach()
  add_library(fake_kernel_main OBJECT init/main.cpp)
  target_compile_definitions(fake_kernel_main PRIVATE main=foster_main)
  target_link_libraries(fake_kernel_main PRIVATE foster_pure foster_ship)
  foster_doctest_program(fake_kernel_tests ${sources} ${PROJECT_BINARY_DIR}/fake_kernel/kernel/real_sys.cpp)
  target_include_directories(fake_kernel_tests PRIVATE ${PROJECT_BINARY_DIR}/fake_kernel)
  target_link_libraries(fake_kernel_tests PRIVATE fake_kernel_main foster_kernel)
  target_compile_options(fake_kernel_tests PRIVATE -O1)
  add_test(NAME fake_kernel_tests COMMAND fake_kernel_tests)
endif()

# The integration tests clone namespaces, which the sanitizers' and gcov's runtimes do not survive. They run the shipped
# binary and the sanitized one, from those presets' folders, so they are not built a second time there.
if(FOSTER_SANITIZE OR FOSTER_COVERAGE)
  return()
endif()

# The command that the tests run: static, so that it also runs in an empty image.
foster_test_sources(actor sources)
if(sources)
  add_executable(actor ${sources})
  target_link_libraries(actor PRIVATE foster_options)
  target_link_options(actor PRIVATE -static)
endif()

foster_test_sources(integration sources)
if(sources)
  foster_doctest_program(integration_tests ${sources})
  foreach(preset IN ITEMS release debug)
    add_test(NAME integration_${preset} COMMAND integration_tests)
    set_tests_properties(integration_${preset} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
      "FOSTER_BINARY=${PROJECT_SOURCE_DIR}/build/${preset}/foster;FOSTER_ACTOR=$<TARGET_FILE:actor>")
  endforeach()
endif()

add_test(NAME binary_release COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-binary ${PROJECT_SOURCE_DIR}/build/release/foster)
