namespace GridWorld;

/// <summary>
/// The file of <c>--output-file</c>. It contains every episode of a run; a .json file also contains the run, the first episodes step by
/// step, the events and the summary. It is written during training and appears when it is complete.
/// </summary>
internal abstract class MetricsFile(OutputFile file) : IDisposable
{
    /// <summary>The next episode that the file expects.</summary>
    public long Next { get; private set; } = 1;

    protected Stream Stream => file.Stream;

    /// <summary>The columns, once the run is known.</summary>
    protected ExportedEpisodes Table { get; private set; } = ExportedEpisodes.Of(isPlanned: false);

    /// <summary>Creates a file. Its extension selects the format.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="parquet">Creates a Parquet file, which the Engine cannot write.</param>
    /// <exception cref="InputException">The extension is unknown, or the file cannot be written.</exception>
    public static MetricsFile Create(string path, Func<OutputFile, MetricsFile> parquet) =>
        Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => new JsonMetricsFile(new(path)),
        ".jsonl" => new JsonLinesMetricsFile(new(path)),
        ".csv" => new CsvMetricsFile(new(path)),
        ".parquet" => parquet(new(path)),
        _ => throw new InputException(
            $"The output file '{Printable.Text(path)}' has an unknown extension. Use one of .json, .jsonl, .csv or .parquet."),
    };

    /// <summary>Writes the facts of the run. Call this first.</summary>
    public virtual void Begin(string id, string name, RunSpecification specification) =>
        Table = ExportedEpisodes.Of(specification.IsPlanned);

    /// <summary>Adds episodes, in order.</summary>
    public void Append(IEnumerable<EpisodeRecord> episodes)
    {
        foreach (var episode in episodes)
        {
            if (episode.Episode != Next)
            {
                throw new InvalidDataException(
                    $"Episodes {Next} to {episode.Episode - 1} could not be written: training is too fast. Use --pace to slow it down.");
            }

            Add(episode);
            Next++;
        }
    }

    /// <summary>Writes the trace, the events and the summary, and moves the file to its place.</summary>
    public void Complete(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary)
    {
        Finish(trace, events, summary);
        file.Complete();
    }

    /// <summary>Deletes the file unless it is complete.</summary>
    public virtual void Dispose() => file.Dispose();

    protected abstract void Add(EpisodeRecord episode);

    protected abstract void Finish(IReadOnlyList<EpisodeTrace> trace, IReadOnlyList<RunEvent> events,
        IReadOnlyList<(string Name, object? Value)> summary);
}
