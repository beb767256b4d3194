namespace GridWorld.Tests;

public sealed class ReportTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    [Fact]
    public void Report_is_summed_and_failed_tests_are_named_with_what_they_said()
    {
        File.WriteAllText(file, """
            <testsuites><testsuite tests="5" failures="2">
              <testcase name="Lake.Is_frozen" classname="Lake" />
              <testcase name="Lake.Is_deep(metres: 3)">
                <failure type="E" message="Assert.Equal() Failure&#xA;Expected: 3"><![CDATA[at Lake]]></failure>
              </testcase>
              <testcase name="sea.test.ts"><error type="Error">Cannot find 'sea'
            at sea.ts:1</error></testcase>
              <testcase name="Lake.Has_fish"><skipped message="no rod" /></testcase>
              <testcase name="Lake.Is_wide" />
            </testsuite></testsuites>
            """);

        var report = Report.Of(file, "exit code 2");

        Assert.Equal("2 passed, 2 failed, 1 skipped", report.ToString());
        Assert.Equal(["Lake.Is_deep(metres: 3): Assert.Equal() Failure Expected: 3", "sea.test.ts: Cannot find 'sea' at sea.ts:1"],
            report.Failures);
    }

    [Theory]
    [InlineData("<testsuites><testsuite><testcase name='Lake' /></testsuite></testsuites>", "exit code 134", "exit code 134")]
    [InlineData("<testsuites />", null, "no test ran")]
    [InlineData("<testsuites><testsuite><testcase na", null, "it ended well, but its report says nothing: ")]
    [InlineData("", "stopped after 12.0 minutes", "stopped after 12.0 minutes, but its report says nothing: ")]
    public void Program_that_crashed_or_has_no_whole_report_has_failed(string text, string? fault, string why)
    {
        File.WriteAllText(file, text);

        Assert.StartsWith(why, Assert.Single(Report.Of(file, fault).Failures));
    }

    [Theory]
    [InlineData("&#x1B;[31mred", "\u001B[31mred")]
    [InlineData("\u001B[31mred", "\uFFFD[31mred")]
    public void Message_may_contain_control_characters(string message, string shown)
    {
        File.WriteAllText(file, $"<testsuites><testcase name='Sea'><failure message='{message}' /></testcase></testsuites>");

        Assert.Equal($"Sea: {shown}", Assert.Single(Report.Of(file, "exit code 2").Failures));
    }

    [Fact]
    public void Missing_report_is_a_failure() =>
    Assert.Contains("Could not find file", Assert.Single(Report.Of(file + ".none", null).Failures));

    [Fact]
    public void Long_messages_are_cut()
    {
        File.WriteAllText(file,
            $"<testsuites><testcase name='Sea'><failure message='{new string('~', 1_000_000)}' /></testcase></testsuites>");

        Assert.Equal("Sea: " + new string('~', 400) + " …", Assert.Single(Report.Of(file, "exit code 2").Failures));
    }

    public void Dispose() => File.Delete(file);
}
