// The world outside: the clock, what happens when, and what a look from there shows.
#include <algorithm>
#include <cerrno>

#include "kernel.hpp"

namespace fake {

namespace {

constexpr std::int64_t between_happenings_ms = 2000;
constexpr std::int64_t patience_ms = 60'000;  // after the last of them
constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t never_ms = INT64_MAX;
constexpr const char* log_of_command = "left by the command\n";
constexpr std::uint64_t every_signal = ~std::uint64_t{0};

}  // namespace

FakeKernel::FakeKernel(const Scenario& scenario, const Early& early, int calls_a_second)
    : scenario_(scenario), early_(early), calls_a_second_(calls_a_second), due_ms_(between_happenings_ms) {
  processes_.push_back({});
  // Where init is not PID 1, it is in the group of that one, its parent.
  const pid_t parent = scenario.pid1 ? 0 : add_process(0, 0).pid;
  init_ = current_ = add_process(parent, scenario.tty == Tty::none ? parent : 0).pid;
  here().child_signal_ignored = scenario.child_signal_ignored;
  if (scenario.all_blocked) here().mask = every_signal;
  here().descriptors = {{0, {}}, {1, {}}, {2, {.kind = Descriptor::Kind::pipe_writer}}};
  here().descriptors[2].object = 1;
  if (scenario.stderr_closed) here().descriptors.erase(2);
  if (scenario.inherited_descriptor > 0) here().descriptors[scenario.inherited_descriptor] = {};
  if (scenario.log == Log::full) log_ = log_of_command;
  add_bystanders(parent);
  pipes_.resize(2);  // numbers that are no pipe: the null device's and the log's
  first_ = processes_.size();
  if (!scenario.inherited_zombie) return;
  // Its SIGCHLD was discarded long ago.
  Process& dead = add_process(init_, 0);
  dead.life = Process::Life::zombie;
}

// The session that init is in, with its terminal; and, where init is not the first of its namespace, somebody whom it
// has nothing to do with.
void FakeKernel::add_bystanders(pid_t parent) {
  if (parent != 0) {
    Process& stranger = add_process(parent, 0);
    stranger.is_stranger = true;
    stranger.session = stranger.pid;
    stranger.mask = every_signal;
  }
  for (const pid_t pid : {parent, init_}) {
    processes_[static_cast<std::size_t>(pid)].session = parent != 0 ? parent : init_;
    processes_[static_cast<std::size_t>(pid)].has_terminal = scenario_.tty != Tty::none;
  }
  if (scenario_.tty == Tty::none) return;
  here().descriptors[0] = {.kind = Descriptor::Kind::terminal};
  terminal_session_ = here().session;
  foreground_ = scenario_.tty == Tty::in_front ? here().group : parent;
}

[[gnu::noinline]] End FakeKernel::run(int (*program)(void*), void* data) {
  fork_point_.set_base(__builtin_frame_address(0));
  if (setjmp(end_of_run_.place) == 0) exit_status_ = program(data);
  return end_;
}

void FakeKernel::stop(End end) {
  end_ = end;
  std::longjmp(end_of_run_.place, 1);
}

void FakeKernel::count_call(Side side, int number) {
  if (now_ms_ / second_ms != second_) calls_in_second_ = 0;
  second_ = now_ms_ / second_ms;
  if (++calls_in_second_ > calls_a_second_) stop(End::spun);
  if (early_.before == number && early_.side == side) happen(early_.happening);
  deliver(here());
}

std::int64_t FakeKernel::next_event_ms() const {
  const Process* const process = next_to_end();
  const std::int64_t ends_ms = process != nullptr ? process->ends_at_ms : never_ms;
  return happened_ < scenario_.happenings.size() ? std::min(due_ms_, ends_ms) : ends_ms;
}

void FakeKernel::take_next_event() {
  const Process* const process = next_to_end();
  const std::int64_t next_ms = next_event_ms();
  now_ms_ = std::max(now_ms_, next_ms);
  if (process != nullptr && process->ends_at_ms == next_ms) {
    return end_other(processes_[static_cast<std::size_t>(process->pid)]);
  }
  due_ms_ = now_ms_ + between_happenings_ms;
  // By now the command has got as far.
  if (main_lives()) processes_[main_].refuses_signals = scenario_.does.other_user;
  happen(scenario_.happenings[happened_++]);
}

// True once it is ready, false when the time is up.
template <class Ready>
bool FakeKernel::block(int limit_ms, Ready ready) {
  const bool for_ever = limit_ms < 0;
  const std::int64_t until_ms = now_ms_ + limit_ms;
  while (!ready()) {
    const std::int64_t next_ms = next_event_ms();
    if (next_ms != never_ms && (for_ever || next_ms <= until_ms)) {
      take_next_event();
      continue;
    }
    if (for_ever) stop(End::hung);
    now_ms_ = until_ms;
    if (now_ms_ > due_ms_ + patience_ms) stop(End::stalled);
    return ready();
  }
  return true;
}

long FakeKernel::wait_signal(std::uint64_t set, siginfo_t& info, int limit_ms) {
  const auto taken = [&] {
    if (take_pending(here(), set, info)) return true;
    look_for_zombies(limit_ms < 0);
    return false;
  };
  if (block(limit_ms, taken)) return info.si_signo;
  if (limit_ms > 0) ++woken_by_clock_;  // without a limit to wait for it only looks
  return -EAGAIN;
}

// poll(2), and of the pidfd what it tells without being asked: POLLHUP, once the process is reaped.
int FakeKernel::what_is_ready(int signals, int pidfd) {
  int ready = 0;
  const Descriptor* const descriptor = find_descriptor(signals);
  const bool is_closed = signals >= 0 && descriptor == nullptr;  // POLLNVAL
  if (is_closed || (descriptor != nullptr && has_pending(here(), descriptor->set))) ready |= foster::sys::signals_ready;
  const Process* const process = process_of(pidfd);
  if (pidfd >= 0 && (process == nullptr || !process->exists())) ready |= foster::sys::process_reaped;
  return ready;
}

long FakeKernel::wait_signals_or_exit(int signals, int pidfd, int limit_ms) {
  const auto is_ready = [&] {
    if (what_is_ready(signals, pidfd) != 0) return true;
    look_for_zombies(limit_ms < 0);
    return false;
  };
  if (block(limit_ms, is_ready)) return what_is_ready(signals, pidfd);
  if (limit_ms > 0) ++woken_by_clock_;
  return 0;
}

long FakeKernel::wait_readable(int fd, int limit_ms) {
  const Descriptor* const descriptor = find_descriptor(fd);
  if (descriptor == nullptr) return 1;  // POLLNVAL
  const auto is_readable = [&] {
    return descriptor->kind != Descriptor::Kind::pipe_reader ||
           !pipes_[static_cast<std::size_t>(descriptor->object)].empty() || !has_writer(descriptor->object);
  };
  return block(limit_ms, is_readable) ? 1 : 0;
}

long FakeKernel::sleep_ms(int duration_ms) {
  look_for_zombies(false);
  (void)block(duration_ms, [] { return false; });
  return 0;
}

void FakeKernel::happen(const Happening& happening) {
  switch (happening.what) {
    case Happening::What::orphans:
      return make_orphans(happening.number);
    case Happening::What::signal:
      return send_to_init(happening.number, SI_USER, 0);
    case Happening::What::queued:
      return send_to_init(happening.number, SI_QUEUE, happening.value);
    case Happening::What::burst:
      for (const int number : happening.signals) send_to_init(number, SI_USER, 0);
      return;
    case Happening::What::main_exits:
      if (main_lives()) end_process(processes_[main_], happening.number << 8);
      return;
    case Happening::What::main_killed:
      if (main_lives()) end_process(processes_[main_], happening.number);
      return;
    case Happening::What::parent_dies:
      return lose_parent();
    case Happening::What::other_exits:
      return end_other_by_itself(happening.number);
    case Happening::What::limit:
      return;
    case Happening::What::typed:
      return type(happening.number);
    case Happening::What::reads:
      return read_terminal();
    case Happening::What::takes_front:
      return give_front_to(happening.number);
    case Happening::What::to_front:
    case Happening::What::to_back:
      return continue_init(happening.what == Happening::What::to_front);
  }
}

void FakeKernel::send_to_init(int number, int code, int value) {
  siginfo_t info{};
  info.si_signo = number;
  info.si_code = code;
  info.si_value.sival_int = value;
  sent_.push_back({.info = info, .at_ms = now_ms_});
  post(processes_[static_cast<std::size_t>(init_)], info);
}

void FakeKernel::make_orphans(int count) {
  const std::size_t first = processes_.size();
  for (int i = 0; i < count; ++i) add_process(heir(), 0);
  for (std::size_t at = first; at < processes_.size(); ++at) end_process(processes_[at], 0);
}

void FakeKernel::lose_parent() {
  Process& init = processes_[static_cast<std::size_t>(init_)];
  if (!scenario_.pid1) init.parent = 0;
  if (init.parent_death_signal != 0) send_to_init(init.parent_death_signal, SI_KERNEL, 0);
}

std::vector<int> FakeKernel::needless_descriptors() const {
  std::vector<int> needless;
  int pidfds = 0;
  int signals = 0;
  for (const auto& [fd, descriptor] : processes_[static_cast<std::size_t>(init_)].descriptors) {
    const bool is_main = descriptor.kind == Descriptor::Kind::pidfd && descriptor.object == static_cast<int>(main_);
    const bool is_source = descriptor.kind == Descriptor::Kind::signals && reaps();
    const bool is_needed = (is_main && ++pidfds == 1) || (is_source && ++signals == 1);
    if (fd > 2 ? !is_needed : is_main || is_source) needless.push_back(fd);
  }
  return needless;
}

void FakeKernel::look_for_zombies(bool rests) {
  for (std::size_t at = first_; at < processes_.size(); ++at) {
    const Process& process = processes_[at];
    if (process.parent != init_ || process.life != Process::Life::zombie) continue;
    rested_with_zombie_ = rested_with_zombie_ || rests;
    oldest_zombie_ms_ = std::max(oldest_zombie_ms_, now_ms_ - std::max(process.dead_since_ms, continued_ms_));
  }
}

// The command is to find everything as init was started with, and a process group of its own.
void FakeKernel::check_start(char* const* environment) {
  const Process& command = here();
  const std::uint64_t mask = scenario_.all_blocked ? every_signal : 0;
  const std::uint64_t never_blocked = std::uint64_t{1} << (SIGKILL - 1) | std::uint64_t{1} << (SIGSTOP - 1);
  const auto expect = [&](bool holds, const char* what) {
    if (!holds) broken_.emplace_back(what);
  };
  expect((command.mask | never_blocked) == (mask == 0 ? never_blocked : mask), "the command has another signal mask");
  expect(command.child_signal_ignored == scenario_.child_signal_ignored, "the command has another SIGCHLD disposition");
  expect(command.group == current_, "the command has no process group of its own");
  const bool wants_session = std::ranges::find(scenario_.options, "-S") != scenario_.options.end();
  expect(wants_session == (command.session == current_), "the command has another session");
  const bool has_front = scenario_.tty == Tty::in_front || (wants_session && terminal_session_ == current_);
  expect(!has_front || foreground_ == current_ || gate().is_failing(), "the command is not in the foreground");
  check_environment(environment);
  const auto is_own = [&](const auto& entry) {
    const bool was_there =
        entry.first == scenario_.inherited_descriptor || (entry.first == 2 && !scenario_.stderr_closed);
    return entry.first >= 2 && !was_there && !entry.second.closes_at_exec;
  };
  expect(std::ranges::none_of(command.descriptors, is_own), "the command has a descriptor of init's");
  const bool has_it =
      scenario_.inherited_descriptor < 0 || command.descriptors.contains(scenario_.inherited_descriptor);
  expect(has_it, "a descriptor does not reach the command");
}

// As init has it, but for what names the process that sockets are meant for.
void FakeKernel::check_environment(char* const* environment) {
  const auto& given = scenario_.environment;
  const bool is_for_init = std::ranges::find(given, "LISTEN_PID=" + std::to_string(init_)) != given.end();
  const std::string own = std::to_string(current_);
  char* const* end = environment;
  while (*end != nullptr) ++end;
  for (std::string entry : given) {
    const auto name = entry.substr(0, entry.find('=') + 1);
    const bool is_id = name == "LISTEN_PIDFDID=";
    if (is_for_init && (is_id || name == "LISTEN_PID=")) entry = name + own;
    // A number that cannot be had is left out.
    const bool may_lack = is_for_init && is_id && gate().is_failing();
    if (!may_lack && std::find(environment, end, entry) == end) broken_.push_back("the command has no " + entry);
  }
}

}  // namespace fake
