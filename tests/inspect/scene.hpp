// A PID namespace full of processes that a test makes up, and programs that look at it from an exec session.
#pragma once

#include <sys/mman.h>
#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "held_calls.hpp"
#include "pipe.hpp"

namespace scene {

using Work = std::function<void()>;
using Words = std::vector<std::string>;

// Throws with errno where a call failed.
long checked(long result, const std::string& what);

// Within a scene. Each returns when it is done, with a number as the scene counts.
pid_t start(
    const std::string& name, const Work& work = [] {});  // a child that has done it, and waits for its end
pid_t start_program(
    const Words& words, const Work& before = [] {});  // a child that has executed it
pid_t leave_zombie();                                 // a child that is dead, and not waited for
pid_t leave_zombie(
    const std::string& name, const Work& work = [] {});  // under a name of its own
void stop(pid_t child);
void wait_until_gone(pid_t pid);
void wait_until_state(pid_t pid, char state);
void change_name(const std::string& name);
void become_user(uid_t user);  // who may read what it has become
[[noreturn]] void wait_for_ever();

// What the processes of a scene and the test have in common.
template <class T>
class Shared {
 public:
  Shared()
      : value_(static_cast<T*>(::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { ::munmap(value_, sizeof(T)); }
  T& operator*() const { return *value_; }
  T* operator->() const { return value_; }

 private:
  T* value_;
};

struct Answer {
  int status = -1;  // the exit status
  std::string out;
  std::string errors;
};

// The lines of a text that begin so, behind blanks.
Words lines_with(const std::string& text, const std::string& beginning);

enum class First { reaps, waits };  // what PID 1 does once all is there

class Scene;

// A program within a scene, with PPid 0.
struct Look {
  Words words{};             // what is executed; empty: foster with `options`
  Words options{"--ps"};     // for foster
  Work before{};             // in its process, the last thing before it executes
  bool terminal = false;     // its stdout is one
  std::vector<long> hold{};  // system calls to stop at their entry: see held_calls.hpp
};

class Session {
 public:
  Session(const Scene& scene, const Look& look);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Lets calls go on until the next one of that number; false if there comes none.
  bool hold(long number, HeldCall& call);
  void let_go(const HeldCall& call) const { held_.let_go(call); }
  void read_memory(std::uint64_t address, void* room, std::size_t bytes) const;
  Answer finish();

 private:
  pid_t pid_ = -1;  // as the test counts
  Descriptor out_, errors_;
  HeldCalls held_;
};

class Scene {
 public:
  // Returns when PID 1 has done `work`; it has a /proc of its own.
  explicit Scene(const Work& work, First first = First::reaps);
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  [[nodiscard]] Answer look(const Look& look = {}) const { return Session(*this, look).finish(); }
  // In a process of an exec session, up to its end.
  void inside(const Work& work) const;
  // For the calling process.
  void enter_mounts() const;
  // One that is left there: its parent is the test.
  [[nodiscard]] pid_t start_from_outside(const Work& work) const;

 private:
  pid_t first_ = -1;
  Descriptor pids_, mounts_;  // the namespaces
};

}  // namespace scene
