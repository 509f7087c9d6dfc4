#include "storm.hpp"

#include <utility>

#include "measurement.hpp"
#include "observe.hpp"

namespace {

Launch with_words(Launch launch, const Subject& subject, int orphans) {
  need_init(subject);
  launch.words = words_of(subject, Target::usual, command("orphans", std::to_string(orphans)));
  return launch;
}

}  // namespace

Storm::Storm(const Subject& subject, int orphans, Launch launch)
    : container_(with_words(std::move(launch), subject, orphans)) {
  container_.await_ready();
  await([this] { return has_reaped_all(init()); }, "the init at rest");
}
