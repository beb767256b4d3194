namespace GridWorld.Tests;

public sealed class BrowserTests : IDisposable
{
    readonly string? before = Environment.GetEnvironmentVariable(InstalledBrowser.Variable);
    readonly Shell shell = new(Path.GetTempPath());

    [Fact]
    public void Chosen_browser_is_taken()
    {
        var chosen = Environment.ProcessPath!;
        Environment.SetEnvironmentVariable(InstalledBrowser.Variable, chosen);

        Browser.Provide(shell, AppContext.BaseDirectory);

        Assert.Equal(chosen, Environment.GetEnvironmentVariable(InstalledBrowser.Variable));
    }

    [Fact]
    public void Chosen_browser_that_is_not_there_is_named()
    {
        Environment.SetEnvironmentVariable(InstalledBrowser.Variable, "/no/such/browser");

        var failure = Assert.Throws<FileNotFoundException>(() => Browser.Provide(shell, AppContext.BaseDirectory));

        Assert.Equal("GRIDWORLD_BROWSER names '/no/such/browser', which does not exist.", failure.Message);
    }

    public void Dispose() => Environment.SetEnvironmentVariable(InstalledBrowser.Variable, before);
}
