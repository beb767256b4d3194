using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace GridWorld;

/// <summary>
/// Reruns a stored run from only its specification and events, and compares the result with every checkpoint, raw row and bucket of its
/// file, bit for bit.
/// </summary>
internal sealed class StoredRunRerun
{
    // Smaller than the number of rows that a history keeps, so that each row can be compared.
    const long Stretch = 1 << 18;
    readonly string path;
    readonly RunHeader header;
    readonly List<RunEvent> events;
    readonly List<StoredCheckpoint> checkpoints;
    readonly List<HistoryLevel> levels;
    readonly long episodes;
    readonly RunLoop runLoop;
    readonly Trainer trainer;
    EpisodeIndex? index;

    StoredRunRerun(string path, SqliteConnection connection)
    {
        this.path = path;
        header = RunHeader.Read(connection);
        events = StoredRun.ReadEvents(connection, header);
        checkpoints = CheckpointTable.List(connection);
        episodes = StoredProgress.Read(connection).Episode;
        levels = BucketTable.Read(connection, episodes);
        runLoop = new(header.Specification, header.Specification.World.Compile());
        trainer = new(header.Options.Apply(null), runLoop, new(), new("", header.Specification, TimeProvider.System));
        trainer.Requeue(events.Where(e => e.IsChange));
    }

    /// <summary>The first difference, as text; null if there is none.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static string? FirstDifference(string path, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        var rerun = At(path, c => new StoredRunRerun(path, c));
        try
        {
            return rerun.FirstDifference(progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            rerun.trainer.Stop();
            throw;
        }
    }

    string? FirstDifference(IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        var stops = checkpoints.Select(c => c.Episode).Append(episodes).Where(e => e <= episodes).Distinct().Order();
        foreach (long stop in stops)
        {
            do
            {
                long from = runLoop.Loop.Episodes;
                AdvanceTo(Math.Min(stop, from + Stretch), cancellationToken);
                progress?.Report(new(header.Id, runLoop.Loop.Episodes, episodes));
                if (DifferentRow(from, runLoop.Loop.Episodes) is { } row)
                    return row;
                if (trainer.State == RunState.Failed && runLoop.Loop.Episodes < stop)
                    return $"The rerun ends after episode {runLoop.Loop.Episodes} ({trainer.Error}), but the file contains {episodes}"
                        + " episodes";
            }
            while (runLoop.Loop.Episodes < stop);

            foreach (var stored in checkpoints.Where(c => c.Episode == stop))
            {
                if (DifferentPart(stored) is { } part)
                    return $"{(stored.Name is { } name ? $"The checkpoint '{name}'" : "The checkpoint")} after episode {stop}, {part}";
            }
        }

        return DifferentBucket();
    }

    void AdvanceTo(long episode, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        trainer.SetTarget(episode);
        trainer.Start();
        trainer.Completion.Wait(cancellationToken);
    }

    string? DifferentRow(long from, long to)
    {
        while (from < to)
        {
            var (first, rows) = At(path, c => EpisodeTable.Read(c, from, to, (int)(to - from), index = EpisodeIndex.Read(c, index)));
            if (rows.Count == 0)
                return null;
            var again = trainer.History.Records(first + 1, rows.Count);
            for (int i = 0; i < again.Length; i++)
            {
                var stored = rows.Record(first + 1, i);
                if (!IsSame(stored, again[i]))
                    return $"The row of episode {stored.Episode}: the file contains {stored}, the rerun {again[i]}";
            }

            from = first + rows.Count;
        }

        return null;
    }

    string? DifferentPart(StoredCheckpoint stored)
    {
        // A checkpoint that was removed while the run continued cannot be compared.
        if (At(path, c => CheckpointTable.Has(c, stored)
            ? CheckpointTable.Read(c, stored, StoredRun.MostBytes(header.Specification.World)) : null) is not { } checkpoint)
            return null;
        var again = runLoop.Checkpoint(0);
        if (checkpoint.Step != again.Step)
            return FormattableString.Invariant($"its step: the file contains {checkpoint.Step}, the rerun {again.Step}");
        return CheckpointDifference.First(header.Specification.World, checkpoint, again);
    }

    string? DifferentBucket()
    {
        var again = trainer.History.Since(0, rowLimit: 0).Levels.ToDictionary(level => level.Level);
        foreach (var stored in levels)
        {
            for (int i = 0; i < stored.Returns.Length; i++)
            {
                long index = stored.First + i, size = 1L << stored.Level;
                int here = (int)(index - again[stored.Level].First);
                if (here >= 0
                    && !(IsSame(stored.Returns[i], again[stored.Level].Returns[here])
                    && IsSame(stored.Lengths[i], again[stored.Level].Lengths[here])))
                    return $"The bucket of episodes {index * size + 1} to {(index + 1) * size} does not match its episodes";
            }
        }

        return null;
    }

    static bool IsSame(in Summary one, in Summary other) => MemoryMarshal.AsBytes([one]).SequenceEqual(MemoryMarshal.AsBytes([other]));

    static bool IsSame(EpisodeRecord one, EpisodeRecord other) =>
        EpisodeColumns.All.All(column => Bits(column.Read(one)) == Bits(column.Read(other)))
        && (one.ActionCounts ?? []).SequenceEqual(other.ActionCounts ?? []);

    static long? Bits(double? number) => number is { } n ? BitConverter.DoubleToInt64Bits(n) : null;

    static T At<T>(string path, Func<SqliteConnection, T> read) => StoreFault.Explain(path, () =>
    {
        using var connection = StoreFile.Read(path);
        return connection.AtOneMoment(() => read(connection));
    });
}
