#include "kernel/interpreter.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>

#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"

namespace foster {

namespace {

// The part of `text` before the first of `ends`.
std::string_view up_to(std::string_view text, std::string_view ends) {
  std::size_t length = 0;
  while (length < text.size() && find(ends, text[length]) == ends.size()) ++length;
  return {text.data(), length};
}

std::string_view behind(std::string_view text, std::size_t place) {
  text.remove_prefix(std::min(place, text.size()));
  return text;
}

template <class Part>
bool copy_part(std::string_view head, std::size_t place, Part& part) {
  const auto bytes = behind(head, place);
  if (bytes.size() < sizeof part) return false;
  std::memcpy(&part, bytes.data(), sizeof part);
  return true;
}

// An ELF file of either width in this machine's byte order: any other is an ENOEXEC, and nobody looks for its loader.
// Linkers put the segments' table and the loader's name at the beginning.
template <class Header, class Segment>
std::string_view elf_interpreter(std::string_view head) {
  Header header;
  Segment segment;
  if (!copy_part(head, 0, header)) return {};
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    if (!copy_part(head, static_cast<std::size_t>(header.e_phoff) + i * sizeof segment, segment)) break;
    if (segment.p_type != PT_INTERP) continue;
    return up_to(behind(head, static_cast<std::size_t>(segment.p_offset)), {"\0", 1});
  }
  return {};
}

// Of a script, the first word after "#!" (execve(2)); a carriage return at its end is part of it, and often the whole
// trouble.
std::string_view interpreter_of(std::string_view head) {
  if (head.starts_with("#!")) {
    head.remove_prefix(2);
    while (head.starts_with(' ') || head.starts_with('\t')) head.remove_prefix(1);
    return up_to(head, {" \t\n\0", 4});
  }
  if (!head.starts_with(ELFMAG) || head.size() <= EI_CLASS) return {};
  return head[EI_CLASS] == ELFCLASS64 ? elf_interpreter<Elf64_Ehdr, Elf64_Phdr>(head)
                                      : elf_interpreter<Elf32_Ehdr, Elf32_Phdr>(head);
}

}  // namespace

bool find_missing_interpreter(const char* path, PathRoom& missing) {
  constexpr int deepest = 5;  // the kernel follows no more (fs/exec.c)
  __attribute__((uninitialized)) PathRoom room;
  for (int depth = 0; depth < deepest; ++depth) {
    const auto name = interpreter_of(read_start(depth == 0 ? path : missing.data(), room));
    if (name.empty() || name.size() >= missing.size()) return false;
    *std::copy(name.begin(), name.end(), missing.begin()) = '\0';
    if (!sys::exists(missing.data())) return true;
  }
  return false;
}

}  // namespace foster
