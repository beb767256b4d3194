#:property PublishAot=false
#:project ../GridWorld.Engine/GridWorld.Engine.csproj
// Listing a folder of many runs: dotnet run -c Release bench/store.cs -- [RUNS]
// The runs are made once and kept in artifacts/, which takes a few minutes.

using System.Diagnostics;
using System.Globalization;
using GridWorld;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var here = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var runs = args.Length > 0 ? int.Parse(args[0]) : 10_000;
var store = Path.Combine(Path.GetDirectoryName(here)!, "artifacts", $"store-{runs}");
var index = Path.Combine(store, ".runs.index");
var there = Directory.Exists(store) ? Directory.GetFiles(store, "*.run.db").Length : 0;
var options = new RunOptions { Store = store };
Parallel.For(there, runs, new() { MaxDegreeOfParallelism = 16 },
    i => Run.Start(new(Worlds.Empty(4, 4), new QLearning(), Seed: (ulong)i, Episodes: 1), options).Completion.Wait());
foreach (var file in Directory.GetFiles(store, "*.run.db"))
    File.SetLastWriteTimeUtc(file, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

// A folder of another name is a new one to this process: what it knows comes from the index alone.
StoreFolder.List(Path.GetTempPath());
File.Delete(index);
Measure("without an index", store);
var warm = Enumerable.Range(0, 9).Select(_ => Measure("again", store)).Order().ElementAt(4);
var renamed = store + "-renamed";
Directory.Move(store, renamed);
var cold = Measure("with the index, read from disk", renamed);
Directory.Move(renamed, store);
Console.WriteLine($"{runs} runs: {cold:F0} ms cold (target 1000), {warm:F0} ms warm (target 50)");

static double Measure(string what, string folder)
{
    var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
    int count = StoreFolder.List(folder).Count;
    Console.WriteLine(
        $"{what}: {count} runs in {watch.Elapsed.TotalMilliseconds:F1} ms,"
        + $" {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds:F1} ms of processor time");
    return watch.Elapsed.TotalMilliseconds;
}
