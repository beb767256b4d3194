using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>A run at one moment, in numbers.</summary>
public sealed record RunStatus
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The run it was forked from; null where it is not a fork.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The episode after which it was forked; null where it is not a fork.</summary>
    public long? ParentEpisode { get; init; }

    /// <summary>What it is doing.</summary>
    public required RunState State { get; init; }

    /// <summary>Episodes that have ended.</summary>
    public required long Episodes { get; init; }

    /// <summary>Episodes to run; null: until stopped.</summary>
    public long? TargetEpisodes { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps per second, lately while it trains, over all the training afterwards.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>Mean return of the last 100 episodes, undiscounted; null before the first.</summary>
    [JsonPropertyName("mean_return_last_100")]
    public double? MeanReturnLast100 { get; init; }

    /// <summary>Exact discounted value of the greedy policy at the start; null while unknown, or where the policy never ends.</summary>
    public double? GreedyValue { get; init; }

    /// <summary>Exact discounted value of an optimal policy at the start; null while unknown.</summary>
    public double? OptimalValue { get; init; }

    /// <summary>Exact expected undiscounted return of the optimal policy under the run's step limit; null while unknown.</summary>
    public double? OptimalReturn { get; init; }

    /// <summary>Share of the reachable states whose greedy action is optimal, in [0, 1]; null while unknown.</summary>
    public double? OptimalActionShare { get; init; }

    /// <summary>The episode for which greedy value and optimal action share were computed; null while unknown.</summary>
    public long? TruthEpisode { get; init; }

    /// <summary>Whether the greedy policy reaches an end with probability 1; null while unknown.</summary>
    public bool? Proper { get; init; }

    /// <summary>Why there is no optimum, in a sentence: the world has no finite value, or takes more memory to solve than is free. Null if there is one, or if it is not computed yet.</summary>
    public string? TruthMessage { get; init; }

    /// <summary>Sum over Q in index order; null while training.</summary>
    public double? QChecksum { get; init; }

    /// <summary>Sum over Q in index order.</summary>
    internal static double Checksum(ReadOnlySpan<double> q)
    {
        double sum = 0;
        foreach (double value in q)
            sum += value;
        return sum;
    }

    /// <summary>The hyperparameters in force, by name.</summary>
    public Hyperparameters Settings { get; init; }

    /// <summary>Steps per second asked for; null for unlimited.</summary>
    public double? Pace { get; init; }

    /// <summary>The number of the last event.</summary>
    public long LastEventSeq { get; init; }

    /// <summary>What went wrong, if something did.</summary>
    public string? Message { get; init; }

    /// <summary>Where a recorded run that is shown over time stands; null of one that is shown as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplayProgress? Replay { get; init; }

    /// <summary>The same, with what is known of the truth.</summary>
    internal RunStatus Judged(Truth? truth, string? whyNot) => this with
    {
        TruthMessage = truth is null ? whyNot : null,
        GreedyValue = truth?.Distance?.GreedyValue,
        OptimalValue = truth?.OptimalValue,
        OptimalReturn = truth?.OptimalReturn,
        OptimalActionShare = truth?.Distance?.OptimalActionShare,
        TruthEpisode = truth?.Distance?.Episode,
        Proper = truth?.Distance?.Proper,
    };
}
