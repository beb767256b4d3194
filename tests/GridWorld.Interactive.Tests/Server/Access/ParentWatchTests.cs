namespace GridWorld.Tests;

public sealed class ParentWatchTests
{
    [Fact]
    public void Ends_once_when_the_parent_is_gone()
    {
        var clock = new HandClock();
        var (alive, ended) = (true, 0);
        using var watch = new ParentWatch(() => alive, () => ended++, clock);

        clock.Tick();
        Assert.Equal(0, ended);
        alive = false;
        clock.Tick();
        clock.Tick();

        Assert.Equal(1, ended);
    }

    [Fact]
    public void Parent_of_the_tests_is_alive() => Assert.True(ParentWatch.OfThisProcess()());

    sealed class HandClock : TimeProvider
    {
        TimerCallback? callback;

        public void Tick() => callback!(null);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.callback = callback;
            return new StillTimer();
        }
    }
}
