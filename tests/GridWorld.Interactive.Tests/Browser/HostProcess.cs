using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GridWorld.Tests;

/// <summary>A widget server in a process of its own, to be killed without a warning.</summary>
public sealed class HostProcess : IDisposable
{
    readonly Process process;

    HostProcess(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public Process Process => process;

    /// <summary>Starts one on the first core, with a run that trains at full speed.</summary>
    public static Task<HostProcess> TrainingAsync(int core, double? pace = null) =>
        StartAsync(OwnProcess.As("training host", $"{pace}", "taskset", "-c", $"{core}"), token: null);

    /// <summary>Starts one; it serves a run of always the same id, from some episode on.</summary>
    public static Task<HostProcess> StartAsync(int port, string? token, int episodes) =>
        StartAsync(OwnProcess.As("host", $"{port} {episodes}"), token);

    // In its own folder, because some of what it needs is here a part of the shared framework, of an older version.
    static string Program { get; } = Path.Combine(AppContext.BaseDirectory.Replace(
        Path.Combine("tests", "GridWorld.Interactive.Tests"), "GridWorld.Cli", StringComparison.Ordinal), "GridWorld.Cli.dll");

    /// <summary>Starts the command line, which prints its link on one of its two streams.</summary>
    public static Task<HostProcess> CommandAsync(string token, params string[] arguments) =>
        StartAsync(new("dotnet", ["exec", Program, .. arguments]), token);

    static async Task<HostProcess> StartAsync(ProcessStartInfo start, string? token)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Remove("GRIDWORLD_TOKEN");
        if (token is not null)
            start.Environment["GRIDWORLD_TOKEN"] = token;
        var link = new TaskCompletionSource<string>();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, said) => Look(said.Data);
        process.ErrorDataReceived += (_, said) => Look(said.Data);
        process.Exited += (_,
            _) => link.TrySetException(new InvalidOperationException("The server's process ended before it gave a link."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, await link.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        void Look(string? line)
        {
            if (line is not null && line.StartsWith("http://127.0.0.1:", StringComparison.Ordinal))
                link.TrySetResult(line);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The bytes that its objects take after a full collection.</summary>
    public async Task<long> LiveBytesAsync()
    {
        var answer = new TaskCompletionSource<long>();
        process.OutputDataReceived += Hear;
        await process.StandardInput.WriteLineAsync();
        long bytes = await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
        process.OutputDataReceived -= Hear;
        return bytes;

        void Hear(object sender, DataReceivedEventArgs said)
        {
            if (long.TryParse(said.Data, out long number))
                answer.TrySetResult(number);
        }
    }

    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    /// <summary>In the started process: serves until it is killed, or whoever started it is gone. False in any other.</summary>
    public static bool ServeIfAsked()
    {
        if (OwnProcess.Told("training host") is { } pace)
        {
            Serve(WidgetServer.Start(new()), Worlds.CliffWalking().Train(episodes: null,
                options: RunOptions.InMemory with { Pace = pace.Length > 0 ? double.Parse(pace) : null }));
            return true;
        }

        if (OwnProcess.Told("host")?.Split(' ') is not [var port, var episodes])
            return false;
        var run = new FakeRun(Worlds.CliffWalking(), "kept-run");
        run.Add(Enumerable.Repeat(-50.0, int.Parse(episodes)));
        using var growth = new Timer(_ =>
        {
            run.Add([-13, -17]);
            run.Learn(pair => -pair);
        }, null, 0, 50);
        Serve(WidgetServer.Start(new() { Port = int.Parse(port) }), run);
        return true;
    }

    static void Serve(WidgetServer server, RunView run)
    {
        server.Register(run);
        Console.WriteLine(server.Url(run.Id));
        while (Console.In.ReadLine() is not null)
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
    }
}
