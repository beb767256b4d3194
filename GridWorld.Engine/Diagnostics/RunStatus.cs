using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>The status of a run at one moment.</summary>
public sealed record RunStatus
{
    /// <summary>The id of the run.</summary>
    public required string Id { get; init; }

    /// <summary>The display name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the run that it was forked from; null if it is not a fork.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The episode of the parent after which it was forked; null if it is not a fork.</summary>
    public long? ParentEpisode { get; init; }

    /// <summary>The state of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>Number of episodes that have ended.</summary>
    public required long Episodes { get; init; }

    /// <summary>Number of episodes to train; null to train until stopped.</summary>
    public long? TargetEpisodes { get; init; }

    /// <summary>Number of steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps per second: the current speed during training, and the mean over all training time afterward.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>
    /// Mean undiscounted return of the last 100 episodes; for a planner, the value at the start after the last pass. Null before the first.
    /// </summary>
    [JsonPropertyName("mean_return_last_100")]
    public double? MeanReturnLast100 { get; init; }

    /// <summary>Exact discounted value of the greedy policy at the start; null while unknown, or if the value is not finite.</summary>
    public double? GreedyValue { get; init; }

    /// <summary>Exact discounted value of an optimal policy at the start; null while unknown.</summary>
    public double? OptimalValue { get; init; }

    /// <summary>
    /// Exact expected undiscounted return of the optimal policy under the run's step limit; for a planner, the optimal value, as its passes
    /// have values in place of returns. Null while unknown.
    /// </summary>
    public double? OptimalReturn { get; init; }

    /// <summary>Share of the reachable states whose greedy action is optimal, in [0, 1]; null while unknown.</summary>
    public double? OptimalActionShare { get; init; }

    /// <summary>The episode for which the greedy value and the optimal action share were computed; null while unknown.</summary>
    public long? TruthEpisode { get; init; }

    /// <summary>Whether the greedy policy reaches a terminal state with probability 1; null while unknown.</summary>
    public bool? IsProper { get; init; }

    /// <summary>
    /// The reason that there is no optimum, in a sentence: the world has no finite value, or solving it takes more memory than is free.
    /// Null if there is an optimum, or if it is not computed yet.
    /// </summary>
    public string? TruthMessage { get; init; }

    /// <summary>The sum of all Q-table entries, in index order; null during training.</summary>
    public double? QChecksum { get; init; }

    /// <summary>The sum of all Q-table entries, in index order.</summary>
    internal static double Checksum(ReadOnlySpan<double> q)
    {
        double sum = 0;
        foreach (double value in q)
            sum += value;
        return sum;
    }

    /// <summary>The hyperparameters in force, by name.</summary>
    public Hyperparameters Settings { get; init; }

    /// <summary>The speed limit in steps per second; null if unlimited.</summary>
    public double? Pace { get; init; }

    /// <summary>The sequence number of the last event.</summary>
    public long LastEventSeq { get; init; }

    /// <summary>The error message; null if there is no error.</summary>
    public string? Message { get; init; }

    /// <summary>The progress of a recorded run that is replayed over time; null for any other run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplayProgress? Replay { get; init; }

    /// <summary>The status of a run that makes its own progress, live or as its file contains it.</summary>
    internal static RunStatus Of(string id, string name, RunParent? parent, StoredProgress now, double? checksum) => new()
    {
        Id = id,
        Name = name,
        ParentRunId = parent?.RunId,
        ParentEpisode = parent?.Episode,
        State = now.State,
        Episodes = now.Episode,
        TargetEpisodes = now.Target,
        Steps = now.Step,
        StepsPerSecond = now.StepsPerSecond,
        MeanReturnLast100 = now.MeanReturn,
        QChecksum = checksum,
        Settings = now.Settings,
        Pace = now.Pace,
        LastEventSeq = now.LastEventSeq,
        Message = now.Message,
    };

    /// <summary>Returns the same status with the known optimum.</summary>
    internal RunStatus Judged(ExactSolution? solution, string? whyNot) => this with
    {
        TruthMessage = solution is null ? whyNot : null,
        GreedyValue = solution?.Distance?.GreedyValue,
        OptimalValue = solution?.OptimalValue,
        OptimalReturn = solution?.OptimalReturn,
        OptimalActionShare = solution?.Distance?.OptimalActionShare,
        TruthEpisode = solution?.Distance?.Episode,
        IsProper = solution?.Distance?.IsProper,
    };
}
