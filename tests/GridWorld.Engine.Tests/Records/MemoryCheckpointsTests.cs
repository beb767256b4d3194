namespace GridWorld.Tests;

public sealed class MemoryCheckpointsTests
{
    [Theory]
    [InlineData(256 << 10, true)]
    [InlineData((256 << 10) + 1, false)]
    public void Large_tables_are_not_even_copied_once(int bytes, bool isTaken) =>
        Assert.Equal(isTaken,
            new MemoryCheckpoints(new(0, 0, 1, [new("q", new byte[bytes])], null)).IsDue(step: 1_000_000_000, stepsPerSecond: 0));
}
