// A wrapper that works with the original works when the file is replaced: each command line under foster with the
// original's name, and under the original as it is installed. What differs is declared, and what is declared differs.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "files.hpp"
#include "rows.hpp"

namespace {

std::string observed(const std::string& init, const Row& row) {
  return row.probe({.init = init, .options = row.options, .environment = row.environment, .command = row.command});
}

// Empty where none is declared.
std::string reason_for(const Peer& peer, const std::string& label) {
  for (const auto& [name, reason, labels] : differences()) {
    if (name == peer.name && std::find(labels.begin(), labels.end(), label) != labels.end()) return reason;
  }
  return "";
}

void compare(const Peer& peer) {
  if (::access(peer.installed.c_str(), X_OK) != 0) return skip(peer.name + " is not installed");
  const std::string under_its_name = init_called(peer.name);
  for (const Row& row : peer.rows) {
    const std::string label = label_of(row);
    const std::string reason = reason_for(peer, label);
    CAPTURE(label);
    const std::string original = observed(peer.installed, row);
    const std::string ours = observed(under_its_name, row);
    if (reason.empty()) {
      CHECK(ours == original);
    } else {
      CAPTURE(reason);
      CHECK(ours != original);
    }
  }
}

const Peer& peer_called(const std::vector<Peer>& all, const std::string& name) {
  return *std::find_if(all.begin(), all.end(), [&](const Peer& peer) { return peer.name == name; });
}

}  // namespace

TEST_CASE("under the name of tini: as tini") { compare(peer_called(peers(), "tini")); }

TEST_CASE("under the name of dumb-init: as dumb-init") { compare(peer_called(peers(), "dumb-init")); }

TEST_CASE("under the name of catatonit: as catatonit") { compare(peer_called(peers(), "catatonit")); }

TEST_CASE("each row has a name of its own, and each difference is that of a row") {
  for (const Peer& peer : peers()) {
    std::set<std::string> labels;
    for (const Row& row : peer.rows) {
      CAPTURE(label_of(row));
      CHECK(labels.insert(label_of(row)).second);
    }
    for (const auto& difference : differences()) {
      if (difference.peer != peer.name) continue;
      CHECK_FALSE(difference.reason.empty());
      for (const auto& label : difference.labels) {
        CAPTURE(label);
        CHECK(labels.count(label) == 1);
      }
    }
  }
}
