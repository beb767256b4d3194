using System.Text.Json;
using System.Text.Json.Serialization;

#pragma warning disable CS1573 // Only members whose names do not say it have words.

namespace GridWorld;

/// <summary>The runs of the server: all of them, or the changes since a version.</summary>
/// <param name="Version">The version of this list; a later request for the changes names it.</param>
/// <param name="IsWhole">Whether the runs are all there are; otherwise they replace earlier rows with their ids.</param>
/// <param name="CanControl">Whether the caller may star, note and delete runs.</param>
/// <param name="Settings">The settings that runs name by their place.</param>
/// <param name="Runs">The runs, newest first, or as they are sorted.</param>
/// <param name="Gone">The ids of runs that are no longer there.</param>
/// <param name="Total">Number of runs that there are, or that the filter lets through; null for changes.</param>
internal sealed record WireRuns(long Version, bool IsWhole, bool CanControl, IReadOnlyList<WireRunSettings> Settings,
    IReadOnlyList<WireRun> Runs, IReadOnlyList<string> Gone, int? Total = null);

/// <summary>Initial settings that several runs can share.</summary>
/// <param name="Place">The number by which runs name them.</param>
/// <param name="World">The world's name.</param>
/// <param name="WorldDigest">The same for the same world.</param>
/// <param name="Learner">Its name and all its options.</param>
internal sealed record WireRunSettings(int Place, string World, string WorldDigest, int StepLimit, RawJson Learner);

/// <summary>A run of the list; written as a row.</summary>
/// <param name="Created">When it began, in milliseconds since 1970, with decimals: two runs can begin in one millisecond.</param>
/// <param name="Settings">The place of its settings; -1 if they cannot be read.</param>
/// <param name="Can">What the caller may do: 1 resume, 2 continue, 4 delete, added up; 8 marks a playback.</param>
/// <param name="Seed">As text, because it can exceed JavaScript's integers.</param>
/// <param name="Error">Why its file cannot be read.</param>
[JsonConverter(typeof(WireRunConverter))]
internal sealed record WireRun(string RunId, string Name, RunState State, long Episodes, long? TargetEpisodes, long Steps,
    double? MeanReturn, double? GreedyValue, double? OptimalValue, double Created, int Settings, int Can, bool Starred, string? Seed,
    string? Note, string? Error)
{
    public const int CanResume = 1, CanContinue = 2, CanDelete = 4, IsPlayback = 8;

    public static double SinceEpoch(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}

/// <summary>Runs in groups.</summary>
/// <param name="Total">Number of groups.</param>
internal sealed record WireRunGroups(int Total, IReadOnlyList<WireRunGroup> Groups);

/// <summary>Runs that have a value in common, or that differ only in their seeds.</summary>
/// <param name="Value">The value; null if the runs have none, and for groups of seeds.</param>
/// <param name="Learner">The learner of all of them; null if they differ.</param>
/// <param name="MeanReturn">The mean over the runs of the mean return of their last 100 episodes.</param>
/// <param name="Low">The lower end of its 95 % interval; null for fewer than two runs.</param>
internal sealed record WireRunGroup(string? Value, string? Learner, string? World, int Runs, double? MeanReturn, double? Low, double? High,
    IReadOnlyList<string> RunIds);

/// <summary>Which of two sides of runs has the higher mean return, and whether that is more than noise.</summary>
/// <param name="Sentence">The result in words.</param>
/// <param name="Warnings">What makes the comparison unfair or weak.</param>
/// <param name="Better">The label of the better side; null if the difference is noise.</param>
internal sealed record WireComparison(string Sentence, IReadOnlyList<string> Warnings, string? Better);

internal sealed class WireRunConverter : WriteConverter<WireRun>
{
    public override void Write(Utf8JsonWriter writer, WireRun run, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(run.RunId);
        writer.WriteStringValue(run.Name);
        JsonSerializer.Serialize(writer, run.State, WireJson.Default.RunState);
        foreach (var number in (ReadOnlySpan<double?>)[run.Episodes, run.TargetEpisodes, run.Steps, run.MeanReturn, run.GreedyValue,
            run.OptimalValue, run.Created, run.Settings, run.Can])
            writer.Number(number);
        writer.WriteBooleanValue(run.Starred);
        writer.WriteStringValue(run.Seed);
        writer.WriteStringValue(run.Note);
        writer.WriteStringValue(run.Error);
        writer.WriteEndArray();
    }
}
