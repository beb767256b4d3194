namespace GridWorld.Build;

public class ShellTests
{
    private readonly Shell _shell = new(Path.GetTempPath());

    [Fact]
    public void Missing_program_is_named()
    {
        var failure = Assert.Throws<StepFailed>(() => _shell.Run("no-such-program-here"));

        Assert.Contains("Cannot start 'no-such-program-here'", failure.Message);
        Assert.Null(_shell.Ask("no-such-program-here"));
    }

    [Fact]
    public void Failing_program_gives_its_exit_code()
    {
        Assert.Null(_shell.Ask("dotnet", "no-such-command"));
        Assert.Equal("exit code 1", _shell.Try(TimeSpan.FromMinutes(1), "dotnet", "no-such-command")!.Message);
    }

    [Fact]
    public void Program_that_takes_too_long_is_stopped() =>
        Assert.StartsWith("stopped after", _shell.Try(TimeSpan.FromMilliseconds(1), "dotnet", "--info")!.Message);

    [Fact]
    public void Nothing_starts_when_no_time_is_left()
    {
        _shell.EndsAfter = TimeSpan.Zero;

        Assert.Equal("no time left for dotnet --version", _shell.Try(TimeSpan.FromMinutes(1), "dotnet", "--version")!.Message);
    }

    [Fact]
    public void Version_grows_with_every_pack_of_a_commit()
    {
        var feed = Directory.CreateTempSubdirectory("gridworld-feed-").FullName;
        var shell = new Shell(AppContext.BaseDirectory);

        var version = Version.Parse(PackageVersion.Next(shell, feed));
        File.WriteAllText(Path.Combine(feed, $"GridWorld.Interactive.{version}.nupkg"), "");
        var again = Version.Parse(PackageVersion.Next(shell, feed));

        Assert.Equal((0, 1), (version.Major, version.Minor));
        Assert.True(again > version || version.Revision > 0, $"{again} after {version}");
        Directory.Delete(feed, recursive: true);
    }
}
