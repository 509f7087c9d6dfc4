// Every call of the program under test passes here, whichever kernel answers it: it is counted, may be made to fail,
// and leaves an entry in the trace.
#pragma once

#include <array>
#include <cerrno>
#include <cstdint>

#include "calls.hpp"

namespace fake {

// Init, or its child from the clone to the exec. Each side's calls are counted by themselves: with a fork they run at
// the same time.
enum class Side : std::uint8_t { parent, child };
inline constexpr std::array both_sides{Side::parent, Side::child};

struct Fault {
  Side side = Side::parent;
  int at = 0;  // the call on that side, from 1; 0: no fault
  int error = 0;
  bool stays = false;  // from then on every call of that name fails, on both sides
};

struct Entry {
  Call call;
  int outcome;
};
inline constexpr int did_not_return = 1'000'000;  // an exec that worked, or a wait that goes on

// In memory that the test and the program under test share.
struct Trace {
  static constexpr std::size_t room = 4096;
  std::array<std::array<Entry, room>, 2> entries;
  std::array<int, 2> count;
  volatile bool hold;  // the real kernel only: no call passes while this is set
  bool failing;        // a fault that stays has begun
  Call failing_call;
  int refused_clones;

  [[nodiscard]] int count_of(Side side) const { return count[static_cast<std::size_t>(side)]; }
  [[nodiscard]] const Entry& entry(Side side, int number) const {
    return entries[static_cast<std::size_t>(side)][static_cast<std::size_t>(number - 1)];
  }
};

class FakeKernel;

class Gate {
 public:
  // Without a kernel of the test's own, the real one answers.
  void open(Trace& trace, FakeKernel* kernel, const Fault& fault, int refuse_clones);
  [[nodiscard]] FakeKernel* kernel() const { return kernel_; }
  void set_side(Side side) { side_ = side; }
  [[nodiscard]] bool was_refused() const { return was_refused_; }    // the last call, by a fault
  [[nodiscard]] bool is_failing() const { return trace_->failing; }  // or has been

  // What `perform` answers, or the errno (negative) of a fault.
  template <class Perform>
  long pass(Call call, Perform perform) {
    Entry& entry = enter(call);
    const int error = error_of(call);
    was_refused_ = error != 0;
    const long result = error != 0 ? -error : perform();
    entry.outcome = outcome_class(call, result);
    return result;
  }

 private:
  Entry& enter(Call call);
  int error_of(Call call);
  // Numbers of processes and descriptors differ from kernel to kernel; those of signals, and what is ready, do not.
  static int outcome_class(Call call, long result) {
    if (call == Call::fork_child && result == 0) return 1;  // the parent's entry, which the child has, too
    const bool counts = result < 0 || call == Call::wait_signal || call == Call::wait_signals_or_exit;
    return counts ? static_cast<int>(result) : (result > 0 ? 1 : 0);
  }

  Trace* trace_ = nullptr;
  FakeKernel* kernel_ = nullptr;
  Fault fault_;
  int refuse_clones_ = 0;
  bool was_refused_ = false;
  Side side_ = Side::parent;
};

Gate& gate();

}  // namespace fake
