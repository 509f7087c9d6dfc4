// Promise 1: what is sent, where, how often, and what is said of it.
#include <algorithm>
#include <cerrno>

#include "check.hpp"

namespace policy_test {

bool Check::nothing_sent() const {
  const auto none = [](const Course& course) { return std::ranges::count(course.tries, 0) == routes; };
  return none(node_.ledger.signal) && none(node_.ledger.wake);
}

void Check::send(const Pending& next) const {
  const Action& action = next.action;
  const Route route = route_of(action.target, action.queued);
  const Course& course = node_.course(action.number);
  promise(course.tries[route] < most_tries, "a send is tried again once at most");
  promise(course.tries[route] == 0 || course.last_error[route] != 0, "nothing is sent again that arrived");
  if (node_.world.ended) {
    send_at_the_end(action);
  } else if (node_.is_wake(action.number)) {
    send_of_a_wake();
  } else if (is_time(Timer::kill)) {
    send_at_the_deadline(action);
  } else {
    send_of_a_signal(action);
  }
}

void Check::send_of_a_signal(const Action& action) const {
  promise(arrival().forwarded, "no signal is sent but one that arrived: not CHLD, not what our own writing raised");
  if (!arrival().forwarded) return;
  promise(node_.handed_as() != 0, "what is to be dropped is not sent");
  promise(action.number == node_.handed_as(),
          "a signal is handed on as what was said, under its own number if nothing");
  promise(action.target == settings().target || action.target == Target::child, "a signal goes where it was said");
  promise(!action.queued || arrival().carries_value, "a value is sent only where one came");
  promise(!action.queued || action.target == Target::child || (kernel_reaps() && action.target == Target::group),
          "without a pidfd, a value is sent to a single target only");
}

void Check::look_up(const Pending& next) const {
  const Course& course = node_.course(next.event.signal.si_signo);
  promise(course.lookups < most_tries, "a look-up is tried again once at most");
  promise(course.tries[to_group] + course.tries[to_group_with_value] > 0 && !node_.world.ended,
          "the group is looked for only if it was sent a signal");
}

void Check::rest_after_signal() const {
  const Course& course = node_.ledger.signal;
  const int number = node_.handed_as();
  if (number == 0) return promise(nothing_sent(), "what is to be dropped is not sent");
  if (node_.is_wake(number)) return;
  const bool told = story().told_not_delivered.contains(number);
  promise(course.main_got + course.helper_got > 0 || told || all_can_tell_nothing(),
          "every signal is delivered to a living target, or reported");
  promise(course.main_got > 0 || told || story().told_group_unknown.contains(number) || only_others_can_tell() ||
              all_can_tell_nothing() || main_is_gone(),
          "the main command gets every signal, or it is reported");
  promise(course.main_got <= 1, "the main command gets a signal once");
  promise(course.helper_got <= 1, "the rest of the group gets a signal once");
  // Without a pidfd, what went to the group was without it.
  const bool by_group = kernel_reaps() && settings().target != Target::all;
  const bool can_be_had = by_group ? course.main_got > 0 : course.main_got_alone > 0;
  if (!arrival().carries_value || !can_be_had) return;
  promise(course.value_arrived || story().told_value_lost.contains(number),
          "a value arrives with its signal, or is reported");
}

void Check::rest_after_full_queue() const {
  const Course& course = node_.ledger.signal;
  for (const Target target : {Target::child, Target::group}) {
    const int error = course.last_error[route_of(target, true)];
    const bool value_is_the_reason = error != 0 && error != EPERM && error != ESRCH;
    promise(!value_is_the_reason || course.tries[route_of(target, false)] > 0,
            "a signal that cannot be queued goes without its value, the same way");
  }
}

void Check::loss(const Event& event) const {
  const Course& course = node_.course(event.signal.si_signo);
  promise(course.main_got == 0, "what was delivered is not reported as lost");
  promise(!story().told_not_delivered.contains(event.signal.si_signo), "a loss is reported once for each signal");
  promise(event.error != 0 && course.tries[route_of(event.target, event.queued)] == most_tries,
          "a loss is reported after a second try, with its reason");
}

void Check::loss_of_value(const Event& event) const {
  const Course& course = node_.course(event.signal.si_signo);
  promise(!course.value_arrived, "a value that arrived is not reported as lost");
  promise(!story().told_value_lost.contains(event.signal.si_signo), "a lost value is reported once for each signal");
  promise(event.error != 0 && course.tries[route_of(event.target, true)] == most_tries,
          "a lost value is reported after a second try, with its reason");
}

void Check::unknown_group(const Event& event) const {
  promise(event.kind == Event::Kind::group_found && event.error != 0 && event.retry,
          "the group is told to be unknown when it cannot be looked for");
  promise(!kernel_reaps() || event.error != ESRCH, "where the kernel reaps, an end is no unknown group");
}

void Check::drop(const Event& event) const {
  const bool nobody_there = node_.ledger.began_ended && settings().target != Target::all;
  promise(event.kind == Event::Kind::signal_arrived && (node_.handed_as() == 0 || nobody_there),
          "what is told as dropped was to be dropped, or there is nobody left for it");
}

}  // namespace policy_test
