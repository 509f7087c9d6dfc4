# One program for each folder of tests/ that has sources. Fuzz targets are built apart: they need libFuzzer's main.
find_package(doctest REQUIRED)

# foster_test_sources(FOLDER VARIABLE)
function(foster_test_sources folder variable)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_fuzz\\.cpp$")
  set(${variable} ${sources} PARENT_SCOPE)
endfunction()

# What doctest needs, and the init itself is built without; of debug information lines are enough, and compiled in less time.
set(test_options -fexceptions -frtti -g1)

# foster_doctest_program(NAME SOURCE...)
function(foster_doctest_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE foster_pure doctest::doctest)
  target_compile_options(${name} PRIVATE ${test_options})
endfunction()

foreach(folder IN ITEMS unit policy)
  foster_test_sources(${folder} sources)
  if(sources)
    foster_doctest_program(${folder}_tests ${sources})
    add_test(NAME ${folder}_tests COMMAND ${folder}_tests)
  endif()
endforeach()
# The policy's states are gone through one by one: with sanitizers and without optimization that takes two minutes.
target_compile_options(policy_tests PRIVATE -O1)
if(FOSTER_SANITIZE)
  target_compile_options(foster_pure PRIVATE -O1)
endif()

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

# Fuzz targets, with libFuzzer's main and its counters in what they test. Here they only go through the checked-in corpus;
# scripts/fuzz lets them search.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND FOSTER_SANITIZE)
  # foster_fuzz_target(NAME SOURCE...)
  function(foster_fuzz_target name)
    add_executable(${name}_fuzz ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp ${pure_sources} ${ARGN})
    target_include_directories(${name}_fuzz PRIVATE init tests/policy)
    target_link_libraries(${name}_fuzz PRIVATE foster_options foster_generated)
    target_compile_options(${name}_fuzz PRIVATE -fsanitize=fuzzer -O1)
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    file(GLOB corpus CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name}/*)
    if(NOT corpus)
      message(FATAL_ERROR "tests/fuzz/corpus/${name} is empty")
    endif()
    add_test(NAME ${name}_fuzz_corpus COMMAND ${name}_fuzz -runs=0 ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  endfunction()
  foster_fuzz_target(options)
  file(GLOB model_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/policy/model*.cpp
       ${PROJECT_SOURCE_DIR}/tests/policy/promises*.cpp)
  foster_fuzz_target(events ${model_sources})
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

# What the programs below share: how an init is started and looked at, and their main.
foster_test_sources(integration harness_sources)
list(FILTER harness_sources EXCLUDE REGEX "_test\\.cpp$")
add_library(harness OBJECT ${harness_sources})
target_include_directories(harness PUBLIC ${PROJECT_SOURCE_DIR}/tests/integration)
target_link_libraries(harness PUBLIC foster_pure doctest::doctest)
target_compile_options(harness PRIVATE ${test_options})

# What has no heap leaks nothing. The search for leaks stops the sanitized program by a tracer at its end, and a CONT that
# comes just then, as a hangup brings one, takes the stop away: both then wait for ever.
set(no_leaks ASAN_OPTIONS=detect_leaks=0)

# foster_init_tests(FOLDER RELEASE_RUNS DEBUG_RUNS): test cases on the harness of tests/integration, for the shipped binary
# and for the sanitized one, in each of the two loops: init reaps, or the kernel does wherever it can. A race is run so
# often; each run of the sanitized binary takes long to start and to end.
function(foster_init_tests folder release_runs debug_runs)
  foster_test_sources(${folder} sources)
  if(NOT sources)
    return()
  endif()
  list(REMOVE_ITEM sources ${harness_sources})
  foster_doctest_program(${folder}_tests ${sources})
  target_link_libraries(${folder}_tests PRIVATE harness)
  foreach(preset IN ITEMS release debug)
    foreach(loop IN ITEMS init auto)
      set(name ${folder}_${preset}_${loop})
      add_test(NAME ${name} COMMAND ${folder}_tests)
      set_tests_properties(${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
        "FOSTER_BINARY=${PROJECT_SOURCE_DIR}/build/${preset}/foster;FOSTER_ACTOR=$<TARGET_FILE:actor>;INIT_OPTIONS=--reap=${loop};RACE_RUNS=${${preset}_runs};${no_leaks}")
    endforeach()
  endforeach()
endfunction()

foster_init_tests(integration 200 20)
foster_init_tests(races 20 5)   # many in scripts/races
foster_init_tests(hostile 1 1)  # no race is in it; scripts/hostile runs it against other inits as well
foster_init_tests(terminals 1 1)
target_sources(terminals_tests PRIVATE ${PROJECT_SOURCE_DIR}/tests/hostile/reporter.cpp)  # for scripts/terminals
foster_init_tests(peers 1 1)    # beside the originals, as far as they are installed; scripts/compare-peers installs them
# What is no init at all has no loops. Parts of it are tested by themselves, too.
foster_test_sources(inspect sources)
foster_doctest_program(inspect_tests ${sources})
target_link_libraries(inspect_tests PRIVATE harness foster_kernel foster_sys)
add_test(NAME init_alone
  COMMAND ${CMAKE_COMMAND} --build ${PROJECT_SOURCE_DIR}/build/release --target foster_init_alone)
set_tests_properties(init_alone PROPERTIES FIXTURES_SETUP init_alone)
foreach(preset IN ITEMS release debug)
  add_test(NAME inspect_${preset} COMMAND inspect_tests)
  set_tests_properties(inspect_${preset} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
    "FOSTER_BINARY=${PROJECT_SOURCE_DIR}/build/${preset}/foster;FOSTER_ACTOR=$<TARGET_FILE:actor>;FOSTER_INIT_ALONE=${PROJECT_SOURCE_DIR}/build/release/foster_init_alone;${no_leaks}")
endforeach()
set_tests_properties(inspect_release PROPERTIES FIXTURES_REQUIRED init_alone)

add_test(NAME hostile_rows COMMAND ${PROJECT_SOURCE_DIR}/tests/hostile/check-rows)

# The injector of faults, and the short form of what scripts/faults does with it.
foster_test_sources(faults sources)
if(sources AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_executable(inject ${sources})
  target_link_libraries(inject PRIVATE foster_options)
  target_link_options(inject PRIVATE -static)
  add_test(NAME faults COMMAND ${PROJECT_SOURCE_DIR}/scripts/faults --short)
  # It takes long and waits much: the first to begin.
  set_tests_properties(faults PROPERTIES COST 100 TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
    "FOSTER_BINARY=${PROJECT_SOURCE_DIR}/build/release/foster;FAULTS_INJECT=$<TARGET_FILE:inject>")
elseif(sources)
  add_test(NAME faults COMMAND ${CMAKE_COMMAND} -E echo "skipped: the injector knows the registers of x86-64 only")
  set_tests_properties(faults PROPERTIES SKIP_REGULAR_EXPRESSION "skipped: ")
endif()

add_test(NAME binary_release COMMAND ${PROJECT_SOURCE_DIR}/scripts/check-binary ${PROJECT_SOURCE_DIR}/build/release/foster)

# The benchmark, for scripts/bench: what it measures with is libc-free, so that the inits are what counts.
foster_test_sources(bench sources)
list(FILTER sources EXCLUDE REGEX "/render[^/]*\\.cpp$")
if(sources AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  add_executable(bench ${sources})
  target_link_libraries(bench PRIVATE foster_options)
  target_compile_options(bench PRIVATE -O1)
  # foster_bare_program(NAME SOURCE...)
  function(foster_bare_program name)
    list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/tests/bench/bare/ OUTPUT_VARIABLE bare_sources)
    add_executable(${name} ${bare_sources})
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_link_libraries(${name} PRIVATE foster_options)
    target_compile_options(${name} PRIVATE -Os -ffreestanding -fno-pie -fno-stack-protector -fcf-protection=none
      -fno-exceptions -fno-rtti -fno-asynchronous-unwind-tables -fno-threadsafe-statics)
    target_link_options(${name} PRIVATE -static -nostdlib -s -Wl,--build-id=none -Wl,-z,noseparate-code
      -Wl,-z,norelro -Wl,-z,noexecstack)
    add_dependencies(bench ${name})
  endfunction()
  foster_bare_program(bench-command bare.cpp command.cpp)
  foster_bare_program(floor-init bare.cpp floor.cpp floor_init.cpp)
  foster_bare_program(floor-kernel bare.cpp floor.cpp floor_kernel.cpp)
endif()

# What makes tables and a chart from what bench measured. Optimized, for it draws every sample thousands of times.
file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/render*.cpp)
add_executable(bench_render ${sources})
target_link_libraries(bench_render PRIVATE foster_options)
target_compile_options(bench_render PRIVATE -O2)
