#include "calls.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>

namespace fake {

namespace {

struct Row {
  std::string_view name;
  std::array<int, 18> errors;  // zeros behind the last
};

// In the order of Call.
constexpr Row manual_pages[] = {
    {"set_signal_mask", {EFAULT, EINVAL}},
    {"reset_signal", {EFAULT, EINVAL}},
    {"ignore_signal", {EFAULT, EINVAL}},
    {"wait_signal", {EAGAIN, EINTR, EINVAL}},
    {"send_signal", {EINVAL, EPERM, ESRCH}},
    {"send_signal_to_group", {EINVAL, EPERM, ESRCH}},
    {"send_signal_to_all", {EINVAL, EPERM, ESRCH}},
    {"queue_signal", {EAGAIN, EINVAL, EPERM, ESRCH}},
    {"set_parent_death_signal", {EINVAL}},
    {"open_signals", {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM}},
    {"read_signals", {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, EIO, EISDIR}},
    {"open_process", {EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, ESRCH}},
    {"send_signal_by", {EAGAIN, EBADF, EINVAL, EPERM, ESRCH}},
    {"can_tell_exit", {EBADF, EFAULT, EINVAL, ENOTTY, ESRCH}},
    {"find_exit", {EBADF, EFAULT, EINVAL, ENOTTY, ESRCH}},
    {"group_of", {ESRCH}},
    {"become_group_leader", {EACCES, EINVAL, EPERM, ESRCH}},
    {"become_session_leader", {EPERM}},
    {"leads_session", {ESRCH}},
    {"become_subreaper", {EINVAL}},
    {"is_subreaper", {EFAULT, EINVAL}},
    {"unique_id", {EBADF, EINVAL, EMFILE, ENFILE, ENODEV, ENOMEM, ESRCH}},
    {"reap", {EAGAIN, ECHILD, EINTR, EINVAL, ESRCH}},
    {"reap_with_waitid", {EAGAIN, ECHILD, EINTR, EINVAL, ESRCH}},
    {"find_dead_child", {EAGAIN, ECHILD, EINTR, EINVAL, ESRCH}},
    {"is_stopped", {EAGAIN, ECHILD, EINTR, EINVAL, ESRCH}},
    {"clone_sharing_memory", {EAGAIN, EINVAL, EMFILE, ENOMEM, ENOSPC, EPERM, EUSERS}},
    {"fork_child", {EAGAIN, EINVAL, ENOMEM, ENOSPC, EPERM, EUSERS}},
    {"execute",
     {E2BIG, EACCES, EAGAIN, EFAULT, EINVAL, EIO, EISDIR, ELIBBAD, ELOOP, EMFILE, ENAMETOOLONG, ENFILE, ENOENT, ENOEXEC,
      ENOMEM, ENOTDIR, EPERM, ETXTBSY}},
    {"open_to_read", {EACCES, EINTR, ELOOP, EMFILE, ENFILE, ENODEV, ENOENT, ENOMEM, ENOTDIR, ENXIO, EPERM}},
    {"open_to_write_now",
     {EACCES, EINTR, ELOOP, EMFILE, ENFILE, ENODEV, ENOENT, ENOMEM, ENOTDIR, ENXIO, EPERM, EROFS, ETXTBSY}},
    {"read", {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, EIO, EISDIR}},
    {"write", {EAGAIN, EBADF, EDQUOT, EFAULT, EFBIG, EINTR, EINVAL, EIO, ENOSPC, EPERM, EPIPE}},
    {"write_now", {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, EIO, ENOSPC, EOPNOTSUPP, EPERM, EPIPE}},
    {"send_now", {EACCES, EAGAIN, EBADF, ECONNRESET, EINTR, ENOBUFS, ENOMEM, ENOTCONN, ENOTSOCK, EPIPE}},
    {"end_of", {EBADF, EINVAL, ENXIO, EOVERFLOW, ESPIPE}},
    {"exists", {EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR}},
    {"is_directory", {EACCES, EMFILE, ENFILE, ENOENT, ENOTDIR}},
    {"make_pipe", {EFAULT, EINVAL, EMFILE, ENFILE}},
    {"close", {EBADF, EINTR, EIO, ENOSPC, EDQUOT}},
    {"close_from", {EINVAL, EMFILE, ENOMEM}},
    {"list_directory", {EBADF, EFAULT, EINVAL, ENOENT, ENOTDIR}},
    {"copy_descriptor_to", {EBADF, EBUSY, EINTR, EINVAL, EMFILE}},
    {"copy_descriptor_from", {EBADF, EINVAL, EMFILE}},
    {"descriptor_limit", {EFAULT, EINVAL, EPERM, ESRCH}},
    {"change_directory", {EACCES, EFAULT, EIO, ELOOP, ENOENT, ENOMEM, ENOTDIR}},
    {"wait_readable", {EFAULT, EINTR, EINVAL, ENOMEM}},
    {"is_writable", {EFAULT, EINTR, EINVAL, ENOMEM}},
    {"wait_signals_or_exit", {EFAULT, EINTR, EINVAL, ENOMEM}},
    {"sleep_ms", {EFAULT, EINTR, EINVAL}},
    {"give_up_terminal", {EBADF, EINVAL, EIO, ENOTTY}},
    {"take_terminal", {EBADF, EINVAL, EIO, ENOTTY, EPERM}},
    {"foreground_group", {EBADF, EINVAL, EIO, ENOTTY}},
    {"set_foreground_group", {EBADF, EINVAL, EIO, ENOTTY, EPERM}},
};
static_assert(std::size(manual_pages) == call_count);

constexpr std::array of_any_call{EPERM, ENOSYS, EINTR, EAGAIN, ENOMEM};

std::vector<int> with_common(const Row& row) {
  std::vector<int> errors(row.errors.begin(), std::ranges::find(row.errors, 0));
  for (const int error : of_any_call) {
    if (std::ranges::find(errors, error) == errors.end()) errors.push_back(error);
  }
  return errors;
}

}  // namespace

std::string_view name_of(Call call) { return manual_pages[static_cast<std::size_t>(call)].name; }

const std::vector<int>& errors_of(Call call) {
  static const std::vector<std::vector<int>> all = [] {
    std::vector<std::vector<int>> rows;
    std::ranges::transform(manual_pages, std::back_inserter(rows), with_common);
    return rows;
  }();
  return all[static_cast<std::size_t>(call)];
}

}  // namespace fake
