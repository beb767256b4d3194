namespace GridWorld;

/// <summary>
/// The rows of a full buffer in a fraction of its memory, to the last bit: a run keeps a million of them, and memory that is new
/// to a process costs it far more than to pack and to reuse.
/// </summary>
internal sealed class PackedEpisodes
{
    PackedColumn returns, lengths, terminated, epsilons, learningRates;
    double[]? meanQ;
    int[]?[]? actionCounts;
    int count;

    /// <summary>Takes the rows of a buffer in, in place of those before.</summary>
    /// <param name="rows">The buffer.</param>
    /// <param name="scratch">Room for at least as many numbers as there are rows.</param>
    public void Pack(EpisodeBuffer rows, Span<double> scratch)
    {
        count = rows.Count;
        scratch = scratch[..count];
        returns.Pack(rows.Returns.AsSpan(0, count));
        for (int i = 0; i < scratch.Length; i++)
            scratch[i] = rows.Lengths[i];
        lengths.Pack(scratch);
        for (int i = 0; i < scratch.Length; i++)
            scratch[i] = rows.Terminated[i] ? 1 : 0;
        terminated.Pack(scratch);
        epsilons.Pack(rows.Epsilons.AsSpan(0, count));
        learningRates.Pack(rows.LearningRates.AsSpan(0, count));
        (meanQ, actionCounts) = (rows.MeanQ, rows.ActionCounts);
    }

    /// <summary>Puts them back into a buffer of the same size.</summary>
    public void Unpack(EpisodeBuffer rows, Span<double> scratch)
    {
        scratch = scratch[..count];
        returns.Unpack(rows.Returns);
        lengths.Unpack(scratch);
        for (int i = 0; i < scratch.Length; i++)
            rows.Lengths[i] = (int)scratch[i];
        terminated.Unpack(scratch);
        for (int i = 0; i < scratch.Length; i++)
            rows.Terminated[i] = scratch[i] != 0;
        epsilons.Unpack(rows.Epsilons);
        learningRates.Unpack(rows.LearningRates);
        (rows.MeanQ, rows.ActionCounts, rows.Count) = (meanQ, actionCounts, count);
    }
}
