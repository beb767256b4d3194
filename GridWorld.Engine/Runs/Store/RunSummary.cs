using System.Text.Json.Serialization;

namespace GridWorld;

/// <summary>A run in a list.</summary>
/// <param name="Id">The id of the run.</param>
/// <param name="Name">The display name of the run.</param>
/// <param name="State">The state of the run; <see cref="RunState.Interrupted"/> if its process ended during training.</param>
/// <param name="Episodes">Number of episodes that have ended.</param>
/// <param name="TargetEpisodes">Number of episodes to train; null to train until stopped.</param>
/// <param name="Steps">Number of steps taken.</param>
/// <param name="World">Name of the world.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Created">Time at which the run was created.</param>
/// <param name="MeanReturnLast100">Mean undiscounted return of the last 100 episodes; null before the first.</param>
/// <param name="ParentRunId">The id of the run that it was forked from; null if it is not a fork.</param>
/// <param name="ParentEpisode">The episode after which it was forked; null if it is not a fork.</param>
/// <param name="Error">The error of the run file; null if there is none. If there is an error, the other values have no meaning.</param>
/// <param name="NewerRunId">The newest run with the same name, for which the name stands; null if that is this run.</param>
public sealed record RunSummary(string Id, string Name, RunState State, long Episodes, long? TargetEpisodes, long Steps, string World,
    string Learner,
    DateTimeOffset Created, double? MeanReturnLast100 = null, string? ParentRunId = null, long? ParentEpisode = null, string? Error = null,
    string? NewerRunId = null)
{
    /// <summary>The initial settings; null if the file is damaged.</summary>
    [JsonInclude]
    internal RunSettings? Settings { get; init; }
}
