namespace GridWorld;

/// <summary>
/// Exports a run, in training or stored, to files. The file extension selects the format; docs/data.md describes the layouts. A file is
/// written completely or not at all: an existing file stays until the new one is complete.
/// </summary>
public static class Exports
{
    /// <summary>Exports the metrics, with one row per episode that has a stored raw row.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet, or for TensorBoard a name that contains <c>tfevents</c>.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportMetrics(this RunView run, string path) =>
        ExportKind.Metrics.To(Guard.NotNull(path), Guard.NotNull(run));

    /// <summary>Exports the events, with one row per event.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file: .csv, .json, .jsonl or .parquet.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportEvents(this RunView run, string path) => ExportKind.Events.To(Guard.NotNull(path), Guard.NotNull(run));

    /// <summary>
    /// Exports the episodes, with one row per step. GridWorld replays them exactly; nothing needs to be recorded during training.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet, or .npz with the arrays that offline learners read.</param>
    /// <param name="last">The number of last episodes, at least 1. Default: null, all episodes.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportTrajectories(this RunView run, string path, long? last = null) =>
        ExportKind.Trajectories.To(Guard.NotNull(path), Guard.NotNull(run), last);

    /// <summary>Exports the Q-table, with one row per state and action.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet or .npz.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportQTable(this RunView run, string path) => ExportKind.QTable.To(Guard.NotNull(path), Guard.NotNull(run));

    /// <summary>Exports the greedy policy, with one row per state; as .onnx, a model of the policy and the action values.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file: .csv, .json, .jsonl, .parquet or .onnx.</param>
    /// <exception cref="InputException">The format is unknown, or the file cannot be written.</exception>
    public static ExportedFile ExportPolicy(this RunView run, string path) => ExportKind.Policy.To(Guard.NotNull(path), Guard.NotNull(run));

    /// <summary>
    /// Exports the metrics for TensorBoard, to <c>folder/run id/events.out.tfevents…</c>. To view them, run <c>tensorboard --logdir
    /// folder</c>.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="folder">The folder of all logs. It is created if it does not exist.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static ExportedFile ExportTensorBoard(this RunView run, string folder)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(folder);
        // TensorBoard merges all files of a folder, so a fixed name lets a second export replace the first.
        string place = Path.Combine(folder, run.Id, "events.out.tfevents.0.gridworld");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder '{Printable.Text(folder)}' cannot be created: {Printable.Text(e.Message, 200)}");
        }

        return ExportMetrics(run, place);
    }
}
