// The processes that the main command leaves behind, and who may be signalled by init at all.
#include <algorithm>
#include <csignal>

#include "kernel.hpp"

namespace fake {

Process& FakeKernel::start_other(int number, pid_t parent) {
  const Other& does = scenario_.others[static_cast<std::size_t>(number)];
  const pid_t group = does.in_group ? processes_[main_].group : 0;
  Process& process = add_process(does.from_outside ? 0 : parent, group);
  const bool is_in_session = does.in_group || does.in_session;
  process.session = is_in_session ? processes_[main_].session : process.pid;
  process.has_terminal = is_in_session && processes_[main_].has_terminal;
  process.other = number;
  return process;
}

void FakeKernel::start_others() {
  const auto count = static_cast<int>(scenario_.others.size());
  for (int number = 0; number < count; ++number) {
    if (!scenario_.others[static_cast<std::size_t>(number)].comes_later) start_other(number, current_);
  }
}

void FakeKernel::react_as_other(Process& process, const siginfo_t& info) {
  const Other& does = scenario_.others[static_cast<std::size_t>(process.other)];
  if (info.si_signo == SIGKILL) return end_process(process, SIGKILL);
  if (info.si_signo != SIGTERM || does.ignores_term || process.ends_at_ms >= 0) return;
  process.ends_at_ms = now_ms_ + does.takes_ms;
  if (does.takes_ms == 0) end_other(process);
}

void FakeKernel::end_other(Process& process) {
  const pid_t pid = process.pid;
  const int next = scenario_.others[static_cast<std::size_t>(process.other)].starts;
  if (next >= 0) start_other(next, pid);
  end_process(processes_[static_cast<std::size_t>(pid)], 0);
}

void FakeKernel::end_other_by_itself(int number) {
  const auto found = std::ranges::find_if(
      processes_, [=](const Process& process) { return process.other == number && process.lives(); });
  if (found != processes_.end()) end_other(*found);
}

const Process* FakeKernel::next_to_end() const {
  const Process* next = nullptr;
  for (std::size_t at = first_; at < processes_.size(); ++at) {
    const Process& process = processes_[at];
    if (process.other < 0 || process.ends_at_ms < 0 || !process.lives()) continue;
    if (next == nullptr || process.ends_at_ms < next->ends_at_ms) next = &process;
  }
  return next;
}

bool FakeKernel::leaves_children() const {
  return std::ranges::any_of(processes_,
                             [this](const Process& process) { return process.exists() && process.parent == init_; });
}

void FakeKernel::judge_recipient(const Process& process) {
  if (process.is_stranger) broken_.emplace_back("a stranger gets a signal");
}

}  // namespace fake
