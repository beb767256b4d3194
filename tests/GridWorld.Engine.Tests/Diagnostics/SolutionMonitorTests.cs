using System.Collections.Concurrent;

namespace GridWorld.Tests;

/// <summary>
/// The distance to the truth is worked out beside the training, and rests fifty times as long as it took: at most 2 % of the time.
/// </summary>
public class SolutionMonitorTests
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
        var tables = world.Compile();
        var monitor = new SolutionMonitor(new(world, new QLearning(), 1, null), Agent, () => 1, clock);

        Reckon(); // with the plan, which comes once
        Reckon(); // reads the clock before and after: ten ticks
        long rested = clock.Now;
        (Thread Thread, bool IsAside, long Begun) next;
        do
            monitor.At(tables, ++step);
        while (!threads.TryTake(out next, 1, stop));

        Assert.InRange(next.Begun - rested, 490, 520);

        AgentSnapshot Agent()
        {
            // Asked of itself: a thread that has ended tells no more.
            var self = Thread.CurrentThread;
            threads.Add((self, self.IsBackground && self.Priority == ThreadPriority.BelowNormal, clock.Now), stop);
            return new(1, Interlocked.Read(ref step), 36, [.. new double[48 * 4]], [.. new long[48 * 4]])
            {
                In = new(world, tables),
            };
        }

        void Reckon()
        {
            monitor.At(tables, ++step);
            var (thread, isAside, _) = threads.Take(stop);
            Assert.NotSame(Thread.CurrentThread, thread);
            Assert.True(isAside);
            thread.Join();
            Assert.Equal(step, monitor.At(tables, step)!.Distance!.Step);
        }
    }

    [Fact]
    public async Task Optimum_that_memory_is_too_small_for_is_declined_in_words_and_training_goes_on()
    {
        Assert.Equal(["The optimum is not computed", "Training", "0"],
            (await LookingProcess.Look(heap: 240 << 20, TestContext.Current.CancellationToken)).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void Whatever_the_solver_throws_is_told_and_thrown_at_no_one()
    {
        var world = Worlds.CliffWalking();
        var monitor = new SolutionMonitor(new(world, new QLearning(), 1, null),
            () => new(1, 1, 36, [0, 0, 0], [0, 0, 0]) { In = new(world, world.Compile()) }, () => 1, TimeProvider.System);

        Assert.Null(monitor.Settle());
        Assert.StartsWith("The table must have", monitor.WhyNot);
    }

    [Fact]
    public void Memory_that_a_plan_takes_grows_with_all_that_it_has_to_keep()
    {
        var calm = Worlds.Empty(100, 100);
        var sticky = new World(calm.Rows(), calm.Rules with { Sticky = 0.1 });

        // 10,000 states of 128 bytes and of four actions with 24 + 8 bytes; five times as many with the last action.
        Assert.Null(PlanMemory.Refusal(calm.Compile(), free: 2_560_000));
        Assert.Equal("The optimum is not computed: solving this world takes about 2 MB of memory, and 0 MB are free.",
            PlanMemory.Refusal(calm.Compile(), free: -1));
        Assert.Null(PlanMemory.Refusal(sticky.Compile(), free: 12_800_000));
        Assert.NotNull(PlanMemory.Refusal(sticky.Compile(), free: 12_799_999));
    }
}
