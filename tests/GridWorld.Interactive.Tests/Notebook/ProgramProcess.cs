using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>A program that uses the library as a file-based one does: without a kernel.</summary>
static class ProgramProcess
{
    const string Variable = "GRIDWORLD_TEST_PROGRAM";

    public static Process Start(string what, params (string Name, string Value)[] environment)
    {
        string[] command = ["dotnet", "exec", typeof(ProgramProcess).Assembly.Location];
        if (OperatingSystem.IsLinux())
            command = ["env", "--default-signal=HUP,INT,TERM", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = what;
        start.Environment["GRIDWORLD_BROWSER_OPEN"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>In the started process: is the program. False in any other.</summary>
    public static bool RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } what)
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
