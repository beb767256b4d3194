using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>A world with the rewards that are in force at a moment of a run, and its tables.</summary>
/// <param name="World">The world.</param>
/// <param name="Tables">The tables of its first map.</param>
internal sealed record RunWorld(World World, Mdp Tables)
{
    const int MostKept = 8;

    // Replays, past moments and forks of a run pass the same changes again and again.
    static readonly ConditionalWeakTable<Mdp, List<RunWorld>> all = [];

    /// <summary>The world after changes of rewards, in order.</summary>
    public RunWorld After(IEnumerable<RunEvent> changes)
    {
        var rewards = changes.Where(e => e.Kind == RunEventKind.RewardChange).Select(Read)
            .Aggregate(World.Rules.CellRewards, (before, change) => [.. before.Where(c => (c.X, c.Y) != (change.X, change.Y)), change]);
        if (rewards.SequenceEqual(World.Rules.CellRewards))
            return this;
        var known = all.GetOrCreateValue(Tables);
        lock (known)
        {
            if (known.Find(k => k.World.Rules.CellRewards.SequenceEqual(rewards)) is { } same)
                return same;
            var world = World.With(World.Rules with { CellRewards = rewards });
            var changed = new RunWorld(world, world.Compile());
            if (known.Count == MostKept)
                known.RemoveAt(0);
            known.Add(changed);
            return changed;
        }
    }

    /// <summary>The reward of a step that enters a cell after a number of steps of the run.</summary>
    public double RewardOf(int x, int y, long step)
    {
        foreach (var own in World.Rules.CellRewards)
        {
            if ((own.X, own.Y) == (x, y))
                return own.Reward;
        }

        return World.TileOf(World.StateAt(x, y), World.TextAt(step)).Reward ?? World.Rules.StepReward;
    }

    /// <summary>The name of a cell's reward in an event.</summary>
    public static string NameOf(int x, int y) => string.Create(CultureInfo.InvariantCulture, $"reward({x},{y})");

    /// <summary>The change of an event.</summary>
    /// <exception cref="StoreDamage">The event does not contain a change of a reward.</exception>
    public static CellReward Read(RunEvent e)
    {
        if (e.Param is ['r', 'e', 'w', 'a', 'r', 'd', '(', .. var cell, ')'] && cell.Split(',') is [var x, var y]
            && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out int column)
            && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out int row)
            && double.TryParse(e.NewValue, NumberStyles.Float, CultureInfo.InvariantCulture, out double reward))
            return new(column, row, reward);
        throw new StoreDamage($"Event {e.Seq} does not say which reward it changes");
    }
}
