// What tells two nodes of an exploration apart.
#include "model.hpp"

namespace policy_test {

namespace {

template <class... Values>
void append(std::string& key, const Values&... values) {
  (key.append(reinterpret_cast<const char*>(&values), sizeof values), ...);
}

// Each taken apart, so that a new member cannot be forgotten here.
void append_settings(std::string& key, const Settings& all) {
  const auto& [target, report_orphans, terminate_rest, session, terminal, kernel_reaps, is_pid1, explains_end, wait,
               exit_zero_forwarded, wait_ms, kill_after_ms, stop_signals, rewrites, exit_zero] = all;
  append(key, target, report_orphans, terminate_rest, session, terminal, kernel_reaps, is_pid1, explains_end, wait,
         exit_zero_forwarded, wait_ms, kill_after_ms, stop_signals, rewrites, exit_zero);
}

void append_state(std::string& key, const State& all) {
  const auto& [phase, stop_asked, killed, stop_sent, stopped_by, shared_stop, wait_failure_told, status_unknown_told,
               others_unseen_told, own_pid, main_pid, exit_status, next_look_ms, forwarded, not_delivered, values_lost,
               group_unknown, settings] = all;
  append_settings(key, settings);
  // What was handed on matters to one setting alone.
  const SignalSet matters = settings.exit_zero_forwarded ? forwarded : SignalSet();
  append(key, own_pid, main_pid, phase, stop_asked, killed, exit_status, matters, stop_sent, stopped_by, shared_stop,
         next_look_ms, not_delivered, values_lost, group_unknown, wait_failure_told, status_unknown_told,
         others_unseen_told);
}

void append_course(std::string& key, const Course& all) {
  const auto& [tries, last_error, lookups, lookup_error, main_got, main_got_alone, helper_got, value_arrived] = all;
  append(key, tries, last_error, lookups, lookup_error, main_got, main_got_alone, helper_got, value_arrived);
}

void append_story(std::string& key, const Story& all, bool with_handed_on) {
  const auto& [not_delivered, group_unknown, value_lost, handed_on, stop_asked, deadline, kill_clocks, exit_status,
               watching, others_termed, others_killed, others_unseen_told, last_look_ms, exited] = all;
  const SignalSet matters = with_handed_on ? handed_on : SignalSet();
  append(key, not_delivered, group_unknown, value_lost, matters, stop_asked, deadline, kill_clocks, exit_status,
         watching, others_termed, others_killed, others_unseen_told, last_look_ms, exited);
}

}  // namespace

std::string Node::key() const {
  std::string key;
  append_state(key, state);
  append(key, world.left, world.refuses, world.helper, world.gone, world.ended, world.stopped_by, world.ordered,
         world.due_ms);
  append_story(key, ledger.story, state.settings.exit_zero_forwarded);
  append_course(key, ledger.signal);
  append_course(key, ledger.wake);
  append(key, ledger.arrival, ledger.began_ended, ledger.reports, ledger.orphan_reports, ledger.stop_reports,
         ledger.suspends, ledger.offers, ledger.has_foreground, ledger.others_signalled, ledger.others_error,
         ledger.timers_set, ledger.oom_counted);
  for (const auto& [action, event] : pending) {
    append(key, action.kind, action.target, action.queued, action.retry, action.topic, action.level, action.number,
           action.timer, action.delay_ms);
    append(key, event.kind, event.target, event.timer, event.queued, event.retry, event.error, event.pid, event.status,
           event.signal.si_signo, event.signal.si_code, event.signal.si_pid);
  }
  return key;
}

}  // namespace policy_test
