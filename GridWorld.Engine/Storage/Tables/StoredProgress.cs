using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>The progress of a run, as its file contains it.</summary>
internal sealed record StoredProgress(RunState State, long Episode, long Step, long? Target, double StepsPerSecond, double? MeanReturn,
    Hyperparameters Settings, double? Pace, string? Message, long LastEventSeq)
{
    public DateTimeOffset Updated { get; init; }

    /// <summary>The training clock to write; null to keep the one in the file.</summary>
    public TrainingClock? Clock { get; init; }

    public void Write(SqliteConnection connection, DateTimeOffset now)
    {
        if (Clock is not null)
            ClockTable.Write(connection, Clock);
        StoreTable.Progress.Put(connection, 1, State.ToString().ToLowerInvariant(), Episode, Step,
            Target, StepsPerSecond, MeanReturn, Settings.Epsilon, Settings.LearningRate, Settings.DiscountFactor, Pace, Message,
            LastEventSeq, StoreTime.Write(now));
    }

    public static StoredProgress Read(SqliteConnection connection)
    {
        var row = StoreTable.Progress.ReadOne(connection);
        if (!Enum.TryParse<RunState>((string)row[1]!, ignoreCase: true, out var state))
            throw new StoreDamage($"'{row[1]}' is not a state of a run");
        return new(state, (long)row[2]!, (long)row[3]!, (long?)row[4], (double)row[5]!, (double?)row[6],
            new() { Epsilon = (double)row[7]!, LearningRate = (double)row[8]!, DiscountFactor = (double)row[9]! }, (double?)row[10],
            (string?)row[11], (long)row[12]!) { Updated = StoreTime.Read(row[13]) };
    }
}
