using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>A folder for what a test exports.</summary>
public sealed class ExportFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gridworld-export-");

    public IEnumerable<string> Files => folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.Name);

    public string At(string name) => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A run of nothing but numbers and texts that are hard to write down.</summary>
    internal static FakeRun Awkward()
    {
        var run = new FakeRun(World.Parse("S.G"), name: "a, \"b\"\nc");
        run.Add([-1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2]);
        run.Learn(pair => pair switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0,
            _ => 1.0 / pair });
        run.Add(new RunEvent(1, run.Id, 0, RunEventKind.RunStarted, new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero)));
        run.Add(new RunEvent(2, run.Id, 3, RunEventKind.ParamChange, new(2026, 11, 26, 12, 0, 10, TimeSpan.Zero), "epsilon", "0.1",
            """{"schedule":"linear","from":1,"to":0,"over":5,"unit":"episodes"}"""));
        run.Add(new RunEvent(3, run.Id, 5, RunEventKind.TrainingError, new(2026, 11, 26, 12, 0, 20, TimeSpan.Zero),
            Message: "it said: \"no\",\nand ended"));
        return run;
    }

    /// <summary>What a Python program prints; without Python and NumPy the test is skipped, and says so.</summary>
    internal static string Python(string program, params string[] arguments)
    {
        string? python = new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(p => Run(p, "import numpy").Error is null);
        Assert.SkipWhen(python is null, "No Python with NumPy was found: install Debian's python3-numpy.");
        var (output, error) = Run(python!, program, arguments);
        Assert.True(error is null, error);
        return output;
    }

    static (string Output, string? Error) Run(string python, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", program, .. arguments]) { RedirectStandardOutput = true,
                RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output.ReplaceLineEndings("\n"), process.ExitCode == 0 ? null : error.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return ("", e.Message);
        }
    }
}
