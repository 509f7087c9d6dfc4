#include "request.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "measurement.hpp"

namespace {

constexpr int most_rounds = 1000;

// What follows a prefix, or nullptr.
const char* after(std::string_view prefix, const std::string& word) {
  return word.starts_with(prefix) ? word.c_str() + prefix.size() : nullptr;
}

int parse_rounds(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string::npos;
  const int rounds = digits ? std::stoi(text) : 0;
  if (rounds < 1 || rounds > most_rounds) {
    throw std::invalid_argument("--rounds='" + text + "' is not a number from 1 to " + std::to_string(most_rounds));
  }
  return rounds;
}

std::string parse_figure(const std::string& name) {
  for (const auto& measurement : all_measurements()) {
    for (const auto& figure : measurement.figures) {
      if (figure.name == name) return name;
    }
  }
  throw std::invalid_argument("no figure '" + name + "': --list names them all");
}

void add_subject(Request& request, const std::string& word) {
  const Subject subject = parse_subject(word);
  const auto same = [&](const Subject& other) { return other.name == subject.name; };
  if (std::ranges::any_of(request.subjects, same)) {
    throw std::invalid_argument("the name '" + subject.name + "' is given twice");
  }
  request.subjects.push_back(subject);
}

}  // namespace

Request parse_request(const Words& words) {
  Request request;
  for (const auto& word : words) {
    if (word == "--list") {
      request.list = true;
    } else if (const char* const rounds = after("--rounds=", word)) {
      request.rounds = parse_rounds(rounds);
    } else if (const char* const figure = after("--figure=", word)) {
      request.figures.insert(parse_figure(figure));
    } else if (word.starts_with("-")) {
      throw std::invalid_argument("unknown option '" + word + "': there are --list, --rounds=N and --figure=NAME");
    } else {
      add_subject(request, word);
    }
  }
  if (request.subjects.empty() && !request.list) throw std::invalid_argument("no init: name one as NAME=PATH");
  return request;
}
