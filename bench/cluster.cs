#:property PublishAot=false
// What a cluster costs: dotnet run -c Release bench/cluster.cs -- [TRIALS [PROGRAM]]
// PROGRAM is an installed gridworld command. Default: GridWorld.Cli, which must have been built in Release.

using System.Diagnostics;
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int trials = args.Length > 0 ? int.Parse(args[0]) : 100_000;
string root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
string[] program = args.Length > 1 ? [args[1]]
    : ["dotnet", Path.Combine(root, "GridWorld.Cli", "bin", "Release", "net10.0", "GridWorld.Cli.dll")];
string folder = Directory.CreateTempSubdirectory("gridworld-bench-").FullName;
try
{
    Empty();
    Speed();
}
finally
{
    Directory.Delete(folder, recursive: true);
}

// The start of the runtime and of the silos, which compile for seconds, is the same for few trials as for many.
void Empty()
{
    var (few, many) = (Corridor(trials / 2), Corridor(trials));
    double Each(Func<(Part Alone, Part Home, Part Worker), double> of) => 1000 * (of(many) - of(few)) / (trials - trials / 2);
    var (alone, home, worker) = (Each(p => p.Alone.Busy), Each(p => p.Home.Busy), Each(p => p.Worker.Busy));
    Console.WriteLine($"{trials} empty trials: {Each(p => p.Alone.Seconds):F3} ms each alone, {Each(p => p.Home.Seconds):F3} ms with one "
        + $"remote worker; processor time {alone:F3} ms alone, {home:F3} ms at home and {worker:F3} ms on the worker, so the cluster adds "
        + $"{home + worker - alone:F3} ms (target 0.1)");
    Console.WriteLine($"start of a worker: {few.Worker.Joined:F1} s; memory: worker {many.Worker.Memory:F0} MB, "
        + $"home {many.Home.Memory:F0} MB (alone {many.Alone.Memory:F0} MB)");
}

// A corridor of two cells and one step: nothing but the start of a run, its hash and its rows in the file.
(Part Alone, Part Home, Part Worker) Corridor(int count)
{
    File.WriteAllText(Path.Combine(folder, "corridor.txt"), "SG\n");
    string file = Write($"empty{count}", $$"""
        { "world": "corridor.txt", "episodes": 1, "max_steps": 1, "seeds": 1, "test_seeds": 0, "sampler": "random", "trials": {{count}},
          "space": { "learning_rate": { "log_uniform": [0.01, 1] } } }
        """);
    var (alone, _) = Train(file, 1, []);
    var (cluster, workers) = Train(file, 0, ["--threads", "1"]);
    return (alone, cluster, workers[0]);
}

// Here, too, the difference of many and few leaves the start out.
void Speed()
{
    string Cliff(int count) => Write($"speed{count}", $$"""
        { "world": "cliff-walking", "episodes": 300000, "seeds": 2, "test_seeds": 0, "sampler": "random", "trials": {{count}},
          "space": { "learning_rate": { "uniform": [0.1, 1] } } }
        """);
    var (few, many) = (Cliff(50), Cliff(250));
    double Seconds(int threads, params string[][] workers) =>
        Train(many, threads, workers).Home.Seconds - Train(few, threads, workers).Home.Seconds;
    double one = Seconds(1), two = Seconds(2);
    double worker = Seconds(0, ["--threads", "1"]), workers = Seconds(0, ["--threads", "1"], ["--threads", "1"]);
    Console.WriteLine($"two workers of one thread are {worker / workers:F2} times as fast as one (target 1.9); "
        + $"two threads of one process {one / two:F2} times; one worker takes {worker / one:F2} times as long as one thread");
}

string Write(string name, string json)
{
    string file = Path.Combine(folder, name + ".sweep.json");
    File.WriteAllText(file, json);
    return file;
}

(Part Home, List<Part> Workers) Train(string file, int threads, params string[][] workers)
{
    int number = Directory.GetDirectories(folder).Length;
    string[] listen = workers is [[]] or [] ? [] : ["--listen", "127.0.0.1:0"];
    var home = new Part(program, folder, ["sweep", file, "--store", $"store{number}", "--threads", $"{threads}", .. listen]);
    string? address = listen.Length > 0 ? home.Line("listening ") : null;
    var others = address is null ? []
        : workers.Select(w => new Part(program, folder, ["worker", "--join", address["listening ".Length..], .. w])).ToList();
    others.ForEach(worker => worker.Line("joined "));
    home.End();
    others.ForEach(worker => worker.End());
    return (home, others);
}

// A process, with what it used.
sealed class Part
{
    readonly Process process;
    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly List<string> lines = [];
    readonly Thread watching;
    string output = "";

    public Part(string[] program, string folder, string[] arguments)
    {
        process = Process.Start(new ProcessStartInfo(program[0], [.. program[1..], .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        })!;
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.OutputDataReceived += (_, e) => output += e.Data + '\n';
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        watching = new(Watch);
        watching.Start();
    }

    /// <summary>Seconds of training, from the first moment that anyone could train to the end.</summary>
    public double Seconds { get; private set; }

    public double Busy { get; private set; }

    public double Memory { get; private set; }

    public double Joined { get; private set; }

    public string Line(string start)
    {
        while (true)
        {
            lock (lines)
            {
                if (lines.Find(line => line.StartsWith(start, StringComparison.Ordinal)) is { } found)
                    return found;
                if (process.HasExited)
                    throw new InvalidOperationException($"It ended: {string.Join('\n', lines)}");
                Monitor.Wait(lines, 100);
            }
        }
    }

    public void End()
    {
        process.WaitForExit();
        watching.Join();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"It failed: {string.Join('\n', lines)}");
        // A process without workers knows how long it trained; the start of the runtime is not part of it.
        if (begun is null && output.Split("seconds") is [_, var rest, ..])
            Seconds = double.Parse(rest.Trim().Split(' ', '\n')[0]);
    }

    void Add(string? line)
    {
        lock (lines)
        {
            if (line is null)
                return;
            if (line.StartsWith("joined", StringComparison.Ordinal))
                Joined = watch.Elapsed.TotalSeconds;
            if (line.Contains("has joined", StringComparison.Ordinal))
                begun ??= watch.Elapsed.TotalSeconds;
            lines.Add(line);
            Monitor.PulseAll(lines);
        }
    }

    double? begun;

    // The last figures before the end; the start of the runtime is not counted as training.
    void Watch()
    {
        while (!process.HasExited)
        {
            try
            {
                process.Refresh();
                (Busy, Memory) = (process.TotalProcessorTime.TotalSeconds, Math.Max(Memory, process.WorkingSet64 / 1e6));
            }
            catch (InvalidOperationException)
            {
                break;
            }

            Thread.Sleep(20);
        }

        Seconds = watch.Elapsed.TotalSeconds - (begun ?? 0);
    }
}
