using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>A program that uses the library as a file-based one does: without a kernel.</summary>
static class ProgramProcess
{
    public static Process Start(string what, params (string Name, string Value)[] environment)
    {
        var start = OwnProcess.As("program", what);
        start.RedirectStandardError = false;
        start.Environment["GRIDWORLD_BROWSER_OPEN"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>In the started process: is the program. False in any other.</summary>
    public static bool RunIfAsked()
    {
        if (OwnProcess.Told("program") is not { } what)
            return false;
        var run = Worlds.CliffWalking().Train(new QLearning { LearningRate = 0.5 }, episodes: 2_000, options: RunOptions.InMemory);
        if (what == "inline")
        {
            run.ShowAsync(DisplayMode.Inline).Wait();
            Console.WriteLine($"served: {WidgetServer.IsDefaultRunning}");
            return true;
        }

        if (what != "environment")
            LiveServer.Configure(port: int.Parse(what));
        run.ShowAsync().Wait();
        Console.WriteLine($"over, served: {WidgetServer.IsDefaultRunning}");
        return true;
    }
}
