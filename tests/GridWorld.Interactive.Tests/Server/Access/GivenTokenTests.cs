namespace GridWorld.Tests;

public sealed class GivenTokenTests
{
    static readonly string Given = new string('k', 42) + "_";

    [Fact]
    public async Task Given_token_and_port_are_kept_over_a_restart()
    {
        var first = WidgetServer.Start(ServerFixture.Options(token: Given));
        var (port, url, readOnly, instance) = (first.Port, first.Url("r"), first.Url("r", readOnly: true), first.Instance);
        await first.DisposeAsync();

        await using var second = WidgetServer.Start(ServerFixture.Options(token: Given, port: port));

        Assert.Equal(url, second.Url("r"));
        Assert.Equal(readOnly, second.Url("r", readOnly: true));
        Assert.NotEqual(instance, second.Instance);
    }

    [Theory]
    [InlineData("short-secret", "GRIDWORLD_TOKEN must be 43 to 256 characters long (got 12). 32 random bytes as base64url are enough.")]
    [InlineData("secret secret secret secret secret secret secret",
        "GRIDWORLD_TOKEN must contain only letters, digits, '-' and '_' (base64url).")]
    public void Unfit_token_is_refused_without_repeating_it(string token, string message)
    {
        var fault = Assert.Throws<InputException>(() => WidgetServer.Start(ServerFixture.Options(token: token)));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public async Task Port_in_use_is_named()
    {
        await using var first = WidgetServer.Start(ServerFixture.Options());

        var fault = Assert.Throws<InputException>(() => WidgetServer.Start(ServerFixture.Options(port: first.Port)));

        Assert.Equal(
            $"Port {first.Port} of 127.0.0.1 cannot be used: another program uses it, or this program is not allowed to. Choose another"
            + " port, or 0 for a free one.", fault.Message);
    }

    [Fact]
    public void Every_unfit_option_is_named_at_once()
    {
        var fault = Assert.Throws<InputException>(() =>
            WidgetServer.Start(new() { Assets = ServerFixture.Page, Port = 70000, Hosts = ["a/b"], Origins = ["https://x/y"],
            FrameAncestors = ["a; script-src *"] }));

        Assert.Equal(4, fault.Errors.Count);
        Assert.Equal("Port must be between 0 and 65535 (got 70000); 0 selects a free port.", fault.Errors[0]);
    }
}
