namespace GridWorld;

/// <summary>
/// The file of <c>--output-file</c>: every episode of a run, and as .json also the run, the first episodes step by step,
/// its events and its summary. It is written while the run trains, and appears when it is complete.
/// </summary>
internal abstract class MetricsFile(OutputFile file) : IDisposable
{
    /// <summary>The next episode that the file expects.</summary>
    public long Next { get; private set; } = 1;

    protected Stream Stream => file.Stream;

    /// <summary>Opens a file of the kind that its name says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parquet">Makes the kind that the Engine does not know.</param>
    /// <exception cref="InputException">The kind is unknown, or the file cannot be written.</exception>
    public static MetricsFile Create(string path, Func<OutputFile, MetricsFile> parquet) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => new JsonMetricsFile(new(path)),
        ".jsonl" => new JsonLinesMetricsFile(new(path)),
        ".csv" => new CsvMetricsFile(new(path)),
        ".parquet" => parquet(new(path)),
        _ => throw new InputException($"The output file '{Printable.Text(path)}' has an unknown extension. Use one of .json, .jsonl, .csv or .parquet."),
    };

    /// <summary>Says what run it is; before anything else.</summary>
    public abstract void Begin(string id, string name, RunSpecification specification);

    /// <summary>Adds episodes, in order.</summary>
    public void Append(IEnumerable<EpisodeRecord> episodes)
    {
        foreach (var episode in episodes)
        {
            if (episode.Episode != Next)
                throw new InvalidDataException($"Episodes {Next} to {episode.Episode - 1} came too fast to be written. Ask for fewer episodes per second with --pace.");
            Add(episode);
            Next++;
        }
    }

    /// <summary>Adds what is known at the end, and puts the file in its place.</summary>
    public void Complete(IReadOnlyList<(long Episode, EpisodeStep[] Steps)> trace, IReadOnlyList<RunEvent> events, IReadOnlyList<(string Name, object? Value)> summary)
    {
        Finish(trace, events, summary);
        file.Complete();
    }

    /// <summary>Leaves nothing behind unless the file was completed.</summary>
    public virtual void Dispose() => file.Dispose();

    protected abstract void Add(EpisodeRecord episode);

    protected abstract void Finish(IReadOnlyList<(long Episode, EpisodeStep[] Steps)> trace, IReadOnlyList<RunEvent> events, IReadOnlyList<(string Name, object? Value)> summary);
}
