namespace GridWorld.Build;

public sealed class TallyTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("""<assemblies><assembly total="9" passed="5" failed="1" skipped="2" not-run="1" errors="0" /></assemblies>""", "5 passed, 1 failed, 3 skipped")]
    [InlineData("""<assemblies><assembly passed="5" failed="0" skipped="0" errors="1" /><assembly passed="2" failed="0" /></assemblies>""", "7 passed, 1 failed")]
    [InlineData("""<assemblies><assembly passed="5" failed="0" """, "0 passed, 0 failed")]
    public void Xunit_report_is_summed(string report, string expected)
    {
        File.WriteAllText(_file, report);

        Assert.Equal(expected, Tally.OfXunit(_file).ToString());
    }

    [Theory]
    [InlineData(true, 4, 0, 1, "4 passed, 0 failed, 3 skipped")]
    [InlineData(false, 4, 2, 0, "4 passed, 2 failed, 2 skipped")]
    [InlineData(false, 4, 0, 0, "4 passed, 1 failed, 2 skipped")] // a test file that could not be loaded
    public void Vitest_report_is_summed(bool success, int passed, int failed, int pending, string expected)
    {
        File.WriteAllText(_file, $$"""
            {"numPassedTests":{{passed}},"numFailedTests":{{failed}},"numPendingTests":{{pending}},"numTodoTests":2,"success":{{(success ? "true" : "false")}}}
            """);

        Assert.Equal(expected, Tally.OfVitest(_file).ToString());
    }

    [Fact]
    public void Missing_report_counts_nothing() =>
        Assert.Equal(default, Tally.OfXunit(_file + ".none"));

    public void Dispose() => File.Delete(_file);
}
