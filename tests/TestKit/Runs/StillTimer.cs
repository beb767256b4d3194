namespace GridWorld.Tests;

/// <summary>A timer that never ends, for clocks that a test moves by hand or not at all.</summary>
internal sealed class StillTimer : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
