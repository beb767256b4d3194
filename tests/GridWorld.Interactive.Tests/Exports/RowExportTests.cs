using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Analysis;
using Parquet.Serialization;

namespace GridWorld.Tests;

public sealed class RowExportTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Csv_of_every_episode_is_read_back_to_the_last_bit()
    {
        var run = Trained.In(Worlds.Windy(), episodes: 60);

        var file = run.ExportMetrics(folder.At("m.csv"));

        var frame = DataFrame.LoadCsv(file.Path, cultureInfo: CultureInfo.InvariantCulture,
            dataTypes: [typeof(long), typeof(double), typeof(int), typeof(double), typeof(double), typeof(double), typeof(bool),
            typeof(bool)]);
        Assert.Equal((60, "60 rows in " + folder.At("m.csv")), (file.Rows, file.ToString()));
        Assert.Equal(["episode", "return", "length", "epsilon", "learning_rate", "mean_q", "terminated", "truncated"],
            frame.Columns.Select(c => c.Name));
        Assert.Equal(run.EpisodeRecords().Select(e => e.Return), frame["return"].Cast<double>());
        Assert.Equal(run.EpisodeRecords().Select(e => e.Length), frame["length"].Cast<int>());
        Assert.Equal(60, frame["mean_q"].NullCount);
    }

    [Fact]
    public async Task Parquet_of_the_Q_table_holds_the_bits_of_the_agent()
    {
        var run = Trained.In(Worlds.FrozenLake4x4(), episodes: 300);

        run.ExportQTable(folder.At("q.parquet"));

        var rows = (await ParquetSerializer.DeserializeAsync<QRow>(folder.At("q.parquet"),
            cancellationToken: TestContext.Current.CancellationToken)).Data;
        var agent = run.Agent();
        Assert.Equal(agent.Q, rows.Select(r => r.q));
        Assert.Equal(agent.Visits, rows.Select(r => r.visits));
        Assert.Equal(run.SolveExactly()!.OptimalQ, rows.Select(r => r.q_optimal!.Value));
        Assert.Equal((15, 3, 3, 3), (rows[^1].state, rows[^1].x, rows[^1].y, rows[^1].action));
    }

    [Fact]
    public void Csv_quotes_what_RFC_4180_asks_to_be_quoted()
    {
        ExportFolder.Awkward().ExportEvents(folder.At("e.csv"));

        Assert.Equal("""
            seq,session_id,episode,event,param,old_value,new_value,message,timestamp
            1,fake-run,0,run_started,,,,,2026-11-26T12:00:00+00:00
            2,fake-run,3,param_change,epsilon,0.1,"{""schedule"":""linear"",""from"":1,""to"":0,""over"":5,""unit"":""episodes""}",,2026-11-26T12:00:10+00:00
            3,fake-run,5,training_error,,,,"it said: ""no"",
            and ended",2026-11-26T12:00:20+00:00

            """.ReplaceLineEndings("\n"), File.ReadAllText(folder.At("e.csv")));
    }

    [Fact]
    public async Task Parquet_keeps_texts_times_and_what_is_missing()
    {
        ExportFolder.Awkward().ExportEvents(folder.At("e.parquet"));

        var rows = (await ParquetSerializer.DeserializeAsync<EventRow>(folder.At("e.parquet"),
            cancellationToken: TestContext.Current.CancellationToken)).Data;
        Assert.Equal([null, "epsilon", null], rows.Select(r => r.param));
        Assert.Equal("it said: \"no\",\nand ended", rows[2].message);
        Assert.Equal(new DateTime(2026, 11, 26, 12, 0, 10, DateTimeKind.Utc), rows[1].timestamp);
    }

    [Theory]
    [InlineData("m.csv")]
    [InlineData("m.jsonl")]
    [InlineData("m.json")]
    [InlineData("m.parquet")]
    public async Task What_is_not_a_number_stays_what_it_is(string name)
    {
        ExportFolder.Awkward().ExportMetrics(folder.At(name));

        var returns = await Returns(folder.At(name));

        Assert.Equal([-1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2], returns);
    }

    [Theory]
    [InlineData("m.csv")]
    [InlineData("m.jsonl")]
    [InlineData("m.json")]
    [InlineData("m.parquet")]
    public async Task Run_without_an_episode_gives_a_file_without_rows(string name)
    {
        var run = Worlds.CliffWalking().Train(options: RunOptions.InMemory with { StartPaused = true });

        var file = run.ExportMetrics(folder.At(name));
        run.Stop();

        Assert.Equal(0, file.Rows);
        Assert.Empty(await Returns(folder.At(name)));
    }

    [Fact]
    public async Task Million_episodes_go_through_in_pages()
    {
        var run = Trained.In(World.Parse("SG"), episodes: 1_000_000);

        var file = run.ExportMetrics(folder.At("m.parquet"));

        var rows = (await ParquetSerializer.DeserializeAsync<MetricRow>(folder.At("m.parquet"),
            cancellationToken: TestContext.Current.CancellationToken)).Data;
        Assert.Equal((1_000_000, 1_000_000), (file.Rows, rows.Count));
        Assert.Equal(1_000_000L * 1_000_001 / 2, rows.Sum(r => r.episode));
        Assert.Equal(run.Steps, rows.Sum(r => (long)r.length));
    }

    [Fact]
    public void Export_that_fails_leaves_the_file_that_was_there()
    {
        File.WriteAllText(folder.At("m.csv"), "old");
        var failing = new ExportKind("failing", [".csv"], (_, to) =>
        {
            to.Write("half"u8);
            throw new IOException("disk full");
        });

        Assert.Throws<IOException>(() => failing.To(folder.At("m.csv"), ExportFolder.Awkward()));

        Assert.Equal("old", File.ReadAllText(folder.At("m.csv")));
        Assert.Equal(["m.csv"], folder.Files);
    }

    [Theory]
    [InlineData("x.xls",
        "Cannot write metrics to 'x.xls'. The file name must end in .csv, .json, .jsonl or .parquet, or contain 'tfevents' for"
        + " TensorBoard.")]
    [InlineData("x.npz",
        "Cannot write metrics to 'x.npz'. The file name must end in .csv, .json, .jsonl or .parquet, or contain 'tfevents' for"
        + " TensorBoard.")]
    public void Unknown_format_is_told_with_those_there_are(string name, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => ExportFolder.Awkward().ExportMetrics(name)).Message);

    static async Task<double[]> Returns(string path) => Path.GetExtension(path) switch
    {
        ".csv" => [.. (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Skip(1)
            .Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))],
        ".jsonl" => [
            .. (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Select(line =>
                Number(JsonDocument.Parse(line).RootElement.GetProperty("return")))],
        ".json" => [.. JsonDocument.Parse(await File.ReadAllTextAsync(path,
            TestContext.Current.CancellationToken)).RootElement.EnumerateArray().Select(row => Number(row.GetProperty("return")))],
        _ => [.. (await ParquetSerializer.DeserializeAsync<MetricRow>(path,
            cancellationToken: TestContext.Current.CancellationToken)).Data.Select(r => r.@return)],
    };

    static double Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture) : json.GetDouble();

    sealed class MetricRow
    {
        public long episode { get; set; }

        public double @return { get; set; }

        public int length { get; set; }
    }

    sealed class QRow
    {
        public int state { get; set; }

        public int x { get; set; }

        public int y { get; set; }

        public int action { get; set; }

        public double q { get; set; }

        public long visits { get; set; }

        public double? q_optimal { get; set; }
    }

    sealed class EventRow
    {
        public string? param { get; set; }

        public string? message { get; set; }

        public DateTime timestamp { get; set; }
    }
}
