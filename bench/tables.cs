#:project ../GridWorld.Interactive
#:property PublishAot=false
using System.Diagnostics;
using GridWorld;

// A million rows as a DataFrame: the median of seven, after one to warm up.
var episodes = World.Parse("SG").Train(episodes: 1_000_000, options: RunOptions.InMemory);
var pairs = Worlds.Get("empty-500x500").Train(episodes: 20, options: RunOptions.InMemory);
await episodes;
await pairs;
Measure("run.Metrics()", () => episodes.Metrics().Rows.Count);
Measure("run.QTable()", () => pairs.QTable().Rows.Count);
Measure("metrics.parquet", () => Export(path => episodes.ExportMetrics(path), ".parquet"));
Measure("metrics.csv", () => Export(path => episodes.ExportMetrics(path), ".csv"));
Measure("q.npz", () => Export(path => pairs.ExportQTable(path), ".npz"));

static long Export(Func<string, ExportedFile> export, string ending)
{
    string path = Path.ChangeExtension(Path.GetTempFileName(), ending);
    long rows = export(path).Rows;
    File.Delete(path);
    return rows;
}

static void Measure(string what, Func<long> make)
{
    long rows = make();
    var times = Enumerable.Range(0, 7).Select(_ =>
    {
        var watch = Stopwatch.StartNew();
        make();
        return watch.Elapsed.TotalMilliseconds;
    }).Order().ToArray();
    Console.WriteLine($"{what,-16} {rows,9:N0} rows {times[3],6:F0} ms");
}
