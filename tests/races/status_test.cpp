// The exit status, while there is much else to do: an orphan dies at about the same time, and scripts/soak --statuses
// keeps the processors busy.
#include <doctest/doctest.h>

#include "deaths.hpp"
#include "race.hpp"

TEST_CASE("exit statuses are what wait4 says of each kind of death") {
  // 10,000 in the full form.
  constexpr int at_a_time = 10;
  const Folder cores;
  const auto all = deaths();
  std::vector<int> statuses;
  for (const auto& death : all) statuses.push_back(status_by_wait4(death, cores));
  std::size_t next = 0;
  race("exit statuses, " + std::to_string(at_a_time) + " at a time", [&](int) {
    for (int i = 0; i < at_a_time; ++i, ++next) {
      const std::size_t kind = next % all.size();
      check_death(all[kind], cores, statuses[kind], act("orphan", "one", "exit", "3"));
    }
  });
  MESSAGE(next, " exit statuses of ", all.size(), " kinds of death");
}
