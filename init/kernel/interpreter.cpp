#include "kernel/interpreter.hpp"

#include <elf.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "kernel/small_file.hpp"
#include "kernel/sys.hpp"
#include "text.hpp"

namespace foster {

namespace {

// The number of so many bytes at `place`, in this machine's order; 0 where the file has none.
std::uint64_t number_at(std::string_view head, std::uint64_t place, std::size_t bytes) {
  constexpr bool is_big = std::endian::native == std::endian::big;
  if (place > head.size() || bytes > head.size() - place) return 0;
  const char* const first = head.data() + place;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = number << 8 | static_cast<unsigned char>(first[is_big ? i : bytes - 1 - i]);
  }
  return number;
}

// Of an ELF file of either width in this machine's byte order: any other is an ENOEXEC, and nobody looks for its
// loader. Linkers put the segments' table and the loader's name at the beginning. Returns the place of the name.
std::uint64_t elf_interpreter(std::string_view head) {
  const bool wide = number_at(head, EI_CLASS, 1) == ELFCLASS64;
  const std::size_t word = wide ? 8 : 4;
  std::uint64_t segment = number_at(head, wide ? offsetof(Elf64_Ehdr, e_phoff) : offsetof(Elf32_Ehdr, e_phoff), word);
  auto segments = number_at(head, wide ? offsetof(Elf64_Ehdr, e_phnum) : offsetof(Elf32_Ehdr, e_phnum), 2);
  for (; segments > 0; --segments) {
    if (number_at(head, segment, 4) == PT_INTERP)
      return number_at(head, segment + (wide ? offsetof(Elf64_Phdr, p_offset) : offsetof(Elf32_Phdr, p_offset)), word);
    segment += wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
  }
  return head.size();
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Of a script, the first word after "#!" (execve(2)); a carriage return at its end is part of it, and often the whole
// trouble. Empty if there is none. `head` is followed by a NUL.
const char* interpreter_of(char* head, std::size_t size) {
  if (head[0] == '#' && head[1] == '!') {
    char* end = head + 2;
    while (is_blank(*end)) ++end;
    const char* const name = end;
    while (*end != '\0' && *end != '\n' && !is_blank(*end)) ++end;
    *end = '\0';
    return name;
  }
  const bool is_elf = behind(head, ELFMAG) != nullptr;
  return head + (is_elf ? std::min<std::uint64_t>(elf_interpreter({head, size}), size) : size);
}

}  // namespace

const char* find_missing_interpreter(const char* path, PathRoom& room) {
  constexpr int deepest = 5;  // the kernel follows no more (fs/exec.c)
  for (int depth = 0; depth < deepest; ++depth) {
    const auto size = read_file(path, room);
    path = interpreter_of(room.data(), size ? size.value() : 0);
    if (*path == '\0') break;
    if (!sys::exists(path)) return path;
  }
  return nullptr;
}

}  // namespace foster
