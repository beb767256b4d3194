namespace GridWorld.Tests;

/// <summary>Whatever happens to a run's file: all that is read of it is right, or an error that names the file.</summary>
public sealed class DamageTests : IDisposable
{
    const string Name = "damage";
    static readonly int Cases = (int)Long.Count(Name, 200, 10_000);
    static readonly ulong Seed = Long.Seed(Name, 99);
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake(long episodes) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 11, Episodes: episodes);

    [Fact]
    public async Task Damaged_file_of_a_short_run_gives_the_right_data_or_a_clear_error() => Try(await Short(), Cases * 2 / 5);

    [Fact]
    public async Task Damaged_file_of_a_long_run_that_went_back_gives_the_right_data_or_a_clear_error() =>
    Try(await WentBack(), Cases * 2 / 5);

    [Fact]
    public void Damaged_log_of_a_run_that_was_killed_gives_the_right_data_or_a_clear_error()
    {
        string path = Killed(out string id);
        string log = path + "-wal";
        var (good, goodLog) = (File.ReadAllBytes(path), File.ReadAllBytes(log));
        var right = StoredPicture.Of(folder.Path, id);
        Assert.Empty(right.Errors);
        var newest = Run.Open(id, folder.Path).Agent();
        var damages = new Damages(Seed);
        // Zeros and pages that change places are aligned with the file, not with the log's frames. A log that ends early is one after a
        // power cut.
        Damage[] kinds = [Damage.FlippedBits, Damage.ZeroedPage, Damage.SwappedPages, Damage.OverwrittenBytes];
        int whole = 0;
        for (int i = 0; i < Cases / 5; i++)
        {
            bool isLog = i % 4 != 0;
            File.WriteAllBytes(path, good);
            File.WriteAllBytes(log, goodLog);
            string which = $"Case {i} ({(isLog ? "log" : "file")}): {damages.Next(isLog ? log : path, isLog ? goodLog : good, [], kinds)}.";

            var picture = StoredPicture.Of(folder.Path, id);

            Assert.True(picture.DifferenceFrom(right) is null, $"{which} {picture.DifferenceFrom(right)}");
            Assert.All(picture.Errors.Values, e => Assert.True(e.Contains(path, StringComparison.Ordinal), $"{which} {e}"));
            whole += picture.Errors.Count == 0 ? 1 : 0;
            if (i % 10 == 0)
                Resume(id, newest, which);
            DeleteLogs(path);
        }

        Long.Say(Name, $"seed {Seed}, {Cases / 5} damages to a log and its file, {whole} of them without effect, the others errors");
        Assert.InRange(whole, 1, Cases / 5 - 1);
    }

    // A file and its log as a process leaves them that is killed, whatever it wrote last being on disk for sure.
    string Killed(out string id)
    {
        string living = Path.Combine(folder.Path, "living");
        using (var process = TrainingProcess.Start(living, pace: 20_000))
        {
            string found = id = process.Training();
            Wait.Until(() => StoreFolder.Find(found, living).Episodes > 500, "It did not train.");
            process.Kill();
        }

        string from = RunFiles.PathOf(living, id), to = RunFiles.PathOf(folder.Path, id);
        using (var connection = StoreFile.Write(from))
        {
            var standing = StoredProgress.Read(connection);
            // The last transaction may be cut off by a power cut: it has nothing that is seen. So many, that no one damage takes all that
            // tell of those before.
            for (int i = 0; i < 20; i++)
                connection.Atomically(() => standing.Write(connection, standing.Updated));
            File.Copy(from, to);
            File.Copy(from + "-wal", to + "-wal");
        }

        Directory.Delete(living, recursive: true);
        return to;
    }

    [Fact]
    public async Task Each_deleted_row_is_missed()
    {
        var (path, id, good, _) = await Short();
        foreach (string table in StoreTable.Sealed.Select(t => t.Name).Append("episodes").Append("seal"))
        {
            File.WriteAllBytes(path, good);
            using (var connection = StoreFile.Write(path))
            {
                connection.Run(table == "buckets"
                    ? "DELETE FROM buckets WHERE level = 6" : $"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})");
                connection.Run("PRAGMA journal_mode = DELETE");
            }

            var picture = StoredPicture.Of(folder.Path, id);

            Assert.True(picture.Errors.Count > 0, $"Nobody missed a row of {table}.");
            Assert.All(picture.Errors.Values, e => Assert.Contains(path, e, StringComparison.Ordinal));
            Assert.NotEmpty(picture.Faults.Concat(picture.Errors.Values));
        }
    }

    [Fact]
    public async Task Damaged_newest_checkpoint_is_named_with_the_way_out_and_resume_takes_it()
    {
        var (path, id, good, _) = await Short();
        var right = Run.Open(id, folder.Path).Agent();
        using (var connection = StoreFile.Write(path))
        {
            connection.Run("UPDATE section SET digest = zeroblob(16) WHERE checkpoint = $0", CheckpointTable.Newest(connection)!.Id);
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        string error = Assert.Throws<InputException>(() => Run.Open(id, folder.Path).Agent()).Message;
        Assert.Contains($"{path} is damaged: The checkpoint after episode 150 cannot be read", error, StringComparison.Ordinal);
        Assert.Contains("Resume the run", error, StringComparison.Ordinal);

        var again = Run.Resume(id, folder.Path);
        await again;
        Assert.Single(again.EventLog, e => e.Kind == RunEventKind.StoreError);
        Assert.Equal(right.Q, Run.Open(id, folder.Path).Agent().Q);
        Assert.Empty(StoreFolder.Verify(id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
    }

    void Try((string Path, string Id, byte[] Good, IReadOnlyList<byte[]> Earlier) run, int cases)
    {
        var (path, id, good, earlier) = run;
        var right = StoredPicture.Of(folder.Path, id);
        Assert.Empty(right.Errors);
        Assert.Empty(right.Faults);
        var newest = Run.Open(id, folder.Path).Agent();
        var damages = new Damages(Seed + (ulong)good.Length);
        int whole = 0, tried = 0, resumed = 0;
        for (int i = 0; i < cases; i++)
        {
            string which = $"Case {i}: {damages.Next(path, good, earlier)}.";
            byte[] bad = File.ReadAllBytes(path);

            var picture = StoredPicture.Of(folder.Path, id);

            Assert.True(picture.DifferenceFrom(right) is null, $"{which} {picture.DifferenceFrom(right)}");
            Assert.All(picture.Errors.Values, e => Assert.True(e.Contains(path, StringComparison.Ordinal), $"{which} {e}"));
            Assert.True(picture.Errors.Count == 0 || picture.Faults.Count > 0 || picture.Errors.ContainsKey("verify"),
                $"{which} Verify finds nothing, but: {picture.Errors.Values.FirstOrDefault()}");
            Assert.True(File.ReadAllBytes(path).AsSpan().SequenceEqual(bad), $"{which} Reading changed the file.");
            whole += picture.Errors.Count == 0 && picture.Faults.Count == 0 ? 1 : 0;
            // Most damages to a long file hit what a resume needs. Without one that can be resumed among the first, all others are tried.
            bool isTried = i % 10 == 0 || (i >= cases / 2 && resumed == 0);
            tried += isTried ? 1 : 0;
            resumed += isTried && Resume(id, newest, which) ? 1 : 0;
            DeleteLogs(path);
        }

        Long.Say(Name,
            $"seed {Seed}, {cases} damages to {good.Length} bytes, {whole} of them without effect, the others errors; of"
            + $" {tried} runs {resumed} were resumed");
        Assert.InRange(whole, 0, cases * 9 / 10);
        Assert.InRange(resumed, 1, cases);
    }

    // Resumed, the run comes to where it should, and says where it began again; or it is refused.
    bool Resume(string id, AgentSnapshot newest, string which)
    {
        Run again;
        try
        {
            again = Run.Resume(id, folder.Path, moreEpisodes: 10, options: new() { Store = folder.Path });
        }
        catch (InputException)
        {
            return false;
        }

        again.Completion.Wait(TestContext.Current.CancellationToken);
        long from = again.EventLog.Last(e => e.Kind == RunEventKind.RunResumed).Episode, end = again.Episodes;
        Assert.True(from >= newest.Episode || again.EventLog.Any(e => e.Kind == RunEventKind.StoreError && e.Episode == from),
            $"{which} It went back to {from} without a word.");
        Assert.True(new Straight(again.Specification, again.EventLog, end).Values.SequenceEqual(again.Agent().Q), which);
        Assert.True(Run.Open(id, folder.Path).Agent().Q.SequenceEqual(again.Agent().Q), which);
        return true;
    }

    async Task<(string Path, string Id, byte[] Good, IReadOnlyList<byte[]> Earlier)> Short()
    {
        var run = Run.Start(Lake(100), folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.3);
        run.SaveCheckpoint("start");
        run.Resume();
        await run;
        string path = folder.FileOf(run);
        byte[] earlier = await File.ReadAllBytesAsync(path);
        await Run.Resume(run.Id, folder.Path, moreEpisodes: 50);
        return (path, run.Id, await File.ReadAllBytesAsync(path), [earlier]);
    }

    // Thousands of rows and events, and a way of its own from episode 1,000 on: the same numbers as before stand for other episodes.
    async Task<(string Path, string Id, byte[] Good, IReadOnlyList<byte[]> Earlier)> WentBack()
    {
        var earlier = new List<byte[]>();
        var run = Run.Start(Lake(1000), folder.Options with { CheckpointEvery = 200 });
        await run;
        run.SaveCheckpoint("middle");
        string path = folder.FileOf(run);
        earlier.Add(await File.ReadAllBytesAsync(path));
        await Run.Resume(run.Id, folder.Path, moreEpisodes: 4000);
        earlier.Add(await File.ReadAllBytesAsync(path));
        var back = Run.Resume(run.Id, folder.Path, checkpoint: "middle", options: new() { StartPaused = true, CheckpointEvery = 200 });
        back.Set(epsilon: 0.3);
        back.Resume();
        await back;
        earlier.Add(await File.ReadAllBytesAsync(path));
        using (var connection = StoreFile.Write(path))
        {
            var standing = StoredProgress.Read(connection);
            connection.Atomically(() =>
            {
                for (long seq = standing.LastEventSeq + 1; seq <= 2000; seq++)
                    EventTable.Add(connection,
                        new(seq, run.Id, standing.Episode, RunEventKind.Continued, TimeProvider.System.GetUtcNow(), "episodes", "5000",
                        "5000"));
                (standing with { LastEventSeq = 2000 }).Write(connection, standing.Updated);
            });
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        return (path, run.Id, await File.ReadAllBytesAsync(path), earlier);
    }

    void DeleteLogs(string path)
    {
        foreach (string beside in Directory.GetFiles(folder.Path).Where(f => f != path))
            File.Delete(beside);
    }

    public void Dispose() => folder.Dispose();
}
