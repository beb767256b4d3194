#:property PublishAot=false
#:project ../GridWorld.Engine/GridWorld.Engine.csproj
// Many small trials, a few large ones, and many seeds: dotnet run -c Release bench/sweeps.cs -- [TRIALS]

using System.Diagnostics;
using System.Globalization;
using GridWorld;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int trials = args.Length > 0 ? int.Parse(args[0]) : 20_000;
string store = Directory.CreateTempSubdirectory("gridworld-bench-").FullName;
try
{
    await SmallAsync(1000);
    await SmallAsync(trials);
    await LargeAsync();
    await SeedsAsync();
}
finally
{
    Directory.Delete(store, recursive: true);
}

// Ten episodes of at most 100 steps: nearly every one is truncated.
async Task SmallAsync(int count)
{
    var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
    var sweep = new Sweep
    {
        Name = $"small-{count}", Worlds = ["empty-10x10"], Episodes = 10, MaxSteps = 100, Seeds = 1, TestSeeds = 0, Trials = count,
        Sampler = SweepSampler.Random,
        Space = [SearchParameter.LogUniform("learning_rate", 0.01, 1), SearchParameter.Uniform("epsilon", 0.01, 0.3)],
    }.Start(new() { Store = store });
    await sweep;
    double seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{count} trials of {sweep.Status().Steps / count} steps, all stored: {count / seconds:F0} a second (target 4000), "
        + $"{(Environment.CpuUsage.TotalTime - busy).TotalMicroseconds / count:F0} µs of processor time each, "
        + $"file {new FileInfo(sweep.StorePath).Length / 1e6:F1} MB, process at most {Environment.WorkingSet / 1e6:F0} MB");
}

// The same runs by the same number of threads, without a sweep and without a file.
async Task LargeAsync()
{
    const int runs = 8, rounds = 3;
    const long episodes = 3_200_000;
    var ratios = new List<double>();
    for (int round = 0; round < rounds; round++)
    {
        var watch = Stopwatch.StartNew();
        int next = 0;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            for (int seed; (seed = Interlocked.Increment(ref next)) <= runs;)
                Run.Start(new(Worlds.Get("empty-10x10"), new QLearning(), (ulong)seed, episodes), RunOptions.InMemory).Completion.Wait();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        double bare = watch.Elapsed.TotalSeconds;
        watch.Restart();
        var sweep = new Sweep { Name = $"large-{round}", Worlds = ["empty-10x10"], Episodes = episodes, Seeds = runs, TestSeeds = 0 }
            .Start(new() { Store = store });
        await sweep;
        ratios.Add(bare / watch.Elapsed.TotalSeconds);
        Console.WriteLine($"round {round + 1}: {sweep.Status().Steps / watch.Elapsed.TotalSeconds / 1e6:F0} million steps a second");
    }

    Console.WriteLine($"{runs} large runs: {ratios.Order().ElementAt(rounds / 2):F2} of the speed of single runs (target 0.95)");
}

async Task SeedsAsync()
{
    const int seeds = 10_000;
    long before = GC.GetTotalMemory(forceFullCollection: true);
    var watch = Stopwatch.StartNew();
    var ensemble = Worlds.CliffWalking().Train(new QLearning(), episodes: 1000, seeds: seeds, options: new() { Store = store });
    await ensemble;
    double speed = ensemble.Status().StepsPerSecond / 1e6;
    Console.WriteLine($"{seeds} seeds: {watch.Elapsed.TotalSeconds:F1} s, {speed:F0} million steps a second, "
        + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} MB managed (target 200)");
    GC.KeepAlive(ensemble);
}
