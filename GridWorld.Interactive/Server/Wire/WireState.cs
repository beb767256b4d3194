using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>A state as it is known now: why the agent does what it does there.</summary>
/// <param name="Episode">Episodes that had ended.</param>
/// <param name="Greedy">The actions of greatest value.</param>
/// <param name="Best">The optimal actions; null until known.</param>
/// <param name="Gap">What the first greedy action loses; 0 where it is optimal.</param>
/// <param name="LastVisits">Newest first.</param>
/// <param name="Text">All of it in words.</param>
internal sealed record WireState(string SessionId, long Episode, long Steps, int State, int X, int Y, string Cell, bool Terminal, bool Wall,
    IReadOnlyList<string> Actions, IReadOnlyList<double> Q, IReadOnlyList<long> Visits, IReadOnlyList<int> Greedy, double? Value,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<double>? QOptimal,
    [property: JsonIgnore(Condition = WhenWritingNull)] double? OptimalValue,
    IReadOnlyList<int>? Best, double? Gap, IReadOnlyList<StateVisit> LastVisits, string Text)
{
    public static WireState Of(string sessionId, long steps, StateReport r) => new(sessionId, r.Episode, steps, r.State, r.X, r.Y,
        r.Cell.ToString(), r.IsTerminal, r.IsWall, r.Actions, r.Q, r.Visits, r.Greedy, r.Value, r.OptimalQ, r.OptimalValue, r.Best, r.Gap,
        r.LastVisits, r.ToString());
}

/// <summary>Where an episode starts.</summary>
internal sealed record WireStart(string SessionId, int NextState);

/// <summary>What the world answers to an action.</summary>
internal sealed record WireStep(string SessionId, int State, int Action, double Reward, int NextState, bool Terminated, int LastAction);
