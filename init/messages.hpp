// The wording of what init reports.
#pragma once

#include "policy/policy.hpp"
#include "text.hpp"

namespace foster {

// Words that do not depend on an event, in the order of messages.cpp; behind the topics.
enum class Phrase : int {
  // What init cannot do, to follow "cannot".
  take_over_signals = static_cast<int>(Topic::others_refuse) + 1,
  learn_own_pid,
  become_subreaper,
  watch_parent,
  wait_for_signals,
  write_answer,
  read_proc,
  read_process,
  start_process,  // as in Stage
  start_process_with_pidfd,
  make_group,
  restore_disposition,
  restore_mask,
  learn_of_start,
  run,  // a file, as the next three
  read,
  install,
  install_in,
  keep_pidfd,
  have_pidfd,
  ask_pidfd,
  learn_exit_status,
  signal_by_pidfd,
  have_signalfd,
  have_signalfd_above_2,
  poll_pidfd,
  ignore_child_signal,
  // Beginnings, ends and whole lines.
  foster,
  messages_lost,
  cannot,
  empty_word,
  in_path,
  interpreter,
  does_not_exist,
  is_directory,
  rewritten_again,
  target_taken,
  target_refused,
  not_pid1,
  no_subreaper,
  kernel_cannot_reap,
  for_report_orphans,
  for_terminal,
  for_lack,
  allowed_reapers,
  end,
};

Text& add_phrase(Text& text, Phrase phrase);

// Appends the one line about `topic`, which `event` led to in `state`.
void compose(Text& text, Topic topic, const Event& event, const State& state);

// Appends an errno in words (": permission denied"), or its number where it is not one that init meets.
Text& add_reason(Text& text, int error);

// Appends "cannot <what>'<path>': <the errno in words>".
Text& add_failure(Text& text, Phrase what, const char* path, int error);

}  // namespace foster
