namespace GridWorld;

/// <summary>An event of a run. Events are numbered without gaps, survive a resume and make the run repeatable.</summary>
/// <param name="Seq">Number of the event in the run, from 1.</param>
/// <param name="RunId">The id of the run.</param>
/// <param name="Episode">Episode after which the event takes effect; 0 before the first.</param>
/// <param name="Kind">Kind of the event.</param>
/// <param name="Timestamp">Time of the event.</param>
/// <param name="Param">
/// The changed hyperparameter, in snake_case, or the changed reward, such as <c>reward(3,2)</c> of column 3 and row 2; null for other
/// events.
/// </param>
/// <param name="OldValue">The value before a change, as JSON: a number, or an object for a schedule.</param>
/// <param name="NewValue">The value after a change, as JSON.</param>
/// <param name="Message">The name of a checkpoint or the text of an error.</param>
public sealed record RunEvent(long Seq, string RunId, long Episode, RunEventKind Kind, DateTimeOffset Timestamp,
    string? Param = null, string? OldValue = null, string? NewValue = null, string? Message = null)
{
    /// <summary>
    /// The kind as files, HTTP and logs name it, in snake_case. If this version does not know the kind, the word in the file.
    /// </summary>
    public string Word { get => field ?? Words.Of(Kind); init; }

    /// <summary>Whether it changes what the training does from its episode on.</summary>
    internal bool IsChange => Kind is RunEventKind.ParamChange or RunEventKind.RewardChange;

    /// <summary>An event whose kind is given as its word.</summary>
    internal static RunEvent Read(long seq, string runId, long episode, string word, DateTimeOffset timestamp,
        string? param, string? oldValue, string? newValue, string? message)
    {
        var kind = Words.Kind(word);
        var e = new RunEvent(seq, runId, episode, kind, timestamp, param, oldValue, newValue, message);
        return kind == RunEventKind.Unknown ? e with { Word = word } : e;
    }
}
