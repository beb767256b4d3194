namespace GridWorld.Tests;

/// <summary>Waits for what must happen, however slow the machine is.</summary>
internal static class Wait
{
    /// <summary>More than anything takes that happens at all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Returns when it is so; else fails with what did not happen.</summary>
    public static void Until(Func<bool> isSo, string missing) => Assert.True(SpinWait.SpinUntil(isSo, Patience), missing);
}
