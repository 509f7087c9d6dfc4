#include "inspect/output.hpp"

#include <unistd.h>

#include "kernel/write_all.hpp"

namespace foster {

void Output::add(Say what) {
  std::array<char, 128> room{};
  Text pattern(room);
  add_text(pattern, what);
  text_.fill(room.data(), [this](Text& out, char holder) {
    if (holder < 'a') {
      out.number(numbers[static_cast<std::size_t>(holder - '0')]);
    } else {
      out.escaped(names[static_cast<std::size_t>(holder - 'a')]);
    }
  });
}

void Output::make_room() {
  if (text_.view().size() > room_.size() - longest_line) finish();
}

void Output::end_line() {
  text_.add('\n');
  make_room();
}

void Output::add_line(Say what) {
  add(what);
  end_line();
}

int Output::finish() {
  if (error_ == 0) error_ = write_all(STDOUT_FILENO, text_.view());
  text_.clear();
  return error_;
}

}  // namespace foster
