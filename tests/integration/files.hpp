// Files that tests make up, in a folder of their own that goes away with the test.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path_of(const std::string& name) const { return path_ + "/" + name; }

  // Its path. Everybody may read it; with mode 0755 it can be run.
  std::string write(const std::string& name, std::string_view text, mode_t mode = 0644) const;
  std::string make_folder(const std::string& name, mode_t mode = 0755) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::string path_;
};

// The path of a link to the init under test that has this name; it is there until the program ends.
std::string init_called(const std::string& name);
