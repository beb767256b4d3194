namespace GridWorld.Build;

public sealed class ReportTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("""<assemblies><assembly total="9" passed="5" failed="1" skipped="2" not-run="1" errors="0" /></assemblies>""", "5 passed, 1 failed, 3 skipped")]
    [InlineData("""<assemblies><assembly passed="5" failed="0" skipped="0" errors="1" /><assembly passed="2" failed="0" /></assemblies>""", "7 passed, 1 failed")]
    [InlineData("""<assemblies><assembly passed="5" failed="0" """, "0 passed, 0 failed")]
    public void Xunit_report_is_summed(string report, string expected)
    {
        File.WriteAllText(_file, report);

        Assert.Equal(expected, Report.OfXunit(_file).Tally.ToString());
    }

    [Theory]
    [InlineData(true, 4, 0, 1, "4 passed, 0 failed, 3 skipped")]
    [InlineData(false, 4, 2, 0, "4 passed, 2 failed, 2 skipped")]
    [InlineData(false, 4, 0, 0, "4 passed, 1 failed, 2 skipped")] // a test file that could not be loaded
    public void Vitest_report_is_summed(bool success, int passed, int failed, int pending, string expected)
    {
        File.WriteAllText(_file, $$"""
            {"numPassedTests":{{passed}},"numFailedTests":{{failed}},"numPendingTests":{{pending}},"numTodoTests":2,"success":{{(success ? "true" : "false")}},"testResults":[]}
            """);

        Assert.Equal(expected, Report.OfVitest(_file).Tally.ToString());
    }

    [Fact]
    public void Failed_tests_of_xunit_are_named_with_what_they_said()
    {
        File.WriteAllText(_file, """
            <assemblies><assembly passed="1" failed="1"><collection>
              <test name="Lake.Is_frozen" result="Pass" />
              <test name="Lake.Is_deep(metres: 3)" result="Fail"><failure exception-type="E"><message><![CDATA[Assert.Equal() Failure
            Expected: 3]]></message><stack-trace><![CDATA[at Lake]]></stack-trace></failure></test>
            </collection></assembly></assemblies>
            """);

        Assert.Equal(["Lake.Is_deep(metres: 3): Assert.Equal() Failure Expected: 3"], Report.OfXunit(_file).Failures);
    }

    [Fact]
    public void Failed_tests_of_vitest_and_files_it_could_not_load_are_named_with_what_they_said()
    {
        File.WriteAllText(_file, """
            {"numPassedTests":1,"numFailedTests":1,"numPendingTests":0,"numTodoTests":0,"success":false,"testResults":[
              {"name":"/somewhere/lake.test.ts","message":"","assertionResults":[
                {"fullName":"lake is frozen","status":"passed","failureMessages":[]},
                {"fullName":"lake is deep","status":"failed","failureMessages":["expected 2 to be 3\n    at lake.ts:1"]}]},
              {"name":"/somewhere/sea.test.ts","message":"Cannot find 'sea'","assertionResults":[]}]}
            """);

        Assert.Equal(["lake is deep: expected 2 to be 3 at lake.ts:1", "sea.test.ts: Cannot find 'sea'"], Report.OfVitest(_file).Failures);
    }

    [Fact]
    public void Long_messages_are_cut()
    {
        File.WriteAllText(_file, $"""<assemblies><assembly failed="1"><test name="Sea"><failure><message>{new string('~', 1_000_000)}</message></failure></test></assembly></assemblies>""");

        Assert.Equal("Sea: " + new string('~', 400) + " …", Assert.Single(Report.OfXunit(_file).Failures));
    }

    [Fact]
    public void Missing_report_counts_nothing() =>
        Assert.Equal(Report.Empty, Report.OfXunit(_file + ".none"));

    public void Dispose() => File.Delete(_file);
}
