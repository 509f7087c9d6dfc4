// Long sequences of events into the policy, with every signal, sender, code and wait status. The world around it and
// the promises are those of tests/policy; there each state is visited once with few values, here few are with all
// values.
#include <cerrno>
#include <utility>

#include "bytes.hpp"
#include "model.hpp"

namespace policy_test {

namespace {

// With the one arrival that is possible next, and all that the world does by itself.
Scope one_arrival() {
  return {.arrivals = std::vector<Arrival>(1),
          .faults = {{EPERM, "EPERM"}, {ESRCH, "ESRCH"}, {EAGAIN, "EAGAIN"}},
          .main_moves = true};
}

constexpr pid_t senders[]{0, self, main_command, orphan, another};
constexpr int codes[]{SI_USER, SI_QUEUE, SI_KERNEL, SI_TKILL, SI_TIMER, SI_MESGQ, CLD_EXITED, CLD_STOPPED};

template <class Value, std::size_t size>
Value one_of(const Value (&values)[size], std::uint8_t byte) {
  return values[byte % size];
}

Arrival signal_from_bytes(Bytes& bytes) {
  const int number = 1 + bytes.take<std::uint8_t>() % last_signal;
  const pid_t sender = one_of(senders, bytes.take<std::uint8_t>());
  const int code = one_of(codes, bytes.take<std::uint8_t>());
  const bool by_own_writing = (number == SIGPIPE || number == SIGXFSZ) && sender == self;
  const bool forwarded = number != SIGCHLD && !by_own_writing;
  return {.label = "a signal",
          .event = signal_from(sender, number, code),
          .forwarded = forwarded,
          .carries_value = forwarded && code == SI_QUEUE};
}

// Written down here once more, as wait(2) has it, so that the policy is not tested with itself.
int exit_status_of(int wait_status) {
  const int low = wait_status & 0x7f;
  if (low == 0) return wait_status >> 8 & 0xff;
  return low == 0x7f ? Arrival::no_exit : 128 + low;
}

int wait_status_from_bytes(Bytes& bytes) {
  const int value = bytes.take<std::uint8_t>();
  const int number = 1 + value % last_signal;
  switch (bytes.take<std::uint8_t>() % 6) {
    case 0:
      return exited(value);
    case 1:
      return killed(number);
    case 2:
      return killed_with_core(number);
    case 3:
      return stopped(number);
    case 4:
      return traced_exec;
    default:
      return continued;
  }
}

Arrival child_from_bytes(Bytes& bytes) {
  // Most of the time an orphan: the main command's end is the end of the sequence.
  const bool is_main = bytes.take<std::uint8_t>() % 16 == 0;
  const int status = wait_status_from_bytes(bytes);
  const int exit_status = exit_status_of(status);
  Arrival arrival{.label = "a child", .event = child_changed(is_main ? main_command : orphan, status)};
  if (is_main) arrival.exit_status = exit_status;
  arrival.is_orphans_end = !is_main && exit_status != Arrival::no_exit;
  return arrival;
}

constexpr int times_ms[]{-1, 0, 1, 10'000};

void end_from_bytes(Bytes& bytes, Settings& settings) {
  const auto bits = bytes.take<std::uint8_t>();
  settings.wait = (bits & 1) != 0;
  settings.explains_end = (bits & 2) != 0;
  settings.exit_zero_forwarded = (bits & 4) != 0;
  settings.is_pid1 = (bits & 8) != 0;
  if (settings.is_pid1 && (bits & 16) != 0) settings.target = Target::all;
  const auto times = bytes.take<std::uint8_t>();
  settings.wait_ms = one_of(times_ms, times);
  settings.kill_after_ms = one_of(times_ms, times / 16);
}

// Of each a few at most: --rewrite, --stop-signal and --exit-zero.
void lists_from_bytes(Bytes& bytes, Settings& settings) {
  for (int pairs = bytes.take<std::uint8_t>() % 4; pairs > 0; --pairs) {
    const int from = 1 + bytes.take<std::uint8_t>() % last_signal;
    const int to = bytes.take<std::uint8_t>() % (last_signal + 1);
    if (from != SIGKILL && from != SIGSTOP) settings.rewrites.set(from, to);
  }
  for (int stops = bytes.take<std::uint8_t>() % 4; stops > 0; --stops) {
    settings.stop_signals.add(1 + bytes.take<std::uint8_t>() % last_signal);
  }
  for (int codes_left = bytes.take<std::uint8_t>() % 4; codes_left > 0; --codes_left) {
    settings.exit_zero.add(bytes.take<std::uint8_t>());
  }
}

Settings settings_from_bytes(Bytes& bytes) {
  const auto bits = bytes.take<std::uint8_t>();
  Settings settings{.target = (bits & 1) != 0 ? Target::child : Target::group,
                    .report_orphans = (bits & 2) != 0,
                    .terminate_rest = (bits & 4) != 0,
                    .kernel_reaps = (bits & 8) != 0};
  // Most of what came later has a byte of its own, and a sequence that has none of it is as it was.
  if ((bits & 16) != 0) end_from_bytes(bytes, settings);
  if ((bits & 32) != 0) lists_from_bytes(bytes, settings);
  // Only where the children are seen, and the terminal is not the session's.
  settings.terminal = (bits & 64) != 0 && !settings.kernel_reaps;
  settings.session = (bits & 128) != 0 && !settings.terminal;
  return settings;
}

// Waiting for signals, or asking for the main command's status, failed again and again, which the model knows nothing
// of: it changes nothing, and is told once.
void fail_for_long(State& state, Event::Kind kind, Topic topic, bool told, Bytes& bytes) {
  const Event event{.kind = kind, .error = 1 + bytes.take<std::uint8_t>()};
  int reports = 0;
  Actions actions;
  step(actions, state, event);
  for (const Action& action : actions) {
    promise(action.kind == Action::Kind::report && action.topic == topic, "a failure that lasts is only reported");
    ++reports;
  }
  promise(reports == (told ? 0 : 1), "a failure that lasts is told once");
}

void fail_to_wait(State& state, Bytes& bytes) {
  fail_for_long(state, Event::Kind::wait_failed, Topic::wait_failed, state.wait_failure_told, bytes);
}

void fail_to_learn(State& state, Bytes& bytes) {
  fail_for_long(state, Event::Kind::status_unknown, Topic::status_unknown, state.status_unknown_told, bytes);
}

// The next signal, or child that ended.
void arrive(Arrival& next, Bytes& bytes, std::uint8_t kind) {
  next = kind % 4 == 0 ? child_from_bytes(bytes) : signal_from_bytes(bytes);
}

// Of all that can come next, the one that the byte picks.
Node chosen(const Node& node, std::uint8_t byte, const Broken& broken) {
  std::vector<Node> all;
  for_each_next(
      node, [&](const std::string&, Node next) { all.push_back(std::move(next)); }, broken);
  promise(!all.empty(), "something can come next until init exits");
  return std::move(all[byte % all.size()]);
}

}  // namespace

}  // namespace policy_test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policy_test;
  const Broken broken = [](std::string_view words) { promise(false, words); };
  Bytes bytes(data, size);
  Scope scope = one_arrival();
  Node node = start(settings_from_bytes(bytes), scope, broken);
  while (!bytes.empty() && !node.ledger.story.exited) {
    if (node.rests()) {
      const auto kind = bytes.take<std::uint8_t>();
      if (kind % 8 == 7) fail_to_wait(node.state, bytes);
      if (kind % 16 == 14) fail_to_learn(node.state, bytes);
      arrive(scope.arrivals.front(), bytes, kind);
    }
    node = chosen(node, bytes.take<std::uint8_t>(), broken);
  }
  return 0;
}
