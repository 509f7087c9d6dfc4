// What the lines of /proc/PID/status, and others like them, mean: for the compiler, which makes one text of it.
#pragma once

#include <string_view>

#include "packed.hpp"

namespace foster {

struct StatusRow {
  std::string_view line;   // how it begins
  std::string_view words;  // with a colon at the end: the names of what is in the set that the value is
};

// In the kernel's order (proc_pid_status(5)); then what comes from elsewhere.
inline constexpr StatusRow status_rows[] = {
    {"Name:", "its name"},
    {"Umask:", "rights that new files do not get"},
    {"State: D", "no signal wakes it"},
    {"State: T", "stopped until CONT"},
    {"State: Z", "ended, not waited for"},
    {"State:", "what it does"},
    {"Tgid:", "process of this thread"},
    {"Ngid:", "NUMA group"},
    {"Pid:", "its number"},
    {"PPid:", "its parent"},
    {"TracerPid:", "its tracer (0: none)"},
    {"Uid:", "user: real, effective, saved, for files"},
    {"Gid:", "group: real, effective, saved, for files"},
    {"FDSize:", "room for open files"},
    {"Groups:", "further groups"},
    {"NStgid:", "Tgid in each pid namespace"},
    {"NSpid:", "Pid in each pid namespace"},
    {"NSpgid:", "process group in each pid namespace"},
    {"NSsid:", "session in each pid namespace"},
    {"Kthread:", "1: of the kernel"},
    {"VmPeak:", "VmSize at its largest"},
    {"VmSize:", "address space"},
    {"VmLck:", "never swapped out"},
    {"VmPin:", "never moved"},
    {"VmHWM:", "VmRSS at its largest"},
    {"VmRSS:", "in memory: the sum of these three"},
    {"RssAnon:", "of no file"},
    {"RssFile:", "of files"},
    {"RssShmem:", "shared memory"},
    {"VmData:", "heap and other data"},
    {"VmStk:", "stack"},
    {"VmExe:", "code of the program"},
    {"VmLib:", "code of libraries"},
    {"VmPTE:", "page tables"},
    {"VmPMD:", "page tables"},
    {"VmSwap:", "swapped out"},
    {"HugetlbPages:", "in huge pages"},
    {"CoreDumping:", "1: writes a core dump"},
    {"THP_enabled:", "1: may be in huge pages"},
    {"untag_mask:", "bits of an address that count"},
    {"Threads:", "threads"},
    {"SigQ:", "signals queued for its user/limit"},
    {"SigPnd:", "pending for this thread:"},
    {"ShdPnd:", "pending for the process:"},
    {"SigBlk:", "blocked:"},
    {"SigIgn:", "ignored:"},
    {"SigCgt:", "with a handler:"},
    {"CapInh:", "kept at exec if the file says so:"},
    {"CapPrm:", "may be in force:"},
    {"CapEff:", "in force:"},
    {"CapBnd:", "the most that exec can bring:"},
    {"CapAmb:", "kept at exec:"},
    {"NoNewPrivs:", "1: exec brings no privileges"},
    {"Seccomp:", "1: strict, 2: filter of system calls"},
    {"Seccomp_filters:", "how many filters"},
    {"Speculation_Store_Bypass:", "Spectre variant 4"},
    {"SpeculationIndirectBranch:", "Spectre variant 2"},
    {"Cpus_allowed", "CPUs that it may use"},
    {"Mems_allowed", "memory nodes that it may use"},
    {"voluntary_ctxt_switches:", "times it left the CPU to wait"},
    {"nonvoluntary_ctxt_switches:", "times it had to leave the CPU"},
    {"x86_Thread_features", "shadow stack"},
    {"oom_score_adj", "-1000: never killed"},
    {"oom_score", "the highest is killed first when memory is out"},
    {"cgroup", "control groups"},
    {"", "not known to this version"},
};

// In the order of their numbers (capabilities(7)).
inline constexpr std::string_view capabilities =
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE "
    "NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN "
    "SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE "
    "MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE ";

// On lines: the capabilities, and for each row how it begins, "=", and the words.
template <class Out>
constexpr void write_status_rows(Out& out) {
  add_text(out, capabilities);
  for (const auto& row : status_rows) {
    out.add('\n');
    add_text(out, row.line);
    out.add('=');
    add_text(out, row.words);
  }
  add_field(out, "\n");
}

}  // namespace foster
