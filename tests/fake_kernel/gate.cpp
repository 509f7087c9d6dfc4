#include "gate.hpp"

#include <unistd.h>

#include "kernel.hpp"

namespace fake {

void Gate::open(Trace& trace, FakeKernel* kernel, const Fault& fault, int refuse_clones) {
  trace.count = {};
  trace.hold = false;
  trace.failing = false;
  trace.refused_clones = 0;
  trace_ = &trace;
  kernel_ = kernel;
  fault_ = fault;
  refuse_clones_ = refuse_clones;
  side_ = Side::parent;
}

Entry& Gate::enter(Call call) {
  constexpr unsigned look_again_us = 100;
  while (kernel_ == nullptr && trace_->hold) ::usleep(look_again_us);
  int& count = trace_->count[static_cast<std::size_t>(side_)];
  // What a spin leaves no room for is not looked at.
  if (count < static_cast<int>(Trace::room)) ++count;
  if (kernel_ != nullptr) kernel_->count_call(side_, count);
  Entry& entry = trace_->entries[static_cast<std::size_t>(side_)][static_cast<std::size_t>(count - 1)];
  entry = {.call = call, .outcome = did_not_return};
  return entry;
}

int Gate::error_of(Call call) {
  if (call == Call::clone_sharing_memory && trace_->refused_clones < refuse_clones_) {
    ++trace_->refused_clones;
    return EINVAL;
  }
  if (trace_->failing) return fault_.stays && call == trace_->failing_call ? fault_.error : 0;
  if (fault_.at == 0 || side_ != fault_.side || trace_->count_of(side_) != fault_.at) return 0;
  trace_->failing = true;
  trace_->failing_call = call;
  return fault_.error;
}

Gate& gate() {
  static Gate the_gate;
  return the_gate;
}

}  // namespace fake
