#include "packed.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace foster;

namespace {

struct Nothing {
  template <class Out>
  static constexpr void write(Out& /*out*/) {}
};

struct Fields {
  template <class Out>
  static constexpr void write(Out& out) {
    out.add('x');
    add_field(out, "first");
    add_field(out, "");
    add_field(out, "last one");
    out.add('\0');
  }
};

struct Plain {
  template <class Out>
  static constexpr void write(Out& out) {
    add_text(out, "ab");
    add_text(out, "");
    add_text(out, "c");
  }
};

constexpr auto fields = pack<Fields>();
constexpr auto plain = pack<Plain>();

}  // namespace

TEST_CASE("texts are packed one behind the other, without anything between them") {
  CHECK(std::string(plain.data(), plain.size()) == "abc");
}

TEST_CASE("a packed field takes one byte more than its text") { CHECK(fields.size() == 1 + 6 + 1 + 9 + 1); }

TEST_CASE("what was packed is taken apart in the same order, empty fields as well") {
  Unpacker entries(fields);
  CHECK_FALSE(entries.empty());
  CHECK(entries.character() == 'x');
  CHECK(std::string(entries.field()) == "first");
  CHECK(std::string(entries.field()).empty());
  CHECK(std::string(entries.field()) == "last one");
  CHECK_FALSE(entries.empty());
  CHECK(entries.character() == '\0');
  CHECK(entries.empty());
}

TEST_CASE("nothing packed is empty") {
  constexpr auto nothing = pack<Nothing>();
  CHECK(Unpacker(nothing).empty());
}

TEST_CASE("a packer and what counts for it agree at run time, too") {
  PackedSize counted;
  Fields::write(counted);
  Packer<fields.size()> packer;
  Fields::write(packer);
  CHECK(counted.size() == fields.size());
  CHECK(packer.size() == fields.size());
  CHECK(packer.packed() == fields);
}
