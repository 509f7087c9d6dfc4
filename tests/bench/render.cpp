// bench_render FOLDER [FACT=TEXT]...: makes FOLDER/bench.md, bench.json and bench.svg from what bench printed, on
// stdin. A fact about the run (machine, kernel, date, a version) is printed as it is.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>

#include "render_outputs.hpp"

namespace {

constexpr int bad_input = 2;

render::Facts parse_facts(const std::vector<std::string>& words) {
  render::Facts facts;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == 0 || equals == std::string::npos) throw render::BadInput("'" + word + "' is not FACT=TEXT");
    facts.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return facts;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
}

void run(const std::vector<std::string>& words) {
  if (words.empty()) throw render::BadInput("usage: bench_render FOLDER [FACT=TEXT]... <SAMPLES");
  const render::Facts facts = parse_facts({words.begin() + 1, words.end()});
  const render::Report report = render::make_report(render::read_samples(std::cin), facts);
  write(words[0] + "/bench.md", markdown_of(report));
  write(words[0] + "/bench.json", json_of(report));
  write(words[0] + "/bench.svg", svg_of(report));
}

}  // namespace

int main(int argc, char** argv) try {
  run({argv + 1, argv + argc});
  return 0;
} catch (const render::BadInput& error) {
  std::fprintf(stderr, "bench_render: %s\n", error.what());
  return bad_input;
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_render: %s\n", error.what());
  return 1;
}
