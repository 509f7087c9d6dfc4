// What foster makes of a command line and an environment, in one text that a table of cases can hold.
#pragma once

#include <string>
#include <vector>

#include "command_line/options.hpp"

using Words = std::vector<std::string>;

// The line of the usage error; without one, what differs from the defaults, and behind ": " the command. For example
// "child death=15 : sleep 5". `words` is without the program's name.
std::string understood(Words words, Words environment = {});

// The same under another name, which is argv[0].
std::string understood_as(const std::string& name, Words words, Words environment = {});

// The same for an argv without anything in it, not even the program's name.
std::string understood_without_name();

// Of the options alone.
std::string differences(const foster::Options& options);
