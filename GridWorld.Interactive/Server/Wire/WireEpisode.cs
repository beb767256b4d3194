using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>An episode as a row of the log.</summary>
/// <param name="Terminated">1 if it ended in a terminal state, 0 if the step limit ended it.</param>
/// <param name="Epsilon">At its first step, like the learning rate.</param>
/// <param name="MeanQ">Null if it was not sampled.</param>
/// <param name="ActionCounts">The count of each action; absent if it was not sampled, or null before a residual.</param>
/// <param name="Residual">Largest change of a value in a planner's pass; absent for an episode.</param>
/// <param name="PolicyChanges">States whose best actions changed in the pass; absent for an episode, null if not counted.</param>
[JsonConverter(typeof(WireEpisodeConverter))]
internal sealed record WireEpisode(long Episode, double Return, int Length, int Terminated, double Epsilon, double LearningRate,
double? MeanQ,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<int>? ActionCounts,
    [property: JsonIgnore(Condition = WhenWritingNull)] double? Residual,
    [property: JsonIgnore(Condition = WhenWritingNull)] double? PolicyChanges)
{
    public static WireEpisode Of(EpisodeRecord row) =>
        new(row.Episode, row.Return, row.Length, row.Terminated ? 1 : 0, row.Epsilon, row.LearningRate, row.MeanQ, row.ActionCounts,
            row.Residual, row.PolicyChanges);
}

internal sealed class WireEpisodeConverter : WriteConverter<WireEpisode>
{
    public override void Write(Utf8JsonWriter writer, WireEpisode row, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(row.Episode);
        foreach (var number in (ReadOnlySpan<double?>)[row.Return, row.Length, row.Terminated, row.Epsilon, row.LearningRate, row.MeanQ])
            writer.Number(number);
        if (row.ActionCounts is { } counts)
            JsonSerializer.Serialize(writer, counts, WireJson.Default.IReadOnlyListInt32);
        else if (row.Residual is not null)
            writer.WriteNullValue();
        if (row.Residual is { } residual)
        {
            writer.Number(residual);
            writer.Number(row.PolicyChanges);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Rows of the log in a frame.</summary>
internal sealed record WireEpisodes(IReadOnlyList<WireEpisode> Rows);

/// <summary>Rows of the log by themselves.</summary>
internal sealed record WireRows(string SessionId, IEnumerable<WireEpisode> Rows);

/// <summary>A part of an episode, step by step.</summary>
internal sealed record WireEpisodeSteps(string SessionId, long Episode, int Length, double Return, double Epsilon,
    IEnumerable<WireEpisodeStep> Steps)
{
    public static WireEpisodeSteps Of(string id, long episode, EpisodePart part) =>
        new(id, episode, part.Length, part.Return, part.Epsilon, part.Steps.Select(WireEpisodeStep.Of));
}

/// <summary>One step of an episode.</summary>
/// <param name="Q">The Q row that the action was chosen from.</param>
/// <param name="QAfter">The value of the action after learning from the step.</param>
internal sealed record WireEpisodeStep(int Step, int State, int Action, bool Explored, double Reward, int NextState, bool Terminated,
    bool Truncated,
    IReadOnlyList<double> Q, double QAfter)
{
    public static WireEpisodeStep Of(EpisodeStep s) => new(s.Step, s.State, s.Action, s.Explored, s.Reward, s.NextState,
        s.End == StepEnd.Terminated, s.End == StepEnd.Truncated, s.Q, s.NewValue);
}

/// <summary>The first episode with the greatest return, and the first with the least; null if no return is finite.</summary>
internal sealed record WireExtremes(string SessionId, WireExtreme? Best, WireExtreme? Worst);

internal sealed record WireExtreme(long Episode, double Return);
