// An init whose command makes orphans when it is told.
#pragma once

#include "bare/wire.hpp"
#include "container.hpp"
#include "subject.hpp"

class Storm {
 public:
  // `orphans` at each start(). The words to execute are added to `launch`.
  Storm(const Subject& subject, int orphans, Launch launch = {});

  [[nodiscard]] pid_t init() const { return container_.pid(); }
  void start() const { container_.tell(); }
  [[nodiscard]] bool is_over(int limit_ms) const { return container_.has_said_something(limit_ms); }
  // Waits for its end.
  Number refused_forks() { return container_.read<Number>(); }

 private:
  Container container_;
};
