using System.Text;

namespace GridWorld;

/// <summary>A kind of export, with its file formats.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Endings">The possible file extensions.</param>
/// <param name="Write">Writes the export and returns the number of its rows.</param>
internal sealed record ExportKind(string Name, string[] Endings, Func<ExportKind.Order, Stream, long> Write)
{
    const string TensorBoard = "tfevents";

    public static readonly ExportKind Metrics = new("metrics", [.. RowFile.Endings, TensorBoard],
        (order, to) => order.Ending == TensorBoard
        ? TensorBoardFile.Write(order.Run, to) : order.Rows(RunTables.Metrics(order.Run, all: true), to));

    public static readonly ExportKind QTable = new("q-table", [.. RowFile.Endings, ".npz"],
        (order, to) => order.Ending == ".npz" ? NumpyFiles.WriteQTable(order.Run, to) : order.Rows(RunTables.QTable(order.Run), to));

    public static readonly ExportKind Trajectories = new("trajectories", [.. RowFile.Endings, ".npz"],
        (order, to) => order.Ending == ".npz"
        ? NumpyFiles.WriteTrajectories(order.Episodes(), to) : order.Rows(RunTables.Steps(order.Run.World, order.Episodes()), to));

    public static readonly ExportKind Events = new("events", RowFile.Endings, (order, to) => order.Rows(RunTables.Events(order.Run), to));

    public static readonly ExportKind Policy = new("policy", [.. RowFile.Endings, ".onnx"],
        (order, to) => order.Ending == ".onnx" ? OnnxModel.Write(order.Run, to) : order.Rows(RunTables.Policy(order.Run), to));

    public static readonly ExportKind Mdp = new("mdp", [".json"], (order, to) => WriteMdp(order.Run.World, to));

    public static readonly ExportKind Picture = new("picture", [".png", ".svg"], (order, to) => Drawn(1, to, order.Ending == ".png"
        ? PngImage.Write(RunPicture.DrawNamed(order.Run), 2) : Encoding.UTF8.GetBytes(SvgImage.Write(RunPicture.DrawNamed(order.Run)))));

    public static readonly ExportKind Animation = new("animation", [".gif"], (order, to) =>
    {
        var (gif, frames) = RunAnimation.Write(order.Run, RunAnimation.Usual, default);
        return Drawn(frames, to, gif);
    });

    public static IReadOnlyList<ExportKind> All { get; } = [Metrics, QTable, Trajectories, Events, Policy, Mdp, Picture, Animation];

    /// <summary>Writes a world as an <c>.mdp.json</c> file, completely or not at all.</summary>
    public static ExportedFile WriteMdp(World world, string path)
    {
        Mdp.EndingOf(path);
        using var file = new OutputFile(path);
        long rows = WriteMdp(world, file.Stream);
        file.Complete();
        return new(path, rows);
    }

    static long Drawn(int frames, Stream to, byte[] image)
    {
        to.Write(image);
        return frames;
    }

    static long WriteMdp(World world, Stream to)
    {
        to.Write(Encoding.UTF8.GetBytes(world.ToMdpJson()));
        return world.States;
    }

    /// <summary>Gets the format that a path selects.</summary>
    /// <exception cref="InputException">The kind cannot be written in this format.</exception>
    public string EndingOf(string path)
    {
        string name = Path.GetFileName(path), ending = name.Contains(TensorBoard, StringComparison.OrdinalIgnoreCase)
            ? TensorBoard : Path.GetExtension(name).ToLowerInvariant();
        if (Endings.Contains(ending))
            return ending;
        string[] known = [.. Endings.Where(e => e != TensorBoard)];
        throw new InputException($"Cannot write {Name} to '{Printable.Text(path)}'. "
            + $"The file name must end in {(known.Length > 1 ? $"{string.Join(", ", known[..^1])} or " : "")}{known[^1]}"
            + (Endings.Contains(TensorBoard) ? $", or contain '{TensorBoard}' for TensorBoard." : "."));
    }

    /// <summary>Writes a file, completely or not at all.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; its extension selects the format.</param>
    /// <param name="last">The number of last episodes in trajectories; null for all.</param>
    public ExportedFile To(string path, RunView run, long? last = null)
    {
        string ending = EndingOf(path);
        new Faults().Require(last is null or >= 1, $"The number of episodes must be at least 1 (got {last}).").ThrowIfAny();
        using var file = new OutputFile(path);
        long rows = Write(new(run, ending, last ?? long.MaxValue), file.Stream);
        file.Complete();
        return new(path, rows);
    }

    /// <summary>The parameters of one export.</summary>
    internal sealed record Order(RunView Run, string Ending, long Last)
    {
        public IEnumerable<EpisodeTrace> Episodes() => Run.Rewind().ReplayLast(Last);

        public long Rows(RowTable table, Stream to) => RowFile.Write(table, to, Ending);
    }
}
