using System.Globalization;

namespace GridWorld;

/// <summary>Why the agent does what it does in a state.</summary>
public sealed record StateExplanation
{
    /// <summary>Last visits that are told of at most.</summary>
    internal const int MostVisits = 5;

    /// <summary>Its number, row by row from 0.</summary>
    public required int State { get; init; }

    /// <summary>Its column, from 0 on the left.</summary>
    public required int X { get; init; }

    /// <summary>Its row, from 0 at the top.</summary>
    public required int Y { get; init; }

    /// <summary>What the map shows there.</summary>
    public required char Cell { get; init; }

    /// <summary>Whether episodes end there, so that nothing is chosen.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether it is a wall.</summary>
    public required bool IsWall { get; init; }

    /// <summary>Episodes that had ended.</summary>
    public required long Episode { get; init; }

    /// <summary>The actions' names, in their order.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Q(S, ·), one an action.</summary>
    public required IReadOnlyList<double> Q { get; init; }

    /// <summary>How often each action was taken.</summary>
    public required IReadOnlyList<long> Visits { get; init; }

    /// <summary>The actions of greatest value; several where they are exactly equal.</summary>
    public required IReadOnlyList<int> Greedy { get; init; }

    /// <summary>The greatest value; null where the state was never visited, so that it says nothing yet.</summary>
    public required double? Value { get; init; }

    /// <summary>Q*(S, ·), discounted with the γ in force; null until known.</summary>
    public required IReadOnlyList<double>? OptimalQ { get; init; }

    /// <summary>V*(S); null until known.</summary>
    public required double? OptimalValue { get; init; }

    /// <summary>The optimal actions; null until known.</summary>
    public required IReadOnlyList<int>? Best { get; init; }

    /// <summary>What the first greedy action loses, V*(S) − Q*(S, A): 0 where it is optimal; null until known.</summary>
    public required double? Gap { get; init; }

    /// <summary>The last steps that were taken here, newest first, at most 5, as far as the last 100 episodes tell.</summary>
    public required IReadOnlyList<StateVisit> LastVisits { get; init; }

    /// <exception cref="InputException">There is no such state.</exception>
    internal static void Check(World world, long state) =>
        new Faults().Require(state >= 0 && state < world.States, $"state must be between 0 and {world.States - 1} (got {state}).")
        .ThrowIfAny();

    /// <param name="view">The run.</param>
    /// <param name="agent">What the agent knew then of the state.</param>
    /// <param name="lastVisits">How many of its last visits to look up, 0 to 5: episodes are rerun for them, which takes its time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static StateExplanation Of(RunView view, AgentRow agent, int lastVisits, CancellationToken cancellationToken)
    {
        var (world, solution, state) = (view.World, view.SolutionAtHand, agent.State);
        var row = new Range(state * world.Actions, (state + 1) * world.Actions);
        var (q, visits, greedy, best) = (agent.Q, agent.Visits, GridWorld.Greedy.Of(agent.Q), solution?.Plan?.BestActions(state));
        char cell = world.TextAt(agent.Step)[state];
        double? optimal = solution?.OptimalValues[state];
        return new()
        {
            State = state,
            X = world.CellOf(state).X,
            Y = world.CellOf(state).Y,
            Cell = cell,
            IsTerminal = world.Tiles[cell].IsTerminal,
            IsWall = world.Tiles[cell].IsWall,
            Episode = agent.Episode,
            Actions = world.ActionNames,
            Q = q,
            Visits = visits,
            Greedy = [.. Enumerable.Range(0, greedy.Count).Select(greedy.At)],
            Value = visits.Sum() == 0 ? null : greedy.Value,
            OptimalQ = solution?.OptimalQ[row],
            OptimalValue = optimal,
            Best = best,
            Gap = best is null
                ? null : best.Count == 0 || best.Contains(greedy.First) ? 0 : optimal - solution!.OptimalQ[row.Start.Value + greedy.First],
            LastVisits = lastVisits == 0 || visits.Sum() == 0 ? [] : view.Rewind().LastVisits(state, lastVisits, cancellationToken),
        };
    }

    /// <summary>In words.</summary>
    public override string ToString()
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"State {State} at ({X}, {Y}), '{Cell}', after {Episode:N0} episodes");
        if (IsWall || IsTerminal)
            return $"{place}: {(IsWall ? "a wall, no one is ever there." : "an episode ends here, so nothing is chosen and its value is"
                + " 0.")}";
        var lines = new List<string> { $"{place}:",
            $"  Q: {Row(Q)}: {Names(Greedy, "greedy")}; {(Best is null ? "what is optimal is not known yet" : Names(Best, "optimal"))}." };
        lines.Add(Value is null
            ? "  Never visited: these are the values it began with."
            : $"  Taken: {string.Join(", ", Actions.Zip(Visits, (a, n) => string.Create(CultureInfo.InvariantCulture, $"{a} {n:N0}")))} times.");
        if (OptimalQ is not null)
            lines.Add($"  Q*: {Row(OptimalQ)}: {(Gap == 0 ? "the greedy action is optimal." : $"{Actions[Greedy[0]]} loses {Number(Gap!.Value)}.")}");
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

/// <summary>A step that was taken in a state.</summary>
/// <param name="Episode">The episode.</param>
/// <param name="Step">Place in the episode, from 1.</param>
/// <param name="Action">The action chosen.</param>
/// <param name="Explored">Whether chance, not the values, chose it.</param>
/// <param name="Reward">The reward.</param>
/// <param name="NextState">The next state.</param>
/// <param name="OldValue">Q(S, A) before.</param>
/// <param name="NewValue">Q(S, A) after the step was learned.</param>
public sealed record StateVisit(long Episode, int Step, int Action, bool Explored, double Reward, int NextState, double OldValue,
    double NewValue);
