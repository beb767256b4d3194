using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GridWorld;

/// <summary>Charts of a world with computed values.</summary>
[RequiresUnreferencedCode(RunChart.Needs), RequiresDynamicCode(RunChart.Needs)]
public static class WorldCharts
{
    /// <summary>
    /// Draws the world with a value of each state, such as <see cref="Plan.Values"/> or the values of a policy: as colors, and as numbers
    /// if there is room.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="values">One value per state. A state whose value is NaN or infinite is left blank.</param>
    /// <param name="title">The title. Default: the name of the world.</param>
    /// <exception cref="InputException">The number of values is not the number of states.</exception>
    public static RunChart ValueMap(this World world, IReadOnlyList<double> values, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(values);
        new Faults().Require(values.Count == world.States,
            $"The world has {world.States} states, so it needs {world.States} values (got {values.Count}).").ThrowIfAny();
        var map = new ValueMap(world, [], _ => true, world.Compile, [.. values]) { Meaning = "value of the state" };
        return MapChart.Of(map, MapMarks.Values, title ?? $"Values: {WorldOutput.Name(world)}",
            $"{WorldOutput.Name(world)} with the value of each state.");
    }

    /// <summary>
    /// Draws the world with the optimal values as colors and every optimal action as an arrow, or the path from the start if cells are
    /// small.
    /// </summary>
    /// <param name="world">The world that was solved.</param>
    /// <param name="plan">The solution.</param>
    /// <param name="title">The title. Default: the name of the world.</param>
    /// <exception cref="InputException">The plan is for a world of another size.</exception>
    public static RunChart PolicyMap(this World world, Plan plan, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(plan);
        plan.CheckIsOf(world);
        int actions = world.Actions;
        // Rounding errors separate tied actions; the map draws an arrow for each action with the greatest value.
        ImmutableArray<double> q = [.. plan.Q.Select((value, pair) =>
            plan.IsBest(pair / actions, pair % actions) ? plan.Values[pair / actions] : value)];
        var map = new ValueMap(world, q, state => !world.IsTerminal(state), () => plan.Mdp, plan.Values) { Meaning = "optimal value" };
        return MapChart.Of(map, MapMarks.Policy, title ?? $"Optimal policy: {WorldOutput.Name(world)}",
            $"{WorldOutput.Name(world)} with the optimal value of each state and every optimal action.");
    }
}
