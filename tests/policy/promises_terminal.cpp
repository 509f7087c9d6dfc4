// The terminal: who is stopped with the main command, and when that goes on.
#include <algorithm>

#include "check.hpp"

namespace policy_test {

// A CONT that nobody sent: only the rules of the terminal know one.
void Check::send_of_a_wake() const {
  const Ledger& ledger = node_.ledger;
  // By a CONT, or by who let us go on that were stopped with it.
  const bool asked = node_.handed_as() == SIGCONT || (is_by_terminal() && ledger.suspends > 0);
  promise(!settings().session, "in a session of its own, nothing is continued but by a CONT that arrived");
  promise(settings().terminal ? ledger.offers > 0 : ledger.suspends > 0,
          "before the CONT the foreground is offered; without a terminal, we were stopped");
  // Without a terminal nobody sees the main command stop.
  if (asked || !settings().terminal) return;
  promise(!node_.world.ordered, "what was stopped by order is left alone");
  promise(node_.world.stopped_by != SIGSTOP, "what was stopped by STOP is left alone");
  promise(!wants_terminal() || ledger.has_foreground, "who wants the terminal is not continued without it");
}

void Check::suspend() const {
  const Ledger& ledger = node_.ledger;
  promise(ledger.suspends == 0, "we are stopped once at most");
  const bool brought =
      settings().terminal && !node_.world.ordered && (node_.world.stopped_by == SIGTSTP || wants_terminal());
  const bool arrived = is_stop(node_.handed_as()) && (settings().session || is_by_terminal());
  promise(brought || arrived, "we are stopped with the main command only by the terminal, or with a session");
}

void Check::offer() const {
  promise(settings().terminal, "what is not ours is not offered");
  promise(node_.ledger.offers < 2, "the foreground is offered twice at most");
  const bool stopped = arrival().event.kind == Event::Kind::child_changed && arrival().event.pid == main_command;
  const bool goes_on = node_.handed_as() == SIGCONT || (is_by_terminal() && node_.ledger.suspends > 0);
  promise(stopped || is_time(Timer::terminal) || goes_on,
          "the foreground is offered when the main command stops, or goes on, or after a while");
}

void Check::look_again(const Action& action) const {
  constexpr int longest_ms = 1000;
  promise(settings().terminal && node_.ledger.offers > 0 && !node_.ledger.has_foreground,
          "the terminal is looked at again if it could not be had");
  const int last_ms = story().last_look_ms;
  promise(action.delay_ms == (last_ms == 0 ? 10 : std::min(2 * last_ms, longest_ms)),
          "the terminal is looked at again after 10 ms, then after twice as long, 1 s at most");
}

void Check::rest_after_wake() const {
  if (!node_.is_wake(SIGCONT) || node_.handed_as() != SIGCONT) return;
  promise(node_.ledger.offers == 1, "before the CONT the foreground is offered");
  promise(!nothing_sent(), "a CONT is handed on");
}

void Check::rest_after_stop() const {
  const Ledger& ledger = node_.ledger;
  const int number = node_.world.stopped_by;
  const bool stops = (arrival().event.status & 0xff) == 0x7f;
  const bool shared =
      stops && settings().terminal && is_stop(arrival().event.status >> 8) && arrival().event.status >> 8 != SIGSTOP;
  const bool left = ledger.suspends + ledger.offers + ledger.timers_set == 0 && nothing_sent();
  if (!shared || node_.world.ordered) return promise(left, "a stop that is no matter of the terminal is left alone");
  const bool goes_on = ledger.wake.tries[to_group] > 0;
  promise(goes_on || (number != SIGTSTP && node_.world.due(Timer::terminal) != World::not_set),
          "what the terminal stopped goes on, or is looked at again");
}

void Check::rest_after_look() const {
  if (!is_time(Timer::terminal)) return;
  const bool goes_on = node_.ledger.wake.tries[to_group] > 0;
  promise(goes_on || node_.world.due(Timer::terminal) != World::not_set || !wants_terminal() || node_.world.ordered,
          "who wants the terminal goes on with it, or is looked at again");
}

}  // namespace policy_test
