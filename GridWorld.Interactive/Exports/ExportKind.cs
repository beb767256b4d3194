namespace GridWorld;

/// <summary>What can be exported, and as what.</summary>
/// <param name="Name">Its name in the command line.</param>
/// <param name="Endings">What a file of it may be called.</param>
/// <param name="Write">Writes it; returns the number of its rows.</param>
internal sealed record ExportKind(string Name, string[] Endings, Func<ExportKind.Order, Stream, long> Write)
{
    const string TensorBoard = "tfevents";

    public static readonly ExportKind Metrics = new("metrics", [.. RowFile.Endings, TensorBoard],
        (order, to) => order.Ending == TensorBoard ? TensorBoardFile.Write(order.Run, to) : order.Rows(RunTables.Metrics(order.Run, all: true), to));

    public static readonly ExportKind QTable = new("q-table", [.. RowFile.Endings, ".npz"],
        (order, to) => order.Ending == ".npz" ? NumpyFiles.WriteQTable(order.Run, to) : order.Rows(RunTables.QTable(order.Run), to));

    public static readonly ExportKind Trajectories = new("trajectories", [.. RowFile.Endings, ".npz"],
        (order, to) => order.Ending == ".npz" ? NumpyFiles.WriteTrajectories(order.Episodes(), to) : order.Rows(RunTables.Steps(order.Run.World, order.Episodes()), to));

    public static readonly ExportKind Events = new("events", RowFile.Endings, (order, to) => order.Rows(RunTables.Events(order.Run), to));

    public static readonly ExportKind Policy = new("policy", [.. RowFile.Endings, ".onnx"],
        (order, to) => order.Ending == ".onnx" ? OnnxModel.Write(order.Run, to) : order.Rows(RunTables.Policy(order.Run), to));

    public static IReadOnlyList<ExportKind> All { get; } = [Metrics, QTable, Trajectories, Events, Policy];

    /// <summary>What a path asks for.</summary>
    /// <exception cref="InputException">It cannot be written so; says what can.</exception>
    public string EndingOf(string path)
    {
        string name = Path.GetFileName(path), ending = name.Contains(TensorBoard, StringComparison.OrdinalIgnoreCase) ? TensorBoard : Path.GetExtension(name).ToLowerInvariant();
        if (Endings.Contains(ending))
            return ending;
        string[] known = [.. Endings.Where(e => e != TensorBoard)];
        throw new InputException($"The output file '{Printable.Text(path)}' is of no kind that {Name} can be written as. It may end in {string.Join(", ", known[..^1])} or {known[^1]}"
            + (Endings.Contains(TensorBoard) ? $"; for TensorBoard its name has '{TensorBoard}' in it." : "."));
    }

    /// <summary>Writes a file that appears whole or not at all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; its ending says of what kind.</param>
    /// <param name="last">Of trajectories, how many of the last episodes; null for all.</param>
    public ExportedFile To(string path, RunView run, long? last = null)
    {
        string ending = EndingOf(path);
        new Faults().Require(last is null or >= 1, $"The number of episodes must be at least 1 (got {last}).").ThrowIfAny();
        using var file = new OutputFile(path);
        long rows = Write(new(run, ending, last ?? long.MaxValue), file.Stream);
        file.Complete();
        return new(path, rows);
    }

    /// <summary>What is to be written.</summary>
    internal sealed record Order(RunView Run, string Ending, long Last)
    {
        public IEnumerable<ReplayedEpisode> Episodes() => Run.Rewind().ReplayLast(Last);

        public long Rows(RowTable table, Stream to) => RowFile.Write(table, to, Ending);
    }
}
