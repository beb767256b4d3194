using Microsoft.Data.Analysis;

namespace GridWorld;

/// <summary>Exact solutions as tables.</summary>
public static class PlanFrames
{
    /// <summary>
    /// Gets v* and π* with one row per state: state, x, y, value (discounted; −∞ if every policy has costs forever), action (the first
    /// optimal one), is_reachable (from a start), is_terminal.
    /// </summary>
    /// <param name="plan">The solution.</param>
    /// <param name="world">The world that was solved, for x and y.</param>
    /// <exception cref="InputException">The plan is for a world of another size.</exception>
    public static DataFrame ValueTable(this Plan plan, World world)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(world);
        plan.CheckIsOf(world);
        int[] states = [.. Enumerable.Range(0, world.States)];
        return new Frame(Columns.Of("state", states), Columns.Of("x", Array.ConvertAll(states, s => world.CellOf(s).X)),
            Columns.Of("y", Array.ConvertAll(states, s => world.CellOf(s).Y)),
            Columns.Of("value", plan.Values.AsSpan()), Columns.Of("action", plan.Policy.AsSpan()),
            Columns.Of("is_reachable", plan.Reachable.ToArray()),
            Columns.Of("is_terminal", Array.ConvertAll(states, plan.Mdp.IsTerminal)));
    }

    /// <summary>
    /// Gets q* with one row per state and action: state, x, y, action, q_optimal (discounted), is_optimal (whether no action is better).
    /// </summary>
    /// <param name="plan">The solution.</param>
    /// <param name="world">The world that was solved, for x and y.</param>
    /// <exception cref="InputException">The plan is for a world of another size.</exception>
    public static DataFrame QTable(this Plan plan, World world)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(world);
        plan.CheckIsOf(world);
        int actions = world.Actions;
        int[] pairs = [.. Enumerable.Range(0, world.States * actions)];
        return new Frame(Columns.Of("state", Array.ConvertAll(pairs, p => p / actions)),
            Columns.Of("x", Array.ConvertAll(pairs, p => world.CellOf(p / actions).X)),
            Columns.Of("y", Array.ConvertAll(pairs, p => world.CellOf(p / actions).Y)),
            Columns.Of("action", Array.ConvertAll(pairs, p => p % actions)),
            Columns.Of("q_optimal", plan.Q.AsSpan()),
            Columns.Of("is_optimal", Array.ConvertAll(pairs, p => plan.IsBest(p / actions, p % actions))));
    }

    /// <summary>Computes the exact solution of a run's world for the run's current discount factor.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="InputException">The world has no finite value at that discount factor.</exception>
    public static Plan Plan(this RunView run) => Planner.Solve(Guard.NotNull(run).Agent().Tables, run.Status().Settings.DiscountFactor);
}
