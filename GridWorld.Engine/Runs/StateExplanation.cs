using System.Globalization;

namespace GridWorld;

/// <summary>The explanation of the agent's choice in a state.</summary>
public sealed record StateExplanation
{
    /// <summary>The most last visits.</summary>
    internal const int MostVisits = 5;

    /// <summary>Number of the state, from 0.</summary>
    public required int State { get; init; }

    /// <summary>Column of the state, from 0 at the left.</summary>
    public required int X { get; init; }

    /// <summary>Row of the state, from 0 at the top.</summary>
    public required int Y { get; init; }

    /// <summary>Label of the state, such as the passenger of a taxi; "" if it has none.</summary>
    public required string Label { get; init; }

    /// <summary>Character of the cell in the map.</summary>
    public required char Cell { get; init; }

    /// <summary>Whether episodes end in the state, so that no action is chosen.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether the cell is a wall.</summary>
    public required bool IsWall { get; init; }

    /// <summary>Reward of a step that enters the cell, as far as it depends on the cell alone; null in an MDP and for a wall.</summary>
    public required double? Reward { get; init; }

    /// <summary>Number of episodes that had ended.</summary>
    public required long Episode { get; init; }

    /// <summary>Names of the actions, in order.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Action values Q(S, ·), one per action.</summary>
    public required IReadOnlyList<double> Q { get; init; }

    /// <summary>Number of times each action was taken.</summary>
    public required IReadOnlyList<long> Visits { get; init; }

    /// <summary>The actions with the greatest value; several if they are exactly equal.</summary>
    public required IReadOnlyList<int> Greedy { get; init; }

    /// <summary>The greatest value, or the planner's value of the state; null if the state was never visited.</summary>
    public required double? Value { get; init; }

    /// <summary>Optimal action values Q*(S, ·), discounted by the γ in force; null while unknown.</summary>
    public required IReadOnlyList<double>? OptimalQ { get; init; }

    /// <summary>Optimal value V*(S); null while unknown.</summary>
    public required double? OptimalValue { get; init; }

    /// <summary>The optimal actions; null while unknown.</summary>
    public required IReadOnlyList<int>? Best { get; init; }

    /// <summary>The loss of the first greedy action, V*(S) − Q*(S, A): 0 if the action is optimal; null while unknown.</summary>
    public required double? Gap { get; init; }

    /// <summary>The last steps that were taken in the state during the last 100 episodes, newest first, at most 5.</summary>
    public required IReadOnlyList<StateVisit> LastVisits { get; init; }

    /// <exception cref="InputException">The state does not exist.</exception>
    internal static void Check(World world, long state) =>
        new Faults().Require(state >= 0 && state < world.States, $"state must be between 0 and {world.States - 1} (got {state}).")
        .ThrowIfAny();

    /// <param name="view">The run.</param>
    /// <param name="agent">The agent's tables for the state.</param>
    /// <param name="lastVisits">The number of last visits, 0 to 5. Episodes are replayed to find them, which takes time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static StateExplanation Of(RunView view, AgentRow agent, int lastVisits, CancellationToken cancellationToken)
    {
        var (world, solution, state) = (view.World, view.SolutionAtHand, agent.State);
        var row = new Range(state * world.Actions, (state + 1) * world.Actions);
        var (q, visits, greedy, best) = (agent.Q, agent.Visits, GridWorld.Greedy.Of(agent.Q.AsSpan()), solution?.Plan?.BestActions(state));
        var tile = world.TileOf(state, world.TextAt(agent.Step));
        double? optimal = solution?.OptimalValues[state];
        return new()
        {
            State = state,
            X = world.CellOf(state).X,
            Y = world.CellOf(state).Y,
            Label = world.LabelOf(state),
            Cell = tile.Character,
            IsTerminal = tile.IsTerminal,
            IsWall = tile.IsWall,
            Reward = tile.IsWall || world.Table is not null ? null
                : agent.In.RewardOf(world.CellOf(state).X, world.CellOf(state).Y, agent.Step),
            Episode = agent.Episode,
            Actions = world.ActionNames,
            Q = q,
            Visits = visits,
            Greedy = [.. Enumerable.Range(0, greedy.Count).Select(greedy.At)],
            Value = visits.Sum() == 0 ? null : agent.PlannedValue ?? greedy.Value,
            OptimalQ = solution?.OptimalQ[row],
            OptimalValue = optimal,
            Best = best,
            Gap = best is null
                ? null : best.Count == 0 || best.Contains(greedy.First) ? 0 : optimal - solution!.OptimalQ[row.Start.Value + greedy.First],
            LastVisits = lastVisits == 0 || visits.Sum() == 0 ? [] : view.Rewind().LastVisits(state, lastVisits, cancellationToken),
        };
    }

    /// <summary>Returns the explanation as text.</summary>
    public override string ToString()
    {
        string label = Label.Length > 0 ? Printable.Text(Label) + ", " : "";
        string place = string.Create(CultureInfo.InvariantCulture,
            $"State {State} at ({X}, {Y}), '{Cell}', {label}after {Episode:N0} episodes");
        if (IsWall || IsTerminal)
            return place + (IsWall ? ": a wall, which is never visited."
                : ": episodes end here, so no action is chosen and the value is 0.");
        string optimal = Best is null ? "the optimal actions are not known yet" : Names(Best, "optimal");
        var lines = new List<string> { $"{place}:", $"  Q: {Row(Q)}: {Names(Greedy, "greedy")}; {optimal}." };
        string taken = string.Join(", ", Actions.Zip(Visits, (a, n) => string.Create(CultureInfo.InvariantCulture, $"{a} {n:N0}")));
        lines.Add(Value is null ? "  Never visited: these are the initial values." : $"  Taken: {taken} times.");
        if (OptimalQ is not null)
            lines.Add($"  Q*: {Row(OptimalQ)}: "
                + (Gap == 0 ? "the greedy action is optimal." : $"{Actions[Greedy[0]]} loses {Number(Gap!.Value)}."));
        if (LastVisits.Count > 0)
            lines.Add($"  Last here: {string.Join("; ", LastVisits.Select(Text))}.");
        return string.Join('\n', lines);
    }

    string Row(IEnumerable<double> values) => string.Join(", ", Actions.Zip(values, (a, v) => $"{a} {Number(v)}"));

    string Names(IReadOnlyList<int> actions, string what) => actions switch
    {
        [] => $"none is {what}",
        [var only] => $"{Actions[only]} is {what}",
        _ => $"{string.Join(", ", actions.SkipLast(1).Select(a => Actions[a]))} and {Actions[actions[^1]]} are {what}",
    };

    string Text(StateVisit v) => string.Create(CultureInfo.InvariantCulture,
        $"episode {v.Episode} step {v.Step}, {Actions[v.Action]}{(v.Explored ? " (exploring)" : "")}, {Number(v.OldValue)} became"
        + $" {Number(v.NewValue)}");

    static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("0.####", CultureInfo.InvariantCulture) : Printable.Number(value);
}
