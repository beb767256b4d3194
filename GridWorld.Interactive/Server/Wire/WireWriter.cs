using System.Globalization;
using System.Text.Json;

namespace GridWorld;

/// <summary>The forms that values have both in frames and in replies.</summary>
internal static class WireWriter
{
    const int LongestText = 2000, LongestName = 256;

    /// <summary>JSON has no word for what is not finite; it travels as a string.</summary>
    public static void Number(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>As many digits as a drawing needs.</summary>
    public static void Rounded(this Utf8JsonWriter writer, double value)
    {
        Span<char> text = stackalloc char[32];
        if (!double.IsFinite(value) || !value.TryFormat(text, out var length, "G9", CultureInfo.InvariantCulture))
            writer.Number(value);
        else
            writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    public static void Number(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    public static void Number(this Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        if (value is { } number)
            writer.Number(number);
        else
            writer.WriteNullValue();
    }

    public static void Status(Utf8JsonWriter writer, RunStatus status, bool canControl, bool canResume = false, bool canContinue = false, bool canReplay = false, string? newerRunId = null)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", status.RunId);
        writer.WriteString("session_id", status.RunId);
        writer.WriteString("name", Cut(status.Name, LongestName));
        if (newerRunId is not null)
            writer.WriteString("newer_run_id", newerRunId);
        Parent(writer, status.ParentRunId, status.ParentEpisode);
        writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(status.State.ToString()));
        writer.WriteNumber("episodes", status.Episodes);
        writer.Number("target_episodes", status.TargetEpisodes);
        writer.WriteNumber("steps", status.Steps);
        writer.Number("steps_per_second", status.StepsPerSecond);
        writer.Number("mean_return_last_100", status.MeanReturnLast100);
        writer.Number("greedy_value", status.GreedyValue);
        writer.Number("optimal_value", status.OptimalValue);
        writer.Number("optimal_return", status.OptimalReturn);
        writer.Number("optimal_action_share", status.OptimalActionShare);
        writer.Number("truth_episode", status.TruthEpisode);
        writer.WritePropertyName("proper");
        if (status.Proper is { } proper)
            writer.WriteBooleanValue(proper);
        else
            writer.WriteNullValue();
        if (status.TruthMessage is { } why)
            writer.WriteString("truth_message", Cut(why, LongestText));
        writer.Number("q_checksum", status.QChecksum);
        writer.Number("epsilon", status.Epsilon);
        writer.Number("learning_rate", status.LearningRate);
        writer.Number("discount_factor", status.DiscountFactor);
        writer.Number("pace", status.Pace);
        writer.WriteNumber("last_event_seq", status.LastEventSeq);
        writer.WriteString("message", status.Message is { } message ? Cut(message, LongestText) : null);
        writer.WriteBoolean("can_control", canControl);
        writer.WriteBoolean("can_resume", canResume);
        writer.WriteBoolean("can_continue", canContinue || (canControl && status.State is RunState.Completed or RunState.Stopped));
        if (status.Replay is { } replay)
        {
            writer.WriteStartObject("replay");
            writer.WriteNumber("speed", replay.Speed);
            writer.WriteNumber("seconds", replay.Seconds);
            writer.WriteNumber("duration", replay.Duration);
            writer.WriteBoolean("paused", replay.IsPaused);
            writer.WriteBoolean("can_control", canReplay);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    static void Parent(Utf8JsonWriter writer, string? run, long? episode)
    {
        writer.WriteString("parent_run_id", run is null ? null : Cut(run, LongestName));
        writer.Number("parent_episode", episode);
    }

    /// <summary>A row of the log: episode, return, length, terminated, epsilon, learning rate, mean Q, and where they were sampled the counts of the actions.</summary>
    public static void Episode(Utf8JsonWriter writer, EpisodeRecord record)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(record.Episode);
        writer.Number(record.Return);
        writer.WriteNumberValue(record.Length);
        writer.WriteNumberValue(record.Terminated ? 1 : 0);
        writer.Number(record.Epsilon);
        writer.Number(record.LearningRate);
        if (record.MeanQ is { } meanQ)
            writer.Number(meanQ);
        else
            writer.WriteNullValue();
        if (record.ActionCounts is { } counts)
        {
            writer.WriteStartArray();
            foreach (var count in counts)
                writer.WriteNumberValue(count);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>A stored run in a list: what its file tells at a glance.</summary>
    public static void Summary(Utf8JsonWriter writer, RunSummary run, bool canControl)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", run.Id);
        writer.WriteString("session_id", run.Id);
        writer.WriteString("name", Cut(run.Name, LongestName));
        writer.WriteString("newer_run_id", run.NewerRunId);
        Parent(writer, run.ParentRunId, run.ParentEpisode);
        writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(run.State.ToString()));
        writer.WriteNumber("episodes", run.Episodes);
        writer.Number("target_episodes", run.TargetEpisodes);
        writer.WriteNumber("steps", run.Steps);
        writer.WriteString("world", Cut(run.World, LongestName));
        writer.WriteString("learner", Cut(run.Learner, LongestName));
        writer.WriteString("created", run.Created);
        writer.Number("mean_return_last_100", run.MeanReturnLast100);
        writer.WriteString("message", run.Error is { } error ? Cut(error, LongestText) : null);
        if (run.Error is { } reason)
            writer.WriteString("error", Cut(reason, LongestText));
        writer.WriteBoolean("can_control", false);
        writer.WriteBoolean("can_resume", canControl && run is { Error: null, State: RunState.Interrupted });
        writer.WriteBoolean("can_continue", canControl && run is { Error: null, State: not (RunState.Training or RunState.Paused) });
        writer.WriteEndObject();
    }

    public static void Event(Utf8JsonWriter writer, RunEvent e)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", e.Seq);
        writer.WriteString("session_id", e.SessionId);
        writer.WriteNumber("episode", e.Episode);
        writer.WriteString("event", Cut(e.Event, LongestName));
        if (e.Param is not null)
            writer.WriteString("param", Cut(e.Param, LongestName));
        Value(writer, "old_value", e.OldValue);
        Value(writer, "new_value", e.NewValue);
        if (e.Message is not null)
            writer.WriteString("message", Cut(e.Message, LongestText));
        writer.WriteString("timestamp", e.Timestamp);
        writer.WriteEndObject();
    }

    public static void Events(Utf8JsonWriter writer, string sessionId, IEnumerable<RunEvent> events)
    {
        writer.WriteStartObject();
        writer.WriteString("session_id", sessionId);
        writer.WriteStartArray("events");
        foreach (var e in events)
            Event(writer, e);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    // A number or a schedule's object; a store of a stranger may hold anything.
    static void Value(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is null)
            return;
        writer.WritePropertyName(name);
        try
        {
            using var value = JsonDocument.Parse(json, new() { MaxDepth = ServerLimits.JsonDepth });
            if (json.Length <= LongestText)
                value.RootElement.WriteTo(writer);
            else
                writer.WriteNullValue();
        }
        catch (JsonException)
        {
            writer.WriteStringValue(Cut(json, LongestName));
        }
    }
}
