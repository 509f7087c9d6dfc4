#include "subject.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "errors.hpp"

namespace {

// How each init is told where its signals go; by how its file's name begins. "-": it cannot.
struct Peer {
  std::string_view name;
  std::string_view child;
  std::string_view group;
};
constexpr std::array<Peer, 5> peers{{
    {"tini", "", "-g"},
    {"dumb-init", "-c", ""},
    {"catatonit", "", "-g"},
    {"foster", "-c", "-g"},
    {"floor-", "", "-"},
}};

const Peer* peer_of(const std::string& path) {
  const std::string base = std::filesystem::path(path).filename();
  const auto* const found = std::ranges::find_if(peers, [&](const Peer& peer) { return base.starts_with(peer.name); });
  return found == peers.end() ? nullptr : found;
}

std::string known_names() {
  std::string names;
  for (const Peer& peer : peers) names += std::string(names.empty() ? "" : ", ") + std::string(peer.name) + "*";
  return names;
}

void check_path(const std::string& path) {
  if (::access(path.c_str(), X_OK) < 0) throw std::invalid_argument("'" + path + "' is no file that can be executed");
  if (peer_of(path) == nullptr) {
    throw std::invalid_argument("'" + path + "' is no init whose options are known: its file is named one of " +
                                known_names());
  }
}

}  // namespace

Subject parse_subject(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || text.find_first_of("\t\n") != std::string::npos) {
    throw std::invalid_argument("'" + text + "' is not NAME=PATH[,OPTION...]");
  }
  Subject subject{.name = text.substr(0, equals), .path = {}, .options = {}};
  std::istringstream rest(text.substr(equals + 1));
  std::getline(rest, subject.path, ',');
  for (std::string option; std::getline(rest, option, ',');) subject.options.push_back(option);
  if (!subject.is_none()) check_path(subject.path);
  if (subject.is_none() && !subject.options.empty()) {
    throw std::invalid_argument("'" + text + "' has options, but no init to give them to");
  }
  return subject;
}

Words words_of(const Subject& subject, Target target, const Words& command) {
  if (subject.is_none()) return command;
  const Peer& peer = *peer_of(subject.path);
  Words words{subject.path};
  words.insert(words.end(), subject.options.begin(), subject.options.end());
  if (target != Target::usual) {
    const std::string_view option = target == Target::child ? peer.child : peer.group;
    if (option == "-") throw NotMeasured("it sends signals to the command alone");
    if (!option.empty()) words.emplace_back(option);
  }
  words.emplace_back("--");
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

void need_init(const Subject& subject) {
  if (subject.is_none()) throw NotMeasured("there is no init besides the command");
}
