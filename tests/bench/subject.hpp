// What is measured: an init, or none.
#pragma once

#include <string>
#include <vector>

using Words = std::vector<std::string>;

// Where an init is to send signals: as it does when it is not told, to the command alone, to its group.
enum class Target { usual, child, group };

struct Subject {
  std::string name;
  std::string path;  // empty: the command itself is PID 1
  Words options;

  [[nodiscard]] bool is_none() const { return path.empty(); }
};

// From NAME=PATH[,OPTION...]. Throws std::invalid_argument.
Subject parse_subject(const std::string& text);

// What to execute so that the subject starts this command. Throws NotMeasured where it has no such target.
Words words_of(const Subject& subject, Target target, const Words& command);

// Throws NotMeasured for the figures that ask what PID 1 does besides the command.
void need_init(const Subject& subject);
