using System.Runtime.InteropServices;

namespace GridWorld.Tests;

/// <summary>
/// States that no learner wrote, as a file from a stranger may have: their numbers are indexes into tables that are read unchecked.
/// </summary>
public class LoadedStateTests
{
    [Theory]
    [InlineData("dyna-q", "model_next", 1_000_000)]
    [InlineData("dyna-q", "model_next", ~1_000_000)]
    [InlineData("dyna-q", "model_tried", 1 << 4)] // the world has actions 0 to 3
    [InlineData("dyna-q", "model_visited", 9)] // and states 0 to 8
    [InlineData("dyna-q", "model_visited", -1)]
    [InlineData("dyna-q-plus", "model_next", 9)]
    [InlineData("dyna-q-plus", "last_tried", -1)]
    [InlineData("prioritized-sweeping", "model_next", 9)]
    [InlineData("prioritized-sweeping", "queue_pairs", 36)]
    [InlineData("prioritized-sweeping", "queue_pairs", -1)]
    [InlineData("prioritized-sweeping", "queue_priorities", -1)] // all its bits set: NaN
    [InlineData("q-learning", "counters", -1)]
    public void Number_out_of_range_is_refused(string learner, string part, int number)
    {
        var (checkpoint, runLoop) = (Trained(learner).Checkpoint(0), Trained(learner));
        var bytes = checkpoint.Sections.Single(s => s.Name == part).Bytes.AsSpan();
        if (part is "last_tried" or "queue_priorities" or "counters")
            MemoryMarshal.Cast<byte, long>(bytes)[0] = number;
        else
            MemoryMarshal.Cast<byte, int>(bytes)[0] = number;

        var error = Assert.Throws<InputException>(() => runLoop.Load(checkpoint, []));

        Assert.StartsWith($"Entry 0 of the saved part '{part}' is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_visited_twice_is_refused()
    {
        var (checkpoint, runLoop) = (Trained("dyna-q").Checkpoint(0), Trained("dyna-q"));
        var visited = MemoryMarshal.Cast<byte, int>(checkpoint.Sections.Single(s => s.Name == "model_visited").Bytes.AsSpan());
        visited[1] = visited[0];

        Assert.StartsWith("Entry 1 of the saved part 'model_visited' is ",
            Assert.Throws<InputException>(() => runLoop.Load(checkpoint, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generator_of_zeros_is_refused()
    {
        var (checkpoint, runLoop) = (Trained("q-learning").Checkpoint(0), Trained("q-learning"));
        checkpoint.Sections.Single(s => s.Name == "random").Bytes.AsSpan(0, 32).Clear();

        Assert.StartsWith("Entry 0 of the saved part 'random' is ",
            Assert.Throws<InputException>(() => runLoop.Load(checkpoint, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)] // the world never changes
    [InlineData(1, 1.5)]
    [InlineData(2, 1.5)]
    [InlineData(1, -0.5)]
    public void Values_planned_for_another_world_or_other_settings_are_refused(int entry, double number)
    {
        var (checkpoint, runLoop) = (Trained("value-iteration").Checkpoint(0), Trained("value-iteration"));
        MemoryMarshal.Cast<byte, double>(checkpoint.Sections.Single(s => s.Name == "planned").Bytes.AsSpan())[entry] = number;

        Assert.Equal("The saved part 'planned' is damaged or belongs to another world.",
            Assert.Throws<InputException>(() => runLoop.Load(checkpoint, [])).Message);
    }

    // Few enough episodes that pairs are still waiting to be swept.
    static RunLoop Trained(string learner)
    {
        var options = LearnerCatalog.Create(learner) is PrioritizedSweeping sweeping
            ? sweeping with { PlanningSteps = 0 } : LearnerCatalog.Create(learner);
        var runLoop = ContractWorlds.RunLoop(ContractWorlds.All["plain"], options, 1);
        runLoop.Run(3);
        return runLoop;
    }
}
