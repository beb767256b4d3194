using Microsoft.Data.Sqlite;

namespace GridWorld.Tests;

public sealed class RunStoreTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static RunSpecification Lake(long? episodes = 2000) => new(Worlds.FrozenLake4x4(), new QLearning(), Seed: 7, Episodes: episodes);

    [Fact]
    public void Store_that_cannot_be_made_is_refused_and_nothing_is_left()
    {
        Directory.CreateDirectory(folder.Path);
        string file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        var fault = Assert.Throws<InputException>(() => Run.Start(Lake(), new() { Store = Path.Combine(file, "store") }));

        Assert.Contains($"cannot be stored in {Path.Combine(file, "store")}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("RunOptions.InMemory", fault.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Finished_run_is_one_file()
    {
        var run = Run.Start(Lake(), folder.Options);
        await run;

        Assert.Equal([folder.FileOf(run)], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Event_is_on_disk_when_the_command_returns()
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true });

        run.Set(epsilon: 0.25);

        using (var connection = StoreFile.Read(folder.FileOf(run)))
            Assert.Equal("0.25", EventTable.Read(connection, run.Id)[^1].NewValue);
        End(run);
    }

    [Fact]
    public void Pause_leaves_a_checkpoint_of_where_it_paused()
    {
        var run = Run.Start(Lake(null), folder.Options with { CheckpointEvery = 1_000_000_000 });
        Wait.Until(() => run.Episodes > 100, "It did not train.");

        run.Pause();

        // Written in the background: the view's checkpoints tell when.
        Wait.Until(() => run.CheckpointList.Count > 0, "No checkpoint came.");
        Assert.Equal(run.Episodes, run.CheckpointList[^1].Episode);
        End(run);
    }

    [Fact]
    public async Task Disk_that_fails_while_training_costs_nothing_but_the_store()
    {
        var run = Run.Start(Lake(20_000), folder.Options with { StartPaused = true });
        using (var connection = StoreFile.Write(folder.FileOf(run)))
            connection.Run(
                "CREATE TRIGGER full BEFORE INSERT ON checkpoint WHEN new.episode > 0 BEGIN SELECT RAISE(ABORT, 'no space'); END");
        run.Resume();

        await run;

        Assert.Equal((RunState.Completed, 20_000L), (run.State, run.Episodes));
        var error = Assert.Single(run.EventLog, e => e.Kind == RunEventKind.StoreError);
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Contains("Last saved:", error.Message!.Replace("No checkpoint was saved", "Last saved:", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("every checkpoint retries the write", error.Message, StringComparison.Ordinal);
        Assert.Equal(run.StoreError, error.Message);
        Assert.Equal(new Straight(Lake(), [], 20_000).History.Returns(1, 20_000, 100), run.MetricBuckets(1, 20_000, 100));
    }

    [Fact]
    public async Task Disk_that_fails_under_a_command_costs_nothing_but_the_store()
    {
        var run = Run.Start(Lake(500), folder.Options with { StartPaused = true });
        using (var connection = StoreFile.Write(folder.FileOf(run)))
            connection.Run("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no space'); END");

        run.Set(epsilon: 0.5);
        run.Resume();
        await run;

        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal([RunEventKind.RunStarted, RunEventKind.ParamChange, RunEventKind.StoreError, RunEventKind.Resumed,
            RunEventKind.Completed],
            run.EventLog.Select(e => e.Kind));
        Assert.Equal(0.5, run.Status().Settings.Epsilon);
    }

    [Fact]
    public async Task Checkpoint_of_a_run_that_lost_its_file_is_refused_and_no_event_claims_it()
    {
        var run = Run.Start(Lake(500), folder.Options with { StartPaused = true });
        using (var connection = StoreFile.Write(folder.FileOf(run)))
            connection.Run("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no space'); END");
        run.Set(epsilon: 0.5);

        var fault = Assert.Throws<InputException>(() => run.SaveCheckpoint("kept"));
        run.Resume();
        await run;

        Assert.StartsWith("The checkpoint 'kept' cannot be saved: The run cannot be written to ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(run.EventLog, e => e.Kind == RunEventKind.Checkpoint);
    }

    [Fact]
    public async Task Store_that_fails_for_a_while_holds_everything_once_it_is_well()
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true, CheckpointEvery = 10 });
        Break(run);
        run.Resume();
        while (run.StoreError is null)
            await Task.Yield();
        run.Set(epsilon: 0.4);
        long failed = run.Episodes;

        Mend(run);
        while (run.StoreError is not null)
            await Task.Yield();
        run.SaveCheckpoint("after");
        run.Stop();
        await run;

        Assert.Equal([RunEventKind.StoreError, RunEventKind.StoreRecovered], run.EventLog.Select(e => e.Kind)
            .Where(e => e is RunEventKind.StoreError or RunEventKind.StoreRecovered));
        Assert.True(run.Episodes >= failed);
        Assert.Equal(run.EventLog, Run.Open(run.Id, folder.Path).EventLog);
        new Straight(Lake(null), run.EventLog, run.Episodes).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task End_that_cannot_be_stored_is_stored_when_the_store_is_well()
    {
        var run = Run.Start(Lake(300), folder.Options with { StartPaused = true });
        Break(run);
        run.Resume();
        await run;
        Assert.Equal(RunState.Completed, run.State);
        Assert.NotNull(run.StoreError);

        Mend(run);
        run.Continue(200);
        await run;

        Assert.Null(run.StoreError);
        new Straight(Lake(300), [], 500).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        Assert.Equal(run.EventLog, Run.Open(run.Id, folder.Path).EventLog);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("moved")]
    [InlineData("replaced")]
    public async Task Path_that_is_no_longer_the_file_is_noticed(string how)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere an open file cannot be moved away.");
        var run = Run.Start(Lake(null), folder.Options with { Pace = 20_000, CheckpointEvery = 10 });
        string path = folder.FileOf(run), elsewhere = path + ".away";
        if (how == "replaced")
            File.Copy(path, elsewhere);
        switch (how)
        {
            case "deleted": File.Delete(path); break;
            case "moved": File.Move(path, elsewhere); break;
            default: File.Move(elsewhere, path, overwrite: true); break;
        }

        while (run.StoreError is null)
            await Task.Yield();
        run.Stop();
        await run;

        Assert.Contains("deleted, moved or replaced", run.EventLog.First(e => e.Kind == RunEventKind.StoreError).Message,
            StringComparison.Ordinal);
        string saved = run.SaveTo(Path.Combine(folder.Path, "rescue"));
        new Straight(Lake(null), run.EventLog, run.Episodes).AssertSame(Run.Open(run.Id, Path.GetDirectoryName(saved)!), saved);
        Assert.Equal(run.EventLog, Run.Open(run.Id, Path.GetDirectoryName(saved)!).EventLog);
    }

    [Fact]
    public async Task Copy_in_another_folder_is_told_from_the_file()
    {
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true });
        string copies = Directory.CreateDirectory(Path.Combine(folder.Path, "copies")).FullName;
        StoreFile.Copy(folder.FileOf(run), RunFiles.PathOf(copies, run.Id));
        var copy = Run.Resume(run.Id, copies, options: new() { Store = copies, Pace = 20_000, CheckpointEvery = 10 });

        run.Stop();
        await run;
        File.Delete(folder.FileOf(run));
        long closed = copy.Episodes;
        while (copy.StoreError is null && !(copy.CheckpointList is [.., var last] && last.Episode > closed))
            await Task.Yield();

        Assert.Null(copy.StoreError);
        End(copy);
    }

    [Fact]
    public void Owner_gives_a_sign_of_life_with_everything_it_writes()
    {
        var clock = new SetClock();
        var run = Run.Start(Lake(null), folder.Options with { StartPaused = true, Time = clock });

        clock.Advance(TimeSpan.FromSeconds(75));
        run.Set(epsilon: 0.3);

        using (var connection = StoreFile.Read(folder.FileOf(run)))
            Assert.Equal(clock.GetUtcNow(), StoredOwner.Read(connection)!.Value.Heartbeat);
        End(run);
    }

    [Fact]
    public async Task Run_that_another_process_has_taken_over_says_so_and_leaves_the_file_alone()
    {
        var run = Run.Start(Lake(500), folder.Options with { StartPaused = true });
        using (var connection = StoreFile.Write(folder.FileOf(run)))
            connection.Run("UPDATE owner SET host = 'elsewhere', process = 12");

        run.Set(epsilon: 0.3);
        run.Resume();
        await run;

        Assert.Equal((RunState.Completed, 500L), (run.State, run.Episodes));
        Assert.Contains("is being trained by process 12 on elsewhere", run.StoreError, StringComparison.Ordinal);
        Assert.Equal([RunEventKind.RunStarted], Run.Open(run.Id, folder.Path).EventLog.Select(e => e.Kind));
        using var after = StoreFile.Read(folder.FileOf(run));
        Assert.Equal("elsewhere", StoredOwner.Read(after)!.Value.Owner.Host);
    }

    [Fact]
    public async Task Checkpoint_of_an_ended_run_that_cannot_be_written_hangs_no_one()
    {
        var run = Run.Start(Lake(300), folder.Options);
        await run;
        Break(run);

        await Task.Run(() => run.SaveCheckpoint("late"), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.NotNull(run.StoreError);
        Assert.Equal(100, await Task.Run(() => run.Evaluate(100).Episodes, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Mend(run);
        run.Continue(10);
        await run;
        Assert.Contains(Run.Open(run.Id, folder.Path).CheckpointList, c => c is { Name: "late", Episode: 300 });
    }

    [Fact]
    public async Task Object_of_a_run_that_another_one_trains_now_takes_nothing_from_it()
    {
        var before = Run.Start(Lake(5), folder.Options);
        await before;
        var run = Run.Resume(before.Id, folder.Path, moreEpisodes: 5, options: folder.Options with { StartPaused = true });

        before.SaveCheckpoint("late");

        Assert.Contains("This process is already training the run", before.StoreError, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, folder.Path)).Message,
            StringComparison.Ordinal);
        run.Resume();
        await run;
        Assert.Null(run.StoreError);
        new Straight(run.Specification, run.EventLog, 10).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }

    [Fact]
    public async Task Run_that_is_continued_while_its_thread_ends_goes_on()
    {
        for (int i = 1; i <= 10; i++)
        {
            var run = Run.Start(Lake(i), folder.Options);
            Wait.Until(() => run.State == RunState.Completed, "It did not end.");

            run.Continue(5);
            await run;

            Assert.Equal((RunState.Completed, i + 5L), (run.State, run.Episodes));
            Assert.Equal([RunEventKind.RunStarted, RunEventKind.Completed, RunEventKind.Continued, RunEventKind.Completed],
                run.EventLog.Select(e => e.Kind));
        }
    }

    [Fact]
    public async Task Run_is_said_to_have_ended_in_the_moment_that_its_file_says_so()
    {
        var run = Run.Start(Lake(2000), folder.Options);

        // Whenever another process looks, event and state agree, and the last checkpoint is there already.
        RunState state;
        do
        {
            using var connection = StoreFile.Read(folder.FileOf(run));
            state = connection.AtOneMoment(() =>
            {
                var (now, events) = (StoredProgress.Read(connection), EventTable.Read(connection, run.Id));
                bool isOver = events[^1].Kind == RunEventKind.Completed;
                Assert.Equal(isOver, now.State == RunState.Completed);
                Assert.True(!isOver
                    || (now.Episode == 2000 && now.LastEventSeq == events[^1].Seq && CheckpointTable.List(connection)[^1].Episode == 2000),
                    "It has ended without its last checkpoint.");
                return now.State;
            });
        }
        while (state != RunState.Completed);

        await run;
    }

    [Fact]
    public async Task Whoever_looks_while_a_run_is_taken_up_finds_its_metrics_as_far_as_it_says_it_is()
    {
        var run = Run.Start(Lake(5000), folder.Options);
        await run;
        var view = Run.Open(run.Id, folder.Path);
        Assert.Equal(5000, view.MetricBuckets(1, 5000, 100).Sum(b => b.Count));

        using (var store = RunStore.Take(folder.FileOf(run), TimeProvider.System))
            store.GoBackTo(store.Load(null).Progress with { Episode = 3000 });

        foreach (var looking in new[] { view, Run.Open(run.Id, folder.Path) })
        {
            Assert.Equal(3000, looking.Status().Episodes);
            Assert.Equal(3000, looking.MetricBuckets(1, 5000, 100).Sum(b => b.Count));
        }
    }

    [Fact]
    public async Task Damaged_newest_checkpoint_is_reported_and_the_one_before_is_used()
    {
        var run = Run.Start(Lake(300), folder.Options with { StartPaused = true });
        run.SaveCheckpoint("before");
        run.Resume();
        await run;
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            long newest = CheckpointTable.List(connection)[^1].Id;
            foreach (long page in CheckpointTable.PageIds(connection, newest).Values.SelectMany(ids => ids).Except(
                CheckpointTable.List(connection).Where(c => c.Id != newest)
                .SelectMany(c => CheckpointTable.PageIds(connection, c.Id).Values).SelectMany(ids => ids)))
                connection.Run("UPDATE page SET data = zeroblob(length(data)) WHERE id = $0", page);
        }

        var again = Run.Resume(run.Id, folder.Path);
        await again;

        var error = Assert.Single(again.EventLog, e => e.Kind == RunEventKind.StoreError);
        Assert.StartsWith("The checkpoint after episode 300 is damaged", error.Message, StringComparison.Ordinal);
        Assert.True(error.Episode < 300);
        new Straight(Lake(300), [], 300).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
    }

    [Theory]
    [InlineData("UPDATE event SET new_value = '0.9' WHERE event = 'param_change'", "does not match its checksum")]
    [InlineData("DELETE FROM event WHERE seq = 2", "Event 2 is missing")]
    [InlineData("UPDATE specification SET json = replace(json, '7', '8')", "does not match its checksum")]
    [InlineData("UPDATE progress SET state = 'training'", "does not match its checksum")]
    public async Task Damage_of_what_the_run_is_made_of_is_an_error(string damage, string words)
    {
        var run = Run.Start(Lake(300), folder.Options with { StartPaused = true });
        run.Set(epsilon: 0.5);
        run.Resume();
        await run;
        using (var connection = StoreFile.Write(folder.FileOf(run)))
        {
            connection.Run(damage);
            connection.Run("PRAGMA journal_mode = DELETE");
        }

        Assert.Contains(words, Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("The file was not changed", Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3_053_003, true)]
    [InlineData(3_051_003, true)]
    [InlineData(3_051_002, false)]
    [InlineData(3_050_007, true)]
    [InlineData(3_050_006, false)]
    [InlineData(3_045_000, false)]
    [InlineData(3_044_006, true)]
    [InlineData(3_044_005, false)]
    public void Log_is_trusted_to_versions_that_have_its_fix(int version, bool expected) =>
    Assert.Equal(expected, SqliteVersion.HasWalFix(version));

    [Fact]
    public void Pinned_library_has_the_fix() => Assert.True(SqliteVersion.WalIsSafe);

    void Break(Run run)
    {
        using var connection = StoreFile.Write(folder.FileOf(run));
        connection.Run("CREATE TRIGGER full BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'no space'); END");
    }

    void Mend(Run run)
    {
        using var connection = StoreFile.Write(folder.FileOf(run));
        connection.Run("DROP TRIGGER full");
    }

    static void End(Run run)
    {
        run.Stop();
        run.Completion.Wait(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
