using System.Diagnostics;

namespace GridWorld.Build;

/// <summary>A copy of the built tests of the Engine, which runs the classes of one room.</summary>
public sealed class EngineTests
{
    // The tests of learners are in these folders as well.
    static readonly Dictionary<string, string[]> alsoIn = new() { ["Learning"] = ["Contracts"] };
    readonly string sources, temporary;

    public EngineTests(string root)
    {
        sources = Path.Combine(root, "tests", "GridWorld.Engine.Tests");
        string built = Path.Combine(sources, "bin", "Release", "net10.0"), mutants = Path.Combine(root, "artifacts", "mutants");
        Folder = Path.Combine(mutants, "tests");
        temporary = Path.Combine(mutants, "tmp");
        if (Directory.Exists(mutants))
            Directory.Delete(mutants, recursive: true);
        foreach (string file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(Folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The folder of the program.</summary>
    public string Folder { get; }

    /// <summary>Runs the tests of a room until one fails, and returns whether all pass, or null after the time limit.</summary>
    /// <param name="room">The room.</param>
    /// <param name="mutant">The number of the mutant, or 0.</param>
    /// <param name="limit">The time limit.</param>
    public bool? Pass(string room, int mutant, TimeSpan limit)
    {
        Directory.CreateDirectory(temporary);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "GridWorld.Engine.Tests.dll"), "--filter-class", .. Classes(room),
            "--stop-on-fail", "on", "--ansi", "off", "--progress", "off"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mutant.Variable] = $"{mutant}";
        start.Environment["TMPDIR"] = start.Environment["TMP"] = temporary;
        // 6 GiB: a mutant must not exhaust the machine.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x180000000";
        start.Environment.Remove(LongTest.Variable);
        using var process = Process.Start(start)!;
        // Without a mutant, a failure is not expected: show it.
        process.OutputDataReceived += (_, line) => Console.Write(mutant == 0 && line.Data is ['f', 'a', 'i', ..] ? $"{line.Data}\n" : "");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool isOver = process.WaitForExit(limit);
        if (!isOver)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        Directory.Delete(temporary, recursive: true);
        return isOver ? process.ExitCode == 0 : null;
    }

    IEnumerable<string> Classes(string room) => alsoIn.GetValueOrDefault(room, []).Prepend(room)
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(sources, folder), "*Tests.cs", SearchOption.AllDirectories))
        .Select(file => $"GridWorld.Tests.{Path.GetFileNameWithoutExtension(file)}").Append("GridWorld.Tests.NullArgumentTests");
}
