using System.Diagnostics;
using System.Globalization;

namespace GridWorld.Tests;

/// <summary>
/// A run that trains at full speed and is stored, while pages come and go and its file cannot be written now and then: the result is that
/// of a quiet run, and the process grows no further.
/// </summary>
[Collection(nameof(WholeProcess))]
public sealed class SoakTests : IDisposable
{
    const string Name = "soak";
    const int Pages = 20, Samples = 100;

    // docs/store.md: the budgets of checkpoints and of rows.
    const long LargestFile = (256L + 128) << 20;
    static readonly RunSpecification Lake = new(Worlds.FrozenLake4x4(), new QLearning { Epsilon = 0.2 }, Seed: 9, Episodes: null);
    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Long_use_leaves_the_process_as_large_as_it_was_and_the_result_of_a_quiet_run()
    {
        Assert.SkipUnless(Long.Is(Name), "It takes minutes: dotnet run build.cs long soak");
        var (seconds, seed) = (Long.Count(Name, 0, 1000), Long.Seed(Name, 1));
        Long.Say(Name, $"seed {seed}, {seconds} s");
        await using var server = WidgetServer.Start(ServerFixture.Options(store: folder.Path));
        var run = Run.Start(Lake, new() { Store = folder.Path });
        server.Register(run);
        string path = RunFiles.PathOf(folder.Path, run.Id);
        var (watch, samples, faults) = (Stopwatch.StartNew(), new List<long[]>(), 0);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pages = Enumerable.Range(0, Pages)
            .Select(i => LookAsync(server.Url(), Rng.Streams(seed + (ulong)i).World, over.Token)).ToList();

        while (watch.Elapsed.TotalSeconds < seconds)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds) / Samples, Cancel);
            samples.Add(Sample(path));
            if (samples.Count % (Samples / 5) == Samples / 10)
            {
                await LockAsync(path, run);
                faults++;
            }
        }

        await over.CancelAsync();
        long views = (await Task.WhenAll(pages)).Sum();
        run.Stop();
        await run;
        var figures = Quantities.Select((name, q) => $"{name} {string.Join(' ', Fifths(samples, q).Select(f => f[f.Count / 2]))}");
        Long.Say(Name, string.Create(CultureInfo.InvariantCulture, $"{run.Steps} steps, {run.Episodes} episodes, {views} pages, {faults} "
            + $"faults of the store, {run.CheckpointList.Count} checkpoints; medians of fifths: {string.Join("; ", figures)}"));

        Assert.All(samples, sample => Assert.InRange(sample[^1], 0, LargestFile));
        Assert.True(views > 0);
        Assert.Equal(Enumerable.Repeat((RunEventKind[])[RunEventKind.StoreError, RunEventKind.StoreRecovered], faults).SelectMany(k => k),
            run.EventLog.Select(e => e.Kind).Where(k => k is RunEventKind.StoreError or RunEventKind.StoreRecovered));
        // The file fills its budgets first.
        Assert.All(Enumerable.Range(0, Quantities.Length - 1), q => AssertFlat(Quantities[q], Fifths(samples, q)));
        var quiet = new Straight(Lake, run.EventLog, run.Episodes);
        var stored = Run.Open(run.Id, folder.Path);
        Assert.Equal(quiet.Values, stored.Agent().Q);
        Assert.Equal(quiet.Checkpoint.Step, stored.Status().Steps);
        Assert.Equal(quiet.History.Returns(1, run.Episodes, 1000), stored.MetricBuckets(1, run.Episodes, 1000));
    }

    static string[] Quantities => ["resident bytes", "handles", "threads", "file bytes"];

    static long[] Sample(string path)
    {
        using var process = Process.GetCurrentProcess();
        return [process.WorkingSet64, process.HandleCount, process.Threads.Count, new FileInfo(path).Length];
    }

    static List<List<long>> Fifths(List<long[]> samples, int quantity) =>
        [.. samples.Select(s => s[quantity]).Chunk((samples.Count + 4) / 5).Select(fifth => fifth.Order().ToList())];

    // If nothing grows, samples of the second and of the last fifth come from one distribution, and that half of the last are above all of
    // the second has the probability C(20,10)/C(40,10) = 0.0002. The tenth is for a pool that takes one more thread: what leaks a little
    // with each of the thousands of pages grows by more.
    static void AssertFlat(string quantity, List<List<long>> fifths)
    {
        long most = fifths[1].Max() * 11 / 10;
        Assert.True(fifths[^1].Count(s => s > most) * 2 < fifths[^1].Count,
            $"The {quantity} grow: {string.Join(' ', fifths[^1])} at the end, a tenth above the second fifth is {most}.");
    }

    /// <summary>Opens a page, looks at some views, leaves, and begins again until it is over; the number of pages.</summary>
    static async Task<long> LookAsync(string url, Rng random, CancellationToken over)
    {
        long pages = 0;
        for (; !over.IsCancellationRequested; pages++)
        {
            await using var page = await Page.OpenAsync(url, """{"interval_ms":100,"map":{"layer":"value"}}""");
            for (int views = 1 + random.Below(20); views > 0 && !over.IsCancellationRequested; views--)
                await page.NextViewAsync();
        }

        return pages;
    }

    // Another program has the file until the run has noticed.
    static async Task LockAsync(string path, Run run)
    {
        using (var other = StoreFile.Write(path))
        {
            other.Run("PRAGMA busy_timeout = 60000"); // The run writes much of the time.
            other.Run("BEGIN IMMEDIATE");
            await UntilAsync(() => run.StoreError is not null, "Nobody noticed that the file is locked.");
            other.Run("ROLLBACK");
        }

        await UntilAsync(() => run.StoreError is null, "The store did not recover.");
    }

    static Task UntilAsync(Func<bool> isSo, string missing) => Task.Run(() => Wait.Until(isSo, missing), Cancel);
}
