// Promises 2, 4 and 5: the main command's end, and the end of those that are left.
#include <cerrno>

#include "check.hpp"

namespace policy_test {

namespace {

constexpr int usual_kill_after_ms = 10'000;

}  // namespace

void Check::send_at_the_deadline(const Action& action) const {
  promise(action.number == SIGKILL && !action.queued, "when the time is over KILL is sent, and nothing else");
  const Target first = settings().target == Target::all ? Target::all : Target::group;
  promise(action.target == first || action.target == Target::child, "KILL is sent to the group, or to all");
}

void Check::send_at_the_end(const Action& action) const {
  promise(action.target != Target::child, "nothing is sent to a main command that has ended");
  if (node_.is_wake(action.number)) return send_of_a_wake();
  if (node_.ledger.others_signalled > 0) {
    promise(node_.ledger.others_error == ENOENT, "the group is signalled where the others cannot be found");
    const int number = story().others_killed ? SIGKILL : SIGTERM;
    return promise(action.number == number && action.target == Target::group,
                   "where the others cannot be found, the group is ended in their place");
  }
  if (!main_ends()) {
    promise(!node_.asks_for_end(), "once the main command has ended, a stop signal is not handed on");
    promise(action.target == Target::all, "once the main command has ended, its number and group are nobody's");
    return send_of_a_signal(action);
  }
  promise(action.number == SIGTERM && action.target == settings().target && !action.queued,
          "at the end nothing is sent but TERM to the target");
  promise(settings().terminate_rest && !settings().wait, "TERM is sent at the end only if asked for");
  const int error = node_.ledger.signal.last_error[route_of(action.target, false)];
  promise(node_.ledger.signal.tries[route_of(action.target, false)] == 0 || error != ESRCH,
          "an empty group is left alone");
}

void Check::set_timer(const Action& action) const {
  if (action.timer == Timer::kill) return kill_clock(action);
  if (action.timer == Timer::terminal) return look_again(action);
  promise(main_ends() && settings().wait && settings().wait_ms > 0 && action.delay_ms == settings().wait_ms,
          "the others are given the time that was said, at the main command's end");
  promise(!story().stop_asked, "where the end was asked for, the others are given no time");
}

void Check::kill_clock(const Action& action) const {
  const int given_ms = settings().kill_after_ms;
  promise(story().kill_clocks == 0, "the clock of the end is started once");
  if (node_.world.ended) {
    promise(story().others_termed, "those that are left have their TERM before the clock runs");
    return promise(action.delay_ms == (given_ms < 0 ? usual_kill_after_ms : given_ms), "the clock runs as was said");
  }
  promise(node_.asks_for_end() && node_.ledger.stop_reports == 1, "nothing but a stop signal starts the clock");
  promise(given_ms >= 0 && action.delay_ms == given_ms, "the clock runs as was said, and only if it was");
}

void Check::signal_others(const Action& action) const {
  promise(node_.world.ended && settings().wait, "the others are ended only with --wait, after the main command's end");
  promise(story().watching, "who is ended is watched");
  const bool again = arrival().is_orphans_end && !settings().is_pid1;
  if (action.number == SIGKILL) {
    promise(is_time(Timer::kill) || story().deadline || (again && story().others_killed),
            "KILL is sent after the clock");
    return promise(!story().others_killed || again, "KILL is sent once, but to those who come later");
  }
  promise(action.number == SIGTERM, "the others are sent TERM and KILL, and nothing else");
  promise(!story().others_killed, "no TERM follows the KILL");
  promise(!story().others_termed || again, "TERM is sent once, but to those who come later");
  const bool at_once = main_ends() && (story().stop_asked || settings().wait_ms == 0);
  promise(at_once || again || is_time(Timer::wait) || (node_.asks_for_end() && node_.ledger.began_ended),
          "the others are left alone until their time is over, or a stop is asked for");
}

void Check::watch() const {
  promise(main_ends() && settings().wait && !story().watching, "children are watched with --wait, from the end on");
}

void Check::exit(const Action& action) const {
  promise(node_.world.ended, "init does not exit while the main command lives");
  if (!node_.world.ended) return;
  promise(action.number == story().exit_status, "the exit status is the main command's, or 0 where that was said");
  const bool all_gone = arrival().event.kind == Event::Kind::all_gone;
  const bool nothing_left_to_try = settings().is_pid1 && story().others_killed && node_.ledger.others_error != 0;
  promise(settings().wait ? all_gone || nothing_left_to_try : main_ends(),
          "init exits at the main command's end, with --wait when all are gone or cannot be killed");
  promise(node_.pending.empty(), "nothing is done after the exit");
}

void Check::end_told(const Pending& next) const {
  promise(node_.world.ended && main_ends() && next.event.pid == main_command, "an end is told when it is one");
  const bool was_killed = (next.event.status & 0x7f) != 0;
  promise(was_killed == node_.ledger.oom_counted, "OOM kills are counted before a death by a signal is told");
  const bool unasked = was_killed && settings().explains_end;
  promise(next.action.level == (unasked ? Level::warning : Level::info), "a death by a signal is told unasked");
}

void Check::rest_after_end() const {
  promise(story().exited != settings().wait || (story().others_killed && node_.ledger.others_error != 0),
          "init exits when the main command has ended, unless it is to wait");
  promise(story().watching == settings().wait, "children are watched with --wait");
  promise(node_.ledger.reports >= 1, "the end is told");
  const Route route = route_of(settings().target, false);
  const int error = node_.ledger.signal.last_error[route];
  const int tries = node_.ledger.signal.tries[route];
  const bool done = tries > 0 && (error == 0 || error == ESRCH || tries == most_tries);
  promise(done || settings().wait || !settings().terminate_rest || to_one(), "the rest of the target gets TERM");
  const bool at_once = settings().wait && (story().stop_asked || settings().wait_ms == 0);
  promise(!at_once || story().others_termed || story().others_killed,
          "the others are ended at once where there is no time");
  promise(!at_once || story().others_killed == story().deadline, "where the time is over already, they are killed");
}

void Check::rest_after_stop_signal() const {
  if (!node_.asks_for_end()) {
    return promise(node_.ledger.stop_reports == 0 && node_.ledger.timers_set == 0,
                   "only a stop signal asks for the end");
  }
  promise(node_.ledger.stop_reports == 1, "who asks for the end is told");
  promise(story().kill_clocks == (settings().kill_after_ms >= 0 ? 1 : 0), "the first stop signal starts the clock");
}

// There is nobody else to have it: the others are ended, or have been.
void Check::rest_after_late_signal() const {
  if (!node_.asks_for_end()) return promise(node_.ledger.others_signalled == 0, "only a stop signal ends the others");
  promise(story().others_termed || story().others_killed, "a stop signal ends the others");
  promise(node_.ledger.stop_reports == 0, "a stop of the others is no stop of the main command");
}

void Check::rest_after_child() const {
  const bool wanted = arrival().is_orphans_end && settings().report_orphans;
  promise(node_.ledger.orphan_reports == (wanted ? 1 : 0), "each orphan is reported where that was asked for");
  const int unseen = node_.ledger.others_signalled > 0 ? 1 : 0;
  const bool awake = node_.ledger.wake.main_got + node_.ledger.wake.helper_got > 0 || !nothing_sent();
  promise(node_.ledger.reports <= node_.ledger.orphan_reports + unseen || awake,
          "a child that has not ended is not spoken of");
  const bool come_later = arrival().is_orphans_end && !settings().is_pid1 && story().others_termed;
  promise((node_.ledger.others_signalled > 0) ==
              (come_later || (arrival().is_orphans_end && !settings().is_pid1 && story().others_killed)),
          "below us those who come later are ended as well");
}

// Nothing is set that was not asked for, so that at rest nothing wakes init up.
void Check::rest_of_timers() const {
  const World& world = node_.world;
  const bool kills = settings().kill_after_ms >= 0 && story().stop_asked;
  promise(world.due(Timer::kill) == World::not_set || kills || story().others_termed,
          "no clock of the end runs before the end was asked for");
  promise(world.due(Timer::wait) == World::not_set || (settings().wait_ms > 0 && world.ended),
          "nobody is given a time that was not said");
  promise(world.due(Timer::terminal) == World::not_set || settings().terminal,
          "without a terminal nobody looks at it again");
}

// With --wait, somebody or something brings the end: a clock, or those who wait for it.
void Check::rest_of_others() const {
  if (!node_.world.ended || !settings().wait || story().exited) return;
  const bool is_being_ended = story().others_termed || story().others_killed;
  promise(!story().others_termed || story().others_killed || node_.world.due(Timer::kill) != World::not_set,
          "after the TERM the clock runs");
  promise(is_being_ended || settings().wait_ms < 0 || node_.world.due(Timer::wait) != World::not_set,
          "the others are left alone no longer than was said");
  promise(!is_time(Timer::kill) || story().others_killed, "when the clock has run, those that are left are killed");
  promise(!is_time(Timer::wait) || is_being_ended, "when their time is over, the others are ended");
}

}  // namespace policy_test
