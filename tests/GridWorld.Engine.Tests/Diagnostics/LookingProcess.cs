using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>
/// A process with little memory that trains in a big world and is looked at: this test assembly, started again with a variable set.
/// </summary>
internal static class LookingProcess
{
    /// <summary>What the status said: why there is no optimum, then whether the run trained on. The last line is the exit code.</summary>
    public static async Task<string[]> Look(long heap, CancellationToken cancellationToken)
    {
        var start = OwnProcess.As("looking", "look");
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{heap:x}";
        using var process = System.Diagnostics.Process.Start(start)!;
        string said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries), $"{process.ExitCode}"];
    }

    [ModuleInitializer]
    internal static void LookWhereAsked()
    {
        if (OwnProcess.Told("looking") is null)
            return;
        var icy = Worlds.Empty(1000, 1000);
        var run = new World(icy.Rows(), icy.Rules with { Slip = 0.2 }).Train(episodes: null, options: RunOptions.InMemory);
        RunStatus status;
        while ((status = run.Status()).TruthMessage is null)
            Thread.Yield();
        Console.WriteLine(status.TruthMessage);
        long steps = run.Steps;
        while (run.Steps == steps && !run.Completion.IsCompleted)
            Thread.Yield();
        Console.WriteLine(run.State);
        Environment.Exit(0);
    }
}
