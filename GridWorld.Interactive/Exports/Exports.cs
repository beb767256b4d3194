namespace GridWorld;

/// <summary>A file that was written.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Rows">Its rows: episodes, events, steps, states or pairs of state and action.</param>
public sealed record ExportedFile(string Path, long Rows)
{
    /// <summary>A line of facts.</summary>
    public override string ToString() => $"{Numerals.Count(Rows)} rows in {Path}";
}

/// <summary>
/// What a run holds as files, of a run that trains as well as of a stored one. The ending of a file says its format; docs/data.md has the layouts.
/// A file appears whole or not at all: one that was there stays until the new one is complete.
/// </summary>
public static class Exports
{
    /// <summary>A row an episode, those whose raw row is kept.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet, or for TensorBoard a name with <c>tfevents</c> in it.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportMetrics(this Run run, string path) => ExportMetrics(Given.NotNull(run).View, path);

    /// <inheritdoc cref="ExportMetrics(Run, string)"/>
    public static ExportedFile ExportMetrics(this RunView run, string path) => ExportKind.Metrics.To(Given.NotNull(path), Given.NotNull(run));

    /// <summary>A row an event.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file: .csv, .json, .jsonl or .parquet.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportEvents(this Run run, string path) => ExportEvents(Given.NotNull(run).View, path);

    /// <inheritdoc cref="ExportEvents(Run, string)"/>
    public static ExportedFile ExportEvents(this RunView run, string path) => ExportKind.Events.To(Given.NotNull(path), Given.NotNull(run));

    /// <summary>A row a step, run again to the same bits: nothing has to be recorded while training.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet, or .npz with the arrays that offline learners read.</param>
    /// <param name="last">How many of the last episodes, at least 1; null, the default, for all.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportTrajectories(this Run run, string path, long? last = null) => ExportTrajectories(Given.NotNull(run).View, path, last);

    /// <inheritdoc cref="ExportTrajectories(Run, string, long?)"/>
    public static ExportedFile ExportTrajectories(this RunView run, string path, long? last = null) => ExportKind.Trajectories.To(Given.NotNull(path), Given.NotNull(run), last);

    /// <summary>A row a state and action.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet or .npz.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportQTable(this Run run, string path) => ExportQTable(Given.NotNull(run).View, path);

    /// <inheritdoc cref="ExportQTable(Run, string)"/>
    public static ExportedFile ExportQTable(this RunView run, string path) => ExportKind.QTable.To(Given.NotNull(path), Given.NotNull(run));

    /// <summary>A row a state: what the greedy policy does there; as .onnx the policy and the values as a model to run.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet or .onnx.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportPolicy(this Run run, string path) => ExportPolicy(Given.NotNull(run).View, path);

    /// <inheritdoc cref="ExportPolicy(Run, string)"/>
    public static ExportedFile ExportPolicy(this RunView run, string path) => ExportKind.Policy.To(Given.NotNull(path), Given.NotNull(run));

    /// <summary>The metrics as a file that TensorBoard finds: <c>folder/run id/events.out.tfevents…</c>. Then <c>tensorboard --logdir folder</c>.</summary>
    /// <param name="run">The run, trained or still training.</param>
    /// <param name="folder">The folder of all logs; it is made where there is none.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static ExportedFile ExportTensorBoard(this Run run, string folder) => ExportTensorBoard(Given.NotNull(run).View, folder);

    /// <inheritdoc cref="ExportTensorBoard(Run, string)"/>
    public static ExportedFile ExportTensorBoard(this RunView run, string folder)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(folder);
        // TensorBoard adds up the files of a folder: one name, so that exporting again replaces.
        string place = Path.Combine(folder, run.Id, "events.out.tfevents.0.gridworld");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder '{Printable.Text(folder)}' cannot be made: {Printable.Text(e.Message, 200)}");
        }

        return ExportMetrics(run, place);
    }
}
