using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>
/// A process that loads the library as a notebook's kernel does, trains a stored run and shows it live, until it dies in one way or
/// another.
/// </summary>
sealed class KernelProcess : IDisposable
{
    readonly Process starter;

    KernelProcess(Process starter, string[] said) =>
        (this.starter, Id, Port, Run) = (starter, int.Parse(said[0]), int.Parse(said[1]), said[2]);

    /// <summary>The kernel's own process id.</summary>
    public int Id { get; }

    public int Port { get; }

    public string Run { get; }

    /// <summary>
    /// Starts one, with the signals a terminal or an editor leaves it; under a shell, that stands for the editor, where asked for.
    /// </summary>
    public static async Task<KernelProcess> StartAsync(string store, CancellationToken stop, bool underShell = false)
    {
        var start = OwnProcess.As("kernel", store, underShell ? ["sh", "-c", "\"$@\" & wait", "sh"] : []);
        start.RedirectStandardError = false;
        var process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync(stop)
            ?? throw new InvalidOperationException("The kernel's process ended before it showed a run.");
        return new(process, line.Split(' '));
    }

    /// <summary>A line on its standard input.</summary>
    public void Say(string line) => starter.StandardInput.WriteLine(line);

    /// <summary>A signal to the kernel.</summary>
    public async Task SignalAsync(string name, CancellationToken stop)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        await kill.WaitForExitAsync(stop);
    }

    /// <summary>Whoever started it dies without a word.</summary>
    public void KillStarter() => starter.Kill();

    public Task EndAsync(CancellationToken stop) => starter.WaitForExitAsync(stop);

    public void Dispose()
    {
        try
        {
            using var kernel = Process.GetProcessById(Id);
            kernel.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }

        starter.Dispose();
    }

    /// <summary>In the started process: is the kernel. False in any other.</summary>
    public static bool RunIfAsked()
    {
        if (OwnProcess.Told("kernel") is not { } store)
            return false;
        var registered = new List<IDisposable>();
        KernelExtension.Load(new() { RegisterForDisposal = registered.Add });
        var run = Worlds.CliffWalking()
            .Train(new QLearning { LearningRate = 0.5 }, episodes: null, options: new RunOptions { Store = store, Pace = 20_000 });
        var link = LiveLink.To(run);
        Wait.Until(() => run.CheckpointList is [.., { Episode: >= 100 }], "No checkpoint came.");
        Console.WriteLine($"{Environment.ProcessId} {new Uri(link.Url).Port} {run.Id}");
        switch (Console.ReadLine())
        {
            case "quit": // As VS Code ends a kernel: nothing is disposed of.
                Environment.Exit(0);
                break;
            case "pause and quit": // At a pace it pauses where it is, mostly during an episode.
                run.Pause();
                Environment.Exit(0);
                break;
            case "shutdown": // As Jupyter does.
                registered.ForEach(item => item.Dispose());
                break;
            default: // Its input is closed, and it lives on, as kernels do.
                Thread.Sleep(Timeout.Infinite);
                break;
        }

        return true;
    }
}
