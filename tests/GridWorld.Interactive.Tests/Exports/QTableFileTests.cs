namespace GridWorld;

public sealed class QTableFileTests : IDisposable
{
    readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("q.csv")]
    [InlineData("q.json")]
    [InlineData("q.jsonl")]
    [InlineData("q.parquet")]
    [InlineData("q.npz")]
    public void Table_that_was_exported_is_read_back_to_the_last_bit(string name)
    {
        var run = Trained.In(Worlds.WindyKings(), episodes: 100);
        run.ExportQTable(folder.At(name));

        var read = QTableFile.Load(folder.At(name), run.World);

        Assert.Equal(run.View.Agent().Q, read.Values.ToArray());
    }

    [Fact]
    public async Task Run_goes_on_where_the_table_left_off()
    {
        var teacher = Trained.In(Worlds.CliffWalking(), episodes: 2000);
        teacher.ExportQTable(folder.At("q.npz"));

        var pupil = Worlds.CliffWalking().Train(new QLearning { Epsilon = 0 }, episodes: 1, options: RunOptions.InMemory, initialQ: QTableFile.Load(folder.At("q.npz"), Worlds.CliffWalking()));
        await pupil;

        Assert.Equal(teacher.View.Agent().Q, pupil.At(0, TestContext.Current.CancellationToken).Q);
        Assert.Equal((-13, 13), (pupil.View.Episodes(1, 1)[0].Return, pupil.View.Episodes(1, 1)[0].Length));
    }

    [Theory]
    [InlineData("q.csv", "state,action,q\n0,0,1\n", "there is no value for state 0 and action 1.")]
    [InlineData("q.csv", "state,action,q\n0,0,1\n0,0,2\n", "row 2 gives state 0 and action 0 a second time.")]
    [InlineData("q.csv", "state,action,q\n0,0,1\n2,0,2\n", "row 2 is of state 2 and action 0; the world has states 0 to 1 and actions 0 to 3.")]
    [InlineData("q.csv", "state,q\n0,0,1\n", "its first line must name the columns state, action and q.")]
    [InlineData("q.csv", "state,action,q\n0,0,much\n", "cannot be read")]
    [InlineData("q.json", "[{\"state\":0}]", "cannot be read")]
    [InlineData("q.json", "[[[", "cannot be read")]
    [InlineData("q.npz", "no zip", "cannot be read")]
    [InlineData("q.parquet", "no parquet", "cannot be read")]
    [InlineData("q.xls", "", "It may end in .csv, .json, .jsonl, .parquet or .npz.")]
    public void What_does_not_fit_is_told(string name, string content, string message)
    {
        File.WriteAllText(folder.At(name), content);

        Assert.Contains(message, Assert.Throws<InputException>(() => QTableFile.Load(folder.At(name), World.Parse("SG"))).Message);
    }

    [Fact]
    public void Table_of_another_world_does_not_fit()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 2);
        run.ExportQTable(folder.At("q.npz"));

        Assert.Contains("its array 'q' must be float64 of shape (70, 4), row by row", Assert.Throws<InputException>(() => QTableFile.Load(folder.At("q.npz"), Worlds.Windy())).Message);
    }

    [Fact]
    public void Table_that_NumPy_wrote_is_read()
    {
        string path = folder.At("n.npz");
        ExportFolder.Python("import sys, numpy as np; np.savez_compressed(sys.argv[1], q=np.arange(8, dtype=float).reshape(2, 4) / 3)", path);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => i / 3.0), QTableFile.Load(path, World.Parse("SG")).Values.ToArray());
    }
}
