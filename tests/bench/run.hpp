// Measures what is asked for, and prints the samples.
#pragma once

#include "request.hpp"

// Throws std::runtime_error if it comes to no end.
void measure_all(const Request& request);
