// System calls and errors by name.
#pragma once

#include <string>
#include <string_view>

// "call-NUMBER" for one that the table does not hold.
std::string call_name(long number);
// -1: no such call in the table.
long call_number(std::string_view name);

std::string error_name(int error);
// -1: no such error.
int error_number(std::string_view name);
