using System.Diagnostics;

namespace GridWorld.Build;

/// <summary>A copy of the built tests of the Engine, which runs one class at a time.</summary>
public sealed class EngineTests
{
    // The tests of learners are in these folders as well.
    static readonly Dictionary<string, string[]> alsoIn = new() { ["Learning"] = ["Contracts"] };
    readonly string sources, temporary, reached;

    public EngineTests(string root)
    {
        sources = Path.Combine(root, "tests", "GridWorld.Engine.Tests");
        string built = Path.Combine(sources, "bin", "Release", "net10.0"), mutants = Path.Combine(root, "artifacts", "mutants");
        Folder = Path.Combine(mutants, "tests");
        (temporary, reached) = (Path.Combine(mutants, "tmp"), Path.Combine(mutants, "reached"));
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

    /// <summary>Runs every class of the rooms once, and returns those that pass.</summary>
    /// <param name="rooms">The rooms.</param>
    /// <param name="mutants">The number of mutants.</param>
    public List<TestClass> Record(IEnumerable<string> rooms, int mutants)
    {
        List<TestClass> classes = [];
        foreach (var (room, name) in rooms.SelectMany(room => Names(room).Select(name => (room, name))).DistinctBy(c => c.name))
        {
            File.WriteAllBytes(reached, new byte[mutants + 1]);
            var watch = Stopwatch.StartNew();
            bool? passes = Pass(name, mutant: 0, TimeSpan.FromMinutes(5));
            var seen = File.ReadAllBytes(reached).Index().Where(m => m.Item != 0).Select(m => m.Index).ToHashSet();
            if (passes == true)
                classes.Add(new(name, room, watch.Elapsed, seen));
            Console.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:F1} s, {(passes == true ? $"reaches {seen.Count}" : "does not pass")}");
        }

        return classes;
    }

    /// <summary>Runs the tests of a class until one fails, and returns whether all pass, or null after the time limit.</summary>
    /// <param name="name">The class.</param>
    /// <param name="mutant">The number of the mutant, or 0 to record which mutants it reaches.</param>
    /// <param name="limit">The time limit.</param>
    public bool? Pass(string name, int mutant, TimeSpan limit)
    {
        Directory.CreateDirectory(temporary);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, "GridWorld.Engine.Tests.dll"),
            "--filter-class", $"GridWorld.Tests.{name}", "--stop-on-fail", "on", "--ansi", "off", "--progress", "off"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mutant.Variable] = $"{mutant}";
        if (mutant == 0)
            start.Environment[Mutant.ReachedVariable] = reached;
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

    IEnumerable<string> Names(string room) => alsoIn.GetValueOrDefault(room, []).Prepend(room)
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(sources, folder), "*Tests.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).Append("NullArgumentTests");
}
