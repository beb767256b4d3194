namespace GridWorld;

/// <summary>Loads a world from a file. The file extension selects the format.</summary>
internal static class WorldFile
{
    /// <summary>The largest file that is read. A map of 2²⁶ cells as JSON, with some changes, is smaller.</summary>
    public const long MaxBytes = 1 << 28;

    /// <summary>The largest MDP file. Parsed, its lists of numbers take a multiple of this.</summary>
    const long MaxMdpBytes = 1 << 26;

    /// <summary>The endings of world files, in words.</summary>
    public const string Endings = ".txt, .world.json, .mdp.json or .map";

    const string MdpEnding = ".mdp.json", WorldEnding = ".world.json";

    public static bool IsWorldFile(string path) =>
        path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".map", StringComparison.OrdinalIgnoreCase);

    public static World Load(string path, MoveSet? moves, int? scenario, string? scenarioFile)
    {
        string file = Path.GetFileName(path), stem = Stem(file);
        if (!IsWorldFile(path))
            throw new InputException($"'{Printable.Text(path)}' is not a world file. Its name must end in {Endings}.");
        if (path.EndsWith(".map", StringComparison.OrdinalIgnoreCase))
            return MovingAi.Load(path, moves ?? MoveSet.Octile, scenario, scenarioFile);
        if (scenario is not null || scenarioFile is not null)
            throw new InputException($"A scenario applies only to a .map file (got {Printable.Text(file)}). Remove it.");
        var bytes = ReadBytes(path, path.EndsWith(MdpEnding, StringComparison.OrdinalIgnoreCase) ? MaxMdpBytes : MaxBytes);
        string source = Printable.Text(file);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var world = WorldJsonReader.Read(bytes, source, stem);
            return moves is { } other && other != world.Moves ? world.With(world.Rules with { Moves = other }) : world;
        }

        return new(WorldText.Rows(WorldText.Decode(bytes, source)), WorldRules.Default with { Moves = moves ?? MoveSet.Four }, stem,
            source);
    }

    /// <summary>Reads a file's bytes up to a limit, even if the reported length of the file is wrong.</summary>
    public static byte[] ReadBytes(string path, long most = MaxBytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (stream.CanSeek && stream.Length > most)
                throw TooLong(path, most);
            using var copy = new MemoryStream(stream.CanSeek ? (int)stream.Length : 0);
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0; copy.Write(buffer, 0, read))
            {
                if (copy.Length + read > most)
                    throw TooLong(path, most);
            }

            return copy.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(e is FileNotFoundException or DirectoryNotFoundException
                ? $"There is no file '{Printable.Text(path)}'. Check the path."
                : $"The file '{Printable.Text(path)}' cannot be read: {Printable.Text(e.Message)}");
        }
    }

    public static string Stem(string file) =>
        file.EndsWith(WorldEnding, StringComparison.OrdinalIgnoreCase) ? file[..^WorldEnding.Length]
        : file.EndsWith(MdpEnding, StringComparison.OrdinalIgnoreCase) ? file[..^MdpEnding.Length]
        : Path.GetFileNameWithoutExtension(file);

    static InputException TooLong(string path, long most) => new($"The file '{Printable.Text(path)}' has more than {most} bytes. "
        + (most == MaxMdpBytes
            ? $"An MDP can have at most {TransitionTable.MaxStates} states and {TransitionTable.MaxOutcomes} outcomes."
            : $"A world can have at most 2^26 = {World.MaxStates} states."));
}
