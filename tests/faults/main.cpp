// inject list [--terminal] [--other] INIT [ARG]...: the calls of a run without a fault, one "PHASE:CALL:OCCURRENCE" a
// line. inject fault PHASE:CALL:OCCURRENCE:ERRNO|late:once|always MULTIPLE IDLE_MS [--terminal] [--other] INIT
// [ARG]...: one run; all limits are multiplied.
//   Its line is the fault, then "right", "refused" or "wrong", then the reason.
// With --terminal stdin is a controlling terminal; with --other the command leaves a process behind.
// inject command, inject command-and-other: what the init runs.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "command.hpp"
#include "launch.hpp"
#include "names.hpp"
#include "scenario.hpp"

namespace {

constexpr int usage_error = 2;
constexpr int skipped = 77;
constexpr std::array phase_names{"set-up", "child", "loop"};

Phase phase_named(const std::string& name) {
  for (std::size_t i = 0; i < phase_names.size(); ++i) {
    if (name == phase_names[i]) return static_cast<Phase>(i);
  }
  throw std::invalid_argument("no phase '" + name + "': it is one of set-up, child, loop");
}

Fault parse_fault(const std::string& text) {
  std::istringstream stream(text);
  std::array<std::string, 5> parts;
  for (auto& part : parts) std::getline(stream, part, ':');
  const auto& [phase, call, occurrence, error, how_often] = parts;
  const Fault fault{
      .at = {.phase = phase_named(phase), .number = call_number(call), .occurrence = std::stoi(occurrence)},
      .error = error == "late" ? late : error_number(error),
      .stays = how_often == "always"};
  if (fault.at.number < 0) throw std::invalid_argument("no system call '" + call + "' in the table of names.cpp");
  if (fault.error < 0) throw std::invalid_argument("no error '" + error + "': it is a name such as EAGAIN, or late");
  if (!fault.stays && how_often != "once") throw std::invalid_argument("'" + how_often + "' is not once or always");
  return fault;
}

Start start_of(std::vector<std::string> words) {
  const auto take = [&words](const char* option) {
    const bool is_there = !words.empty() && words.front() == option;
    if (is_there) words.erase(words.begin());
    return is_there;
  };
  const bool with_terminal = take("--terminal");
  const bool with_other = take("--other");
  if (words.empty()) throw std::invalid_argument("no init");
  return {.init = std::move(words), .with_terminal = with_terminal, .with_other = with_other};
}

int list(const Start& start) {
  const auto outcome = play(start, {}, {});
  const auto [verdict, reason] = judge(outcome, {});
  if (verdict != Verdict::right) {
    std::fprintf(stderr, "inject: without a fault, %s: %s\n%s", start.init.front().c_str(), reason.c_str(),
                 outcome.errors.c_str());
    return 1;
  }
  for (const Call& call : outcome.calls) {
    std::printf("%s:%s:%d\n", phase_names[static_cast<std::size_t>(call.phase)], call_name(call.number).c_str(),
                call.occurrence);
  }
  return 0;
}

int inject(const std::string& text, int multiple, int idle_ms, const Start& start) {
  constexpr std::array verdicts{"right", "refused", "wrong"};
  const Fault fault = parse_fault(text);
  Limits limits;
  for (int* const limit : {&limits.step_ms, &limits.orphan_ms}) *limit *= multiple;
  limits.idle_ms = idle_ms;
  const auto outcome = play(start, fault, limits);
  const auto [verdict, reason] = judge(outcome, fault);
  std::printf("%s %s %s\n", text.c_str(), verdicts[static_cast<std::size_t>(verdict)], reason.c_str());
  if (verdict == Verdict::wrong) std::fputs(outcome.errors.c_str(), stderr);
  return 0;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "command") run_command(Other::none);
  if (words.size() == 1 && words[0] == "command-and-other") run_command(Other::one);
  if (words.size() > 1 && words[0] == "list") return list(start_of({words.begin() + 1, words.end()}));
  if (words.size() > 4 && words[0] == "fault") {
    return inject(words[1], std::stoi(words[2]), std::stoi(words[3]), start_of({words.begin() + 4, words.end()}));
  }
  std::fputs(
      "usage: inject list [--terminal] [--other] INIT [ARG]...\n"
      "       inject fault PHASE:CALL:OCCURRENCE:ERRNO|late:once|always MULTIPLE IDLE_MS [--terminal] [--other] INIT "
      "[ARG]...\n",
      stderr);
  return usage_error;
}

}  // namespace

int main(int argc, char** argv) try { return run({argv + 1, argv + argc}); } catch (const NoNamespace& error) {
  std::fprintf(stderr, "skipped: %s\n", error.what());
  return skipped;
} catch (const std::exception& error) {
  std::fprintf(stderr, "inject: %s\n", error.what());
  return usage_error;
}
