// --reporters=rows: for each row "NAME<tab>right", "NAME<tab>wrong<tab>HOW", or "NAME<tab>not run", for
// scripts/hostile.
#include <doctest/doctest.h>

#include <ostream>
#include <sstream>

namespace {

class Rows : public doctest::IReporter {
 public:
  explicit Rows(const doctest::ContextOptions& options) : out_(*options.cout) {}

  void test_case_start(const doctest::TestCaseData& row) override {
    name_ = row.m_name;
    how_.clear();
  }

  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    out_ << name_ << '\t';
    if (!stats.testCaseSuccess)
      out_ << "wrong\t" << how_;
    else
      out_ << (stats.numAssertsCurrentTest == 0 ? "not run" : "right");
    out_ << std::endl;
  }

  // The words of the check that failed first: what an INFO around it says, and its own.
  void log_assert(const doctest::AssertData& check) override {
    if (!check.m_failed || !how_.empty()) return;
    std::ostringstream words;
    for (int i = 0; i < get_num_active_contexts(); ++i) {
      if (i > 0) words << ": ";
      get_active_contexts()[i]->stringify(&words);
    }
    set_how(words.str().empty() ? check.m_expr : words.str());
  }

  void test_case_exception(const doctest::TestCaseException& thrown) override {
    if (!how_.empty()) return;
    std::string words;
    // The innermost comes first.
    for (int i = get_num_stringified_contexts(); i-- > 0;)
      words += get_stringified_contexts()[i].c_str() + std::string(": ");
    // What follows the semicolon are numbers of this one run.
    const std::string text = thrown.error_string.c_str();
    set_how(words + text.substr(0, text.find(';')));
  }

  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  // One line, no column of a table.
  void set_how(const std::string& words) {
    for (const char c : words) how_ += c == '\n' || c == '\t' || c == '|' ? ' ' : c;
  }

  std::ostream& out_;
  std::string name_;
  std::string how_;
};

REGISTER_REPORTER("rows", 1, Rows);

}  // namespace
