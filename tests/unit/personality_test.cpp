// What each name makes of a command line and an environment. The same words under the installed originals are in
// tests/integration/peers_test.cpp.
#include "command_line/personality.hpp"

#include <doctest/doctest.h>

#include "command_line.hpp"
#include "written.hpp"

using namespace foster;

namespace {

struct Case {
  Words words;
  std::string expected;
  Words environment{};
};

void check(const std::string& name, const std::string& defaults, std::initializer_list<Case> cases) {
  for (const auto& [words, expected, environment] : cases) {
    CAPTURE(name);
    CHECK(understood_as(name, words, environment) == defaults + expected);
  }
}

const std::string tini = "child subreaper=not-unasked leaves-rest fails=1 ";
const std::string tini_group = "subreaper=not-unasked leaves-rest fails=1 ";
const std::string dumb_init = "subreaper=no session fails=1 ";
const std::string dumb_init_child = "child subreaper=no fails=1 ";
const std::string catatonit = "child leaves-rest fails=1 ";

Parsed parsed_as(std::string name) {
  char* words[] = {name.data(), nullptr};
  char* no_variable = nullptr;
  Parsed parsed;
  parse_options(words, &no_variable, parsed);
  return parsed;
}

std::string version_as(std::string name) {
  return written([&](Text& text) { add_version(text, parsed_as(std::move(name)).personality); });
}

std::string help_as(std::string name) {
  return written([&](Text& text) { add_help(text, parsed_as(std::move(name)).personality); });
}

}  // namespace

TEST_CASE("the name is what follows the last slash; one that is nobody's is foster's") {
  for (const std::string name : {"tini", "tini-static", "docker-init", "/sbin/docker-init", "./tini", "//tini"}) {
    check(name, tini, {{{"true"}, ": true"}});
  }
  for (const std::string name : {"dumb-init", "/usr/bin/dumb-init"}) check(name, dumb_init, {{{"true"}, ": true"}});
  for (const std::string name : {"catatonit", "/run/podman-init"}) check(name, catatonit, {{{"true"}, ": true"}});
  for (const std::string name : {"pause", "/pause"}) {
    CHECK(understood_as(name, {}) == "pause child leaves-rest fails=1");
  }
  for (const std::string name : {"foster", "init", "", "/", "tini/", "tin", "tinier", "tini tini-static", "-tini"}) {
    check(name, "", {{{"true"}, ": true"}});
  }
}

TEST_CASE("a usage error names the name and shows its usage") {
  CHECK(understood_as("/sbin/docker-init", {"-z", "true"}) ==
        "unknown option '-z'; usage: docker-init [-ghlsvw] [-e CODE] [-p SIGNAL] [--version] [--] COMMAND [ARG]...");
  CHECK(understood_as("dumb-init", {}) == "no command given; usage: dumb-init [-chvV] [-r A:B] [--] COMMAND [ARG]...");
  CHECK(understood_as("podman-init", {"-l"}) ==
        "unknown option '-l'; usage: podman-init [-ghLPV] [--] COMMAND [ARG]...");
  CHECK(understood_as("pause", {"-x"}) == "unknown option '-x'; usage: pause [-PvV]");
  CHECK(understood_as("pause", {"x"}) == "no command is taken here; usage: pause [-PvV]");
}

TEST_CASE("tini: every flag, alone and in bundles") {
  check("tini", tini,
        {
            {{"-p", "SIGTERM", "true"}, "death=15 : true"},
            {{"-pSIGTERM", "true"}, "death=15 : true"},
            {{"-p", "SIGKILL", "true"}, "death=9 : true"},
            {{"-e", "143", "true"}, "zero=143 : true"},
            {{"-e0", "-e255", "-e3", "true"}, "zero=0 zero=3 zero=255 : true"},
            {{"--", "echo", "--", "x"}, ": echo -- x"},
            {{"echo", "--", "x"}, ": echo x"},
            {{"echo", "a", "--", "-x", "--"}, ": echo a -x --"},
            {{"echo", "-", "--", "x"}, ": echo - x"},
            {{"ls", "-d", "--", "/"}, ": ls -d -- /"},
        });
  const std::string asked = "child subreaper=yes leaves-rest fails=1 ";
  CHECK(understood_as("tini", {"-s", "true"}) == asked + ": true");
}

TEST_CASE("tini: what adds to the defaults, in the order of the words") {
  const auto as_tini = [](const Words& words) { return understood_as("tini", words); };
  CHECK(as_tini({"-v", "true"}) == "child subreaper=not-unasked level=info leaves-rest fails=1 : true");
  CHECK(as_tini({"-vvv", "true"}) == "child subreaper=not-unasked level=debug leaves-rest fails=1 : true");
  CHECK(as_tini({"-w", "true"}) == tini + "orphans : true");
  CHECK(as_tini({"-g", "true"}) == tini_group + ": true");
  CHECK(as_tini({"-ge143", "true"}) == tini_group + "zero=143 : true");
  CHECK(as_tini({"-vvvg", "true"}) == "subreaper=not-unasked level=debug leaves-rest fails=1 : true");
  CHECK(as_tini({"-h"}) == "help " + tini.substr(0, tini.size() - 1));
  CHECK(as_tini({"-l"}) == "license " + tini.substr(0, tini.size() - 1));
  CHECK(as_tini({"--version"}) == "version " + tini.substr(0, tini.size() - 1));
}

TEST_CASE("tini: what it refuses") {
  for (const auto& words : std::initializer_list<Words>{
           {"--help"}, {"-V"}, {"-q", "true"}, {"--version", "true"}, {"-s", "--version"}, {"--versio"}, {"--="}}) {
    CHECK(understood_as("tini", words).starts_with("unknown option '"));
  }
  CHECK(understood_as("tini", {"--version="}).starts_with("option '--version' takes no value"));
  for (const std::string value : {"TERM", "15", "sigterm", "SIGterm", "SIGRTMIN", "SIGRTMIN+1", "SIGIOT", "SIGCLD",
                                  "SIGPOLL", "SIGIO", "SIGPWR", "SIGSTKFLT", "SIG", "", "0", "SIG15"}) {
    CHECK(understood_as("tini", {"-p", value, "true"}) ==
          "option '-p': '" + value + "' is not allowed; allowed: a signal such as SIGTERM, by its full name");
  }
  for (const std::string value : {"256", "-1", "1,2", "x", "", "1 ", "forwarded"}) {
    CHECK(understood_as("tini", {"-e", value, "true"}) ==
          "option '-e': '" + value + "' is not allowed; allowed: 0 to 255");
  }
  CHECK(understood_as("tini", {"-e"}) == "option '-e' needs a value; allowed: 0 to 255");
}

TEST_CASE("tini: a death signal is each of the names that it knows") {
  const std::string unknown = " STKFLT IO PWR ";
  for (const std::string name :
       {"HUP",  "INT",  "QUIT", "ILL",    "TRAP",   "ABRT",  "BUS",  "FPE",  "KILL", "USR1", "SEGV",
        "USR2", "PIPE", "ALRM", "TERM",   "STKFLT", "CHLD",  "CONT", "STOP", "TSTP", "TTIN", "TTOU",
        "URG",  "XCPU", "XFSZ", "VTALRM", "PROF",   "WINCH", "IO",   "PWR",  "SYS"}) {
    CAPTURE(name);
    const bool refused = unknown.find(" " + name + " ") != std::string::npos;
    CHECK((understood_as("tini", {"-pSIG" + name, "true"}) ==
           tini + "death=" + std::to_string(parse_signal(name)) + " : true") == !refused);
  }
}

TEST_CASE("tini: its variables, which need no value, and its verbosity, which wins over the command line") {
  const auto with = [](const Words& environment, const Words& words = {"true"}) {
    return understood_as("tini", words, environment);
  };
  for (const std::string value : {"", "0", "no", "1"}) {
    CHECK(with({"TINI_SUBREAPER=" + value}) == "child subreaper=yes leaves-rest fails=1 : true");
    CHECK(with({"TINI_KILL_PROCESS_GROUP=" + value}) == tini_group + ": true");
  }
  CHECK(with({"TINI_VERBOSITY=0"}) == "child subreaper=not-unasked level=error leaves-rest fails=1 : true");
  CHECK(with({"TINI_VERBOSITY=1"}) == tini + ": true");
  CHECK(with({"TINI_VERBOSITY=2"}) == "child subreaper=not-unasked level=info leaves-rest fails=1 : true");
  for (const std::string value : {"3", "4", "99"}) {
    CHECK(with({"TINI_VERBOSITY=" + value}) == "child subreaper=not-unasked level=debug leaves-rest fails=1 : true");
  }
  for (const std::string value : {"", "x"}) {
    CHECK(with({"TINI_VERBOSITY=" + value}, {"-vvv", "true"}) ==
          "child subreaper=not-unasked level=error leaves-rest fails=1 : true");
  }
  CHECK(with({"TINI_VERBOSITY=1"}, {"-vvv", "true"}) == tini + ": true");
  CHECK(with({"TINI_VERBOSIT=0", "XTINI_VERBOSITY=0", "TINI_VERBOSITY"}) == tini + ": true");
}

TEST_CASE("foster's variables count under every name, the peer's own win") {
  CHECK(understood_as("tini", {"true"}, {"FOSTER_TARGET=group"}) == tini_group + ": true");
  CHECK(understood_as("tini", {"true"}, {"FOSTER_VERBOSE=2", "TINI_VERBOSITY=1"}) == tini + ": true");
  CHECK(understood_as("tini", {"true"}, {"FOSTER_SUBREAPER=no"}) == "child subreaper=no leaves-rest fails=1 : true");
  CHECK(understood_as("tini", {"true"}, {"FOSTER_SUBREAPER=no", "TINI_SUBREAPER="}) ==
        "child subreaper=yes leaves-rest fails=1 : true");
  CHECK(understood_as("dumb-init", {"true"}, {"FOSTER_SETSID=no"}) == "subreaper=no fails=1 : true");
  CHECK(understood_as("foster", {"true"}, {"TINI_KILL_PROCESS_GROUP=1", "DUMB_INIT_DEBUG=1"}) == ": true");
  CHECK(understood_as("tini", {"true"}, {"FOSTER_TARGET=x"}) ==
        "variable FOSTER_TARGET: 'x' is not allowed; allowed: child, group, all");
}

TEST_CASE("dumb-init: every flag, alone, in bundles, and shortened") {
  check("dumb-init", dumb_init,
        {
            {{"-r", "15:2", "true"}, "15>2 : true"},
            {{"-r15:2", "true"}, "15>2 : true"},
            {{"-r", "15:0", "true"}, "15>0 : true"},
            {{"-r", "1:31", "-r", "31:1", "true"}, "1>31 31>1 : true"},
            {{"--rewrite=15:9", "true"}, "15>9 : true"},
            {{"--rewrite", "15:2", "true"}, "15>2 : true"},
            {{"--rew=15:2", "true"}, "15>2 : true"},
            {{"-r", "15:2", "-r", "15:15", "true"}, ": true"},
            {{"echo", "--", "-x"}, ": echo -- -x"},
            {{"echo", "-c"}, ": echo -c"},
        });
  check("dumb-init", dumb_init_child,
        {
            {{"-c", "true"}, ": true"},
            {{"--single-child", "true"}, ": true"},
            {{"--s", "true"}, ": true"},
            {{"-cr", "15:2", "true"}, "15>2 : true"},
        });
  CHECK(understood_as("dumb-init", {"-v", "true"}) == "subreaper=no level=debug session fails=1 : true");
  CHECK(understood_as("dumb-init", {"--verb", "true"}) == "subreaper=no level=debug session fails=1 : true");
  CHECK(understood_as("dumb-init", {"-cvr", "15:2", "true"}) == "child subreaper=no level=debug fails=1 15>2 : true");
  for (const std::string word : {"-h", "--help", "--he", "--h"}) {
    CHECK(understood_as("dumb-init", {word}) == "help subreaper=no session stderr fails=1");
  }
  for (const std::string word : {"-V", "--version", "--vers"}) {
    CHECK(understood_as("dumb-init", {word}) == "version subreaper=no session stderr fails=1");
  }
}

TEST_CASE("dumb-init: what it refuses") {
  for (const std::string word : {"-z", "-g", "--ver", "--v", "--helpx", "--", "--setsid", "--="}) {
    const std::string line = understood_as("dumb-init", {word});
    CAPTURE(line);
    CHECK((line.starts_with("unknown option '") || line.starts_with("no command given")));
  }
  CHECK(understood_as("dumb-init", {"--help=x"}).starts_with("option '--help' takes no value"));
  for (const std::string value :
       {"0:2", "32:2", "15:32", "TERM:INT", "15", "15:", ":2", "15:2:3", "-1:2", "15:-1", "15;2", "", ":"}) {
    CAPTURE(value);
    CHECK(understood_as("dumb-init", {"-r", value, "true"}).starts_with("option '-r': '" + value + "' is not allowed"));
  }
}

TEST_CASE("dumb-init: its variables count with one value each") {
  const auto with = [](const std::string& variable) { return understood_as("dumb-init", {"true"}, {variable}); };
  CHECK(with("DUMB_INIT_SETSID=0") == dumb_init_child + ": true");
  CHECK(with("DUMB_INIT_DEBUG=1") == "subreaper=no level=debug session fails=1 : true");
  for (const std::string variable : {"DUMB_INIT_SETSID=1", "DUMB_INIT_SETSID=", "DUMB_INIT_SETSID=00",
                                     "DUMB_INIT_DEBUG=0", "DUMB_INIT_DEBUG=yes", "DUMB_INIT_DEBUG="}) {
    CAPTURE(variable);
    CHECK(with(variable) == dumb_init + ": true");
  }
}

TEST_CASE("catatonit: every flag, and what it refuses") {
  check("catatonit", catatonit,
        {
            {{"--", "echo", "--"}, ": echo --"},
            {{"echo", "--", "x"}, ": echo x"},
        });
  CHECK(understood_as("catatonit", {"-g", "true"}) == "leaves-rest fails=1 : true");
  CHECK(understood_as("catatonit", {"-h"}) == "help child leaves-rest stderr fails=1");
  CHECK(understood_as("catatonit", {"-L"}) == "license child leaves-rest fails=1");
  for (const std::string word : {"-V", "--version", "--v", "-gV"}) {
    CHECK(understood_as("catatonit", {word}).starts_with("version "));
  }
  CHECK(understood_as("catatonit", {"-P"}) == "pause child leaves-rest fails=1");
  CHECK(understood_as("catatonit", {"-P", "true"}).starts_with("no command is taken here"));
  for (const std::string word : {"-l", "--help", "-v", "-s", "-w", "--license", "--versions"}) {
    CHECK(understood_as("catatonit", {word}).starts_with("unknown option '"));
  }
  for (const std::string value : {"", "0", "1"}) {
    CHECK(understood_as("catatonit", {"true"}, {"CATATONIT_DEBUG=" + value}) ==
          "child level=debug leaves-rest fails=1 : true");
  }
}

TEST_CASE("pause: -P says what is so already, -v is the version") {
  CHECK(understood_as("pause", {"-P"}) == "pause child leaves-rest fails=1");
  for (const std::string word : {"-v", "-V", "-Pv"}) {
    CHECK(understood_as("pause", {word}) == "version child leaves-rest fails=1");
  }
}

TEST_CASE("each name has a version that programs can parse, and a help of its own") {
  CHECK(version_as("tini") == "tini version ");
  CHECK(version_as("catatonit") == "tini version ");
  CHECK(version_as("dumb-init") == "dumb-init v");
  CHECK(version_as("foster") == "tini version ");
  CHECK(help_as("tini").find("foster(1)") != std::string::npos);
  CHECK(help_as("foster").find("--target") != std::string::npos);
}
