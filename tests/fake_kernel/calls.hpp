// The calls of init/kernel/sys.hpp that can fail, by name, and what each can answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fake {

enum class Call : std::uint8_t {
  set_signal_mask,
  reset_signal,
  ignore_signal,
  wait_signal,
  send_signal,
  send_signal_to_group,
  send_signal_to_all,
  queue_signal,
  set_parent_death_signal,
  open_signals,
  read_signals,
  open_process,
  send_signal_by,
  can_tell_exit,
  find_exit,
  group_of,
  become_group_leader,
  become_session_leader,
  leads_session,
  become_subreaper,
  is_subreaper,
  unique_id,
  reap,
  reap_with_waitid,
  find_dead_child,
  is_stopped,
  clone_sharing_memory,
  fork_child,
  execute,
  open_to_read,
  open_to_write_now,
  read,
  write,
  write_now,
  send_now,
  end_of,
  exists,
  is_directory,
  make_pipe,
  close,
  close_from,
  list_directory,
  copy_descriptor_to,
  copy_descriptor_from,
  descriptor_limit,
  change_directory,
  wait_readable,
  is_writable,
  wait_signals_or_exit,
  sleep_ms,
  give_up_terminal,
  take_terminal,
  foreground_group,
  set_foreground_group,
  last = set_foreground_group,
};

inline constexpr std::size_t call_count = static_cast<std::size_t>(Call::last) + 1;

std::string_view name_of(Call call);

// The ERRORS of its manual page, and what a filter, a signal or a poor machine makes of any call: EPERM, ENOSYS, EINTR,
// EAGAIN, ENOMEM. Each once.
const std::vector<int>& errors_of(Call call);

}  // namespace fake
