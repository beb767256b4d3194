namespace GridWorld.Tests;

public class ShellTests
{
    readonly Shell shell = new(Path.GetTempPath());

    [Fact]
    public void Missing_program_is_named()
    {
        var failure = Assert.Throws<StepFailed>(() => shell.Run("no-such-program-here"));

        Assert.Contains("Cannot start 'no-such-program-here'", failure.Message);
        Assert.Null(shell.Ask("no-such-program-here"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Failing_program_gives_its_exit_code(bool isAside)
    {
        Assert.Null(shell.Ask("dotnet", "no-such-command"));
        Assert.Equal("exit code 1", new Shell(Path.GetTempPath()) { IsAside = isAside }.Try(1, "dotnet", "no-such-command"));
    }

    [Fact]
    public void Program_that_takes_too_long_is_stopped() => Assert.StartsWith("stopped after", shell.Try(0.0001, "dotnet", "--info"));

    [Fact]
    public void Nothing_starts_when_no_time_is_left()
    {
        shell.EndsAfter = TimeSpan.Zero;

        Assert.Equal("no time left for it", shell.Try(1, "dotnet", "--version"));
    }
}
