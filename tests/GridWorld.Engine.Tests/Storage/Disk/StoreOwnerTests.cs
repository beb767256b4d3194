namespace GridWorld.Tests;

public class StoreOwnerTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Process_lives_while_its_number_is_its_own()
    {
        var self = StoreOwner.Self;

        Assert.True(self.IsAlive(Now.AddDays(-1), Now)); // however old its last sign of life
        Assert.False((self with { Started = self.Started - 1 }).IsAlive(Now, Now)); // another process has its number now
        Assert.False((self with { Process = int.MaxValue }).IsAlive(Now, Now));
    }

    [Theory]
    [InlineData("elsewhere", null)]
    [InlineData(null, "before the machine was started anew")]
    public void Process_that_cannot_be_looked_up_lives_for_a_minute_after_its_last_sign(string? host, string? boot)
    {
        var other = StoreOwner.Self with { Host = host ?? StoreOwner.Self.Host, Boot = boot ?? StoreOwner.Self.Boot };

        Assert.True(other.IsAlive(Now.AddSeconds(-59), Now));
        Assert.False(other.IsAlive(Now.AddSeconds(-60), Now));
        Assert.Equal($"process {other.Process} on {other.Host} (last sign of life 2026-01-01 12:00:00Z)", other.Describe(Now));
    }
}
