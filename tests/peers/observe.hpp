// What can be seen of an init from outside, in words that two of them can be compared by.
#pragma once

#include <string>

#include "harness.hpp"

struct Trial {
  std::string init;
  Words options;
  Words environment;
  Words command;  // what the probe runs where none is meant
};

using Probe = std::string (*)(const Trial&);

std::string alone(const Trial&);          // without a command: the exit code, and what is on stdout and stderr
std::string answers(const Trial&);        // the same, with a command that exits with 7
std::string prints(const Trial&);         // the exit code, and what the command printed
std::string ends(const Trial&);           // the exit code
std::string signals(const Trial&);        // who gets which: the command, and another process of its group
std::string stop_signals(const Trial&);   // the same for those that a terminal stops with
std::string fault_signals(const Trial&);  // the same for those that the kernel sends for a fault
std::string own_groups(const Trial&);     // is the command the leader of its group, of its session?
std::string rest(const Trial&);           // does a process of the command's group get TERM at the command's end?
std::string orphans(const Trial&);        // not PID 1: who reaps, and is anything said about it?
std::string parent_dies(const Trial&);    // what the command gets then
std::string pauses(const Trial&);         // its exit code at TERM and at INT, after signals that it must ignore
