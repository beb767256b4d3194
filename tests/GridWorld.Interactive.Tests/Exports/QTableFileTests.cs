namespace GridWorld.Tests;

public sealed class QTableFileTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A file of every format.</summary>
    public static TheoryData<string> Names => ["q.csv", "q.json", "q.jsonl", "q.parquet", "q.npz"];

    [Theory, MemberData(nameof(Names))]
    public void Table_that_was_exported_is_read_back_to_the_last_bit(string name)
    {
        var run = Trained.In(Worlds.WindyKings(), episodes: 100);
        run.ExportQTable(folder.At(name));

        var read = QTableFile.Load(folder.At(name), run.World);

        Assert.Equal(run.Agent().Q, read.Values.ToArray());
    }

    [Fact]
    public async Task Run_goes_on_where_the_table_left_off()
    {
        var teacher = Trained.In(Worlds.CliffWalking(), episodes: 2000);
        teacher.ExportQTable(folder.At("q.npz"));

        var pupil = Worlds.CliffWalking()
            .Train(new QLearning { Epsilon = 0 }, episodes: 1, options: RunOptions.InMemory,
            initialQ: QTableFile.Load(folder.At("q.npz"), Worlds.CliffWalking()));
        await pupil;

        Assert.Equal(teacher.Agent().Q, pupil.AgentAt(0, TestContext.Current.CancellationToken).Q);
        Assert.Equal((-13, 13), (pupil.RawEpisodes(1, 1)[0].Return, pupil.RawEpisodes(1, 1)[0].Length));
    }

    [Theory]
    [InlineData("q.csv", "state,action,q\n0,0,1\n", "there is no value for state 0 and action 1.")]
    [InlineData("q.csv", "state,action,q\n0,0,1\n0,0,2\n", "row 2 repeats state 0 and action 0.")]
    [InlineData("q.csv", "state,action,q\n0,0,1\n2,0,2\n",
        "row 2 has state 2 and action 0; the world has states 0 to 1 and actions 0 to 3.")]
    [InlineData("q.csv", "state,q\n0,0,1\n", "its first line must name the columns state, action and q.")]
    [InlineData("q.csv", "state,action,q\n0,0,1\n0,1,much\n", "row 2: q must be a number (got much).")]
    [InlineData("q.csv", "state,action,q\n0,0\n", "row 1: q must be a number (got ).")]
    [InlineData("q.csv", "state,action,q\n0.5,0,1\n", "row 1 has state 0.5 and action 0; the world has states 0 to 1 and actions 0 to 3.")]
    [InlineData("q.csv", "state,action,q\n0,0,NaN\n", "row 1: q must be finite (got NaN).")]
    [InlineData("q.csv", "state,action,q\n0,0,\"1\n", "a quoted field does not end.")]
    [InlineData("q.csv", "state,action,q\n0,0,x\n0,9,1\n",
        "row 1: q must be a number (got x).\nThe Q-table 'FILE' does not fit: row 2 has state 0 and action 9; the world has states 0 to"
        + " 1 and actions 0 to 3.")]
    [InlineData("q.json", "[{\"state\":0}]", "row 1: action must be a number")]
    [InlineData("q.jsonl", "{\"state\":0,\"action\":0,\"q\":\"much\"}", "row 1: q must be a number (got much).")]
    [InlineData("q.json", "[[[", "cannot be read")]
    [InlineData("q.npz", "no zip", "cannot be read")]
    [InlineData("q.parquet", "no parquet", "cannot be read")]
    [InlineData("q.xls", "", "The file name must end in .csv, .json, .jsonl, .parquet or .npz.")]
    public void What_does_not_fit_is_told(string name, string content, string message)
    {
        File.WriteAllText(folder.At(name), content);

        Assert.Contains(message.Replace("FILE", Printable.Text(folder.At(name))),
            Assert.Throws<InputException>(() => QTableFile.Load(folder.At(name), World.Parse("SG"))).Message);
    }

    // As spreadsheets and data frames write them: quoted fields with commas and line ends, other columns, whole numbers as 0.0, a byte
    // order mark.
    [Theory]
    [InlineData("\uFEFFnote,state,\"action\",q\r\n\"a,"
        + " \"\"b\"\"\r\nc\",0.0,\"0\",1.5\r\nd,0,1.0,-2e3\r\n\r\n,0,2,\"0.25\"\r\n\"\",0,3,4\r\n,1,0,5\r\n,1,1,6\r\n,1,2,7\r\n,1,3,8")]
    [InlineData("q,state,action\r1.5,0,0\r-2000,0,1\r.25,0,2\r4,0,3\r5,1,0\r6,1,1\r7,1,2\r8,1,3\r")]
    public void Quoted_fields_and_whole_numbers_with_a_point_are_read(string csv)
    {
        File.WriteAllText(folder.At("q.csv"), csv);

        Assert.Equal([1.5, -2000, 0.25, 4, 5, 6, 7, 8], QTableFile.Load(folder.At("q.csv"), World.Parse("SG")).Values.ToArray());
    }

    [Fact]
    public void Parquet_file_with_more_rows_than_the_world_has_pairs_is_refused_before_they_are_read()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 2);
        run.ExportQTable(folder.At("q.parquet"));

        Assert.Equal(
            $"The Q-table '{folder.At("q.parquet")}' does not fit: it has more rows than the world has pairs of state and action, 8.",
            Assert.Throws<InputException>(() => QTableFile.Load(folder.At("q.parquet"), World.Parse("SG"))).Message);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(9)]
    public void Parquet_file_that_claims_a_footer_longer_than_itself_is_refused(int footer)
    {
        File.WriteAllBytes(folder.At("q.parquet"), [.. "PAR1"u8, .. new byte[8], .. BitConverter.GetBytes(footer), .. "PAR1"u8]);

        Assert.Contains($"claims {footer} bytes of 20",
            Assert.Throws<InputException>(() => QTableFile.Load(folder.At("q.parquet"), World.Parse("SG"))).Message);
    }

    // As pandas and Polars write them: a column may lack values, and there are other columns.
    [Theory]
    [InlineData(8, null)]
    [InlineData(7, "column 'q' has rows without a value.")]
    public void Parquet_file_whose_columns_may_lack_values_is_read_if_none_is_missing(int values, string? message)
    {
        using (var file = File.Create(folder.At("q.parquet")))
        {
            var rows = new ParquetRows(file, ["note", "q", "action", "state"],
                [typeof(string), typeof(double?), typeof(int?), typeof(long)]);
            for (int i = 0; i < 8; i++)
                rows.Add([$"row {i}", i < values ? i / 3.0 : null, i % 4, (long)i / 4]);
            rows.Complete();
        }

        double[] Read() => QTableFile.Load(folder.At("q.parquet"), World.Parse("SG")).Values.ToArray();

        if (message is null)
            Assert.Equal(Enumerable.Range(0, 8).Select(i => i / 3.0), Read());
        else
            Assert.Contains(message, Assert.Throws<InputException>(Read).Message);
    }

    [Fact]
    public void Table_of_another_world_does_not_fit()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 2);
        run.ExportQTable(folder.At("q.npz"));

        Assert.Contains("its array 'q' must be float64 of shape (70, 4), row by row",
            Assert.Throws<InputException>(() => QTableFile.Load(folder.At("q.npz"), Worlds.Windy())).Message);
    }

    [Fact]
    public void Table_that_NumPy_wrote_is_read()
    {
        string path = folder.At("n.npz");
        ExportFolder.Python("import sys, numpy as np; np.savez_compressed(sys.argv[1], q=np.arange(8, dtype=float).reshape(2, 4) / 3)",
            path);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => i / 3.0), QTableFile.Load(path, World.Parse("SG")).Values.ToArray());
    }
}
