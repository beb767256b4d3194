using System.Collections.Immutable;

namespace GridWorld;

/// <summary>
/// A Markov decision process as lists of outcomes, in the order and form of Gymnasium's <c>P</c>, with words and places for its states.
/// </summary>
internal sealed record TransitionTable(int States, int Actions)
{
    /// <summary>The most states: more of them are a task for a world with rules.</summary>
    public const int MaxStates = 100_000;

    public const int MaxActions = 32;

    /// <summary>The most outcomes, if every pair had as many as the one that has most: the compiled tables have that size.</summary>
    public const int MaxOutcomes = 1 << 22;

    /// <summary>The most places of all modes together.</summary>
    public const int MaxPlaces = 1 << 24;

    /// <summary>The outcomes of all pairs, state by state and action by action.</summary>
    public ImmutableArray<TableOutcome> Outcomes { get; init; } = [];

    /// <summary>For each pair, the index after its last outcome.</summary>
    public ImmutableArray<int> Ends { get; init; } = [];

    public ImmutableArray<StartState> Starts { get; init; } = [];

    /// <summary>The names of the actions; empty means action_0, action_1, ….</summary>
    public ImmutableArray<string> ActionNames { get; init; } = [];

    /// <summary>One label per state, or none.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>One cell per state, or none.</summary>
    public ImmutableArray<Cell> Positions { get; init; } = [];

    public ReadOnlySpan<TableOutcome> Of(int state, int action)
    {
        int pair = state * Actions + action, first = pair == 0 ? 0 : Ends[pair - 1];
        return Outcomes.AsSpan()[first..Ends[pair]];
    }

    public IReadOnlyList<string> NamesOfActions =>
        ActionNames.Length > 0 ? ActionNames : [.. Enumerable.Range(0, Actions).Select(a => $"action_{a}")];

    /// <summary>The label that several states have in common, without empty places (−1); null if there is none.</summary>
    public string? SharedLabel(IEnumerable<int> states) => Labels.Length > 0
        && states.Where(s => s >= 0).Select(s => Labels[s]).Distinct().Take(2).ToArray() is [var only] ? only : null;

    /// <summary>The most outcomes of a pair.</summary>
    public int MostOutcomes
    {
        get
        {
            int most = Ends[0];
            for (int pair = 1; pair < Ends.Length; pair++)
                most = Math.Max(most, Ends[pair] - Ends[pair - 1]);
            return most;
        }
    }

    public bool Equals(TransitionTable? other) => other is not null && (States, Actions) == (other.States, other.Actions)
        && Outcomes.SequenceEqual(other.Outcomes) && Ends.SequenceEqual(other.Ends) && Starts.SequenceEqual(other.Starts)
        && ActionNames.SequenceEqual(other.ActionNames) && Labels.SequenceEqual(other.Labels) && Positions.SequenceEqual(other.Positions);

    public override int GetHashCode() => HashCode.Combine(States, Actions, Outcomes.Length, Outcomes[0], Outcomes[^1]);
}
