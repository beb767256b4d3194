using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>The agent's values of a state, and why it acts as it does there.</summary>
/// <param name="Episode">The number of ended episodes.</param>
/// <param name="Reward">The reward of a step that enters the cell; null in an MDP and for a wall.</param>
/// <param name="Greedy">The actions of greatest value.</param>
/// <param name="Best">The optimal actions; null until known.</param>
/// <param name="Gap">The loss of the first greedy action; 0 if it is optimal.</param>
/// <param name="LastVisits">Newest first.</param>
/// <param name="Text">The whole report as text.</param>
internal sealed record WireState(string SessionId, long Episode, long Steps, int State, int X, int Y, string Label, string Cell,
    bool Terminal, bool Wall, double? Reward,
    IReadOnlyList<string> Actions, IReadOnlyList<double> Q, IReadOnlyList<long> Visits, IReadOnlyList<int> Greedy, double? Value,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<double>? QOptimal,
    [property: JsonIgnore(Condition = WhenWritingNull)] double? OptimalValue,
    IReadOnlyList<int>? Best, double? Gap, IReadOnlyList<StateVisit> LastVisits, string Text)
{
    public static WireState Of(string sessionId, long steps, StateExplanation r) => new(sessionId, r.Episode, steps, r.State, r.X, r.Y,
        WireText.Name(r.Label), r.Cell.ToString(),
        r.IsTerminal, r.IsWall, r.Reward, r.Actions, r.Q, r.Visits, r.Greedy, r.Value, r.OptimalQ, r.OptimalValue, r.Best, r.Gap,
        r.LastVisits, r.ToString());
}

/// <summary>A part of the history of a state.</summary>
/// <param name="Episodes">The number of episodes that the whole history covers.</param>
/// <param name="After">The episode after which the history is complete: the next part ends there.</param>
/// <param name="Points">An episode with the values after it.</param>
/// <param name="Changes">An episode, the greedy actions before it and those after it, one bit each: the newest changes.</param>
/// <param name="ChangeCount">The number of all changes in the part.</param>
internal sealed record WireStateHistory(string SessionId, int State, long Episodes, long After, IEnumerable<WireStatePoint> Points,
    IEnumerable<IReadOnlyList<long>> Changes, long ChangeCount)
{
    public static WireStateHistory Of(string sessionId, StateHistory history) => new(sessionId, history.State, history.Episodes,
        history.After, history.Points.Select(p => new WireStatePoint(p.Episode, p.Q)),
        history.Changes.Select(c => (long[])[c.Episode, Bits(c.Before), Bits(c.After)]), history.ChangeCount);

    static long Bits(IEnumerable<int> actions) => actions.Aggregate(0L, (bits, action) => bits | 1L << action);
}

/// <summary>The action values of a state after an episode.</summary>
internal sealed record WireStatePoint(long Episode, IReadOnlyList<double> Q);

/// <summary>The action values of some states, in order.</summary>
/// <param name="Agent">The state that the agent is in.</param>
/// <param name="Edges">The steps that are possible, as pairs of states; null in a world that is too large to draw as a graph.</param>
internal sealed record WireTable(string SessionId, long Episode, int Agent, IEnumerable<WireTableRow> Rows,
    IEnumerable<IReadOnlyList<int>>? Edges);

/// <summary>A state with its action values.</summary>
/// <param name="Optimal">The optimal value; null while unknown.</param>
internal sealed record WireTableRow(int State, string Label, bool Terminal, IReadOnlyList<double> Q, long Visits, double? Optimal);

/// <summary>Where an episode starts.</summary>
internal sealed record WireStart(string SessionId, int NextState);

/// <summary>The outcome of an action in the world.</summary>
internal sealed record WireStep(string SessionId, int State, int Action, double Reward, int NextState, bool Terminated, int LastAction);
