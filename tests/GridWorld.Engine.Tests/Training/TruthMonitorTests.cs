using System.Collections.Concurrent;

namespace GridWorld.Training;

/// <summary>The distance to the truth is worked out beside the training, and rests fifty times as long as it took: at most 2 % of the time.</summary>
public class TruthMonitorTests
{
    /// <summary>Whoever reads the clock takes ten ticks.</summary>
    sealed class HandClock : TimeProvider
    {
        long now;

        public long Now => Interlocked.Read(ref now);

        public override long GetTimestamp() => Interlocked.Add(ref now, 10);
    }

    [Fact]
    public void Reckoning_has_a_thread_of_its_own_and_rests_fifty_times_as_long_as_it_took()
    {
        var world = Worlds.CliffWalking();
        var stop = TestContext.Current.CancellationToken;
        var clock = new HandClock();
        var threads = new BlockingCollection<(Thread Thread, bool IsAside, long Begun)>();
        long step = 0;
        var monitor = new TruthMonitor(new(world, new QLearning(), 1, null), world.Compile(), Agent, () => 1, clock);

        Reckon(); // with the plan, which comes once
        Reckon(); // reads the clock before and after: ten ticks
        long rested = clock.Now;
        (Thread Thread, bool IsAside, long Begun) next;
        do
            monitor.At(++step);
        while (!threads.TryTake(out next, 1, stop));

        Assert.InRange(next.Begun - rested, 490, 520);

        AgentSnapshot Agent()
        {
            // Asked of itself: a thread that has ended tells no more.
            var self = Thread.CurrentThread;
            threads.Add((self, self.IsBackground && self.Priority == ThreadPriority.BelowNormal, clock.Now), stop);
            return new(1, Interlocked.Read(ref step), 36, new double[48 * 4], new long[48 * 4]);
        }

        void Reckon()
        {
            monitor.At(++step);
            var (thread, isAside, _) = threads.Take(stop);
            Assert.NotSame(Thread.CurrentThread, thread);
            Assert.True(isAside);
            thread.Join();
            Assert.Equal(step, monitor.At(step)!.Distance!.Step);
        }
    }
}
