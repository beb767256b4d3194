using System.Globalization;

namespace GridWorld.Tests;

/// <summary>
/// Does to a run what a random course says, and keeps by hand what a run is: the changes and named checkpoints that its commands
/// returned. After some acts, and at the end, everything that can be seen of the run is compared with the reference.
/// </summary>
internal sealed class CoursePlayer
{
    // Slow enough that a run is not far ahead of the reference when it is looked at.
    const double Pace = 50_000;
    readonly RandomCourse course;
    readonly string folder;
    readonly Plant plant;
    readonly List<RunEvent> given = [];
    string store;
    Run run;
    int copies;

    CoursePlayer(RandomCourse course, string folder, Plant plant)
    {
        (this.course, this.folder, this.plant) = (course, folder, plant);
        store = Path.Combine(folder, "store");
        run = Run.Start(course.Specification, Options(0));
    }

    string File => RunFiles.PathOf(store, run.Id);

    bool IsLive => run.State is RunState.Training or RunState.Paused;

    CourseCheck Check => new(course.Specification, given, run, store, plant);

    /// <summary>Plays a course in a folder of its own.</summary>
    /// <exception cref="CourseFailed">Something was not as the reference has it.</exception>
    public static void Play(RandomCourse course, string folder, Plant plant = Plant.None)
    {
        var player = new CoursePlayer(course, folder, plant);
        int place = -1;
        try
        {
            for (place = 0; place < course.Acts.Count; place++)
            {
                player.Do(course.Acts[place].Act, course.Acts[place].Number);
                player.Check.Events();
            }

            player.End();
            player.Check.Ended();
        }
        catch (Exception e) when (e is not CourseFailed)
        {
            player.run.Stop();
            player.run.Completion.Wait();
            throw new CourseFailed(
                $"{(place < course.Acts.Count ? $"At act {place + 1}, {course.Acts[place].Act}" : "At the end")}: {e.GetType().Name}:"
                + $" {e.Message}\n"
                + string.Join('\n', e.StackTrace!.Split('\n').Where(l => l.Contains("Course", StringComparison.Ordinal))));
        }
    }

    void Do(Act act, int number)
    {
        switch (act)
        {
            case Act.Train:
                GoOn(number);
                Resume();
                long until = run.Episodes + 1 + number % 100;
                Until($"episode {until}", () => run.Episodes >= until || !IsLive);
                break;
            case Act.Sprint:
                // So many episodes and no more: of tens of thousands at once not every row is written before a kill.
                Pause();
                run.Pace = null;
                run.Advance(1 + number % 200);
                Until("the pause after some episodes", () => run.State != RunState.Training);
                run.Pace = Pace;
                break;
            case Act.Set:
                Set(number);
                break;
            case Act.SetAtOnce:
                Give(() => run.Set(learningRate: Rate(number), epsilon: number / 1000.0));
                break;
            case Act.SetTwice:
                Set(number);
                Set((number + 499) % 1000 / 2 * 2 + number % 2);
                if (number % 3 == 0)
                    Set(number / 2 * 2 + 1 - number % 2);
                break;
            case Act.Pause:
                Pause();
                break;
            case Act.Resume:
                Resume();
                break;
            case Act.Pace:
                run.Pace = number % 2 == 0 ? Pace : Pace / 10;
                break;
            case Act.Save:
                given.Add(run.SaveCheckpoint($"at {number % 5}"));
                break;
            case Act.Stop:
                End();
                break;
            case Act.TakeUp:
                TakeUp(number);
                break;
            case Act.GoBack:
                GoBack(number);
                break;
            case Act.Continue:
                run.Continue(1 + number % 200);
                break;
            case Act.Fork:
                Pause();
                Fork(number, run.Episodes * number / 1000,
                    (at, options) => run.Fork(at, epsilon: Epsilon(number), episodes: 1 + number, options: options));
                break;
            case Act.ForkFile:
                Fork(number, Run.Open(run.Id, store).Status().Episodes * number / 1000,
                    (at, options) => Run.Open(run.Id, store).Fork(at, epsilon: Epsilon(number), episodes: 1 + number, options: options));
                break;
            case Act.Kill:
                Kill(number, busy: null);
                break;
            case Act.KillWhileSaving:
                Kill(number, busy: number % 2 == 0
                    ? () => [run.SaveCheckpoint("late")] : () => Given(() => run.Set(epsilon: number / 1000.0)));
                break;
            case Act.Delete:
                Delete();
                break;
            case Act.Second:
                Pause();
                if (IsLive)
                    Assert.Contains("already", Assert.Throws<InputException>(() => Run.Resume(run.Id, store)).Message,
                        StringComparison.Ordinal);
                break;
            case Act.LookBack when run.Episodes > 0:
                Check.Past(1 + (run.Episodes - 1) * number / 1000);
                break;
            case Act.Check:
                Check.File();
                Pause();
                Check.Memory();
                break;
        }
    }

    void GoOn(int number)
    {
        if (!IsLive)
            run.Continue(1 + number);
    }

    void Set(int number) => Give(() => (number % 6) switch
    {
        4 or 5 => [SetReward(number)],
        0 or 2 => run.Set(epsilon: number / 1000.0),
        _ => run.Set(learningRate: Rate(number)),
    });

    RunEvent SetReward(int number)
    {
        var world = run.World;
        int state = Enumerable.Range(number, world.States).Select(s => s % world.States).First(s => !world.IsWall(s));
        return run.SetReward(world.CellOf(state).X, world.CellOf(state).Y, number % 7 - 4);
    }

    void Give(Func<IReadOnlyList<RunEvent>> command)
    {
        long before = run.Episodes;
        var events = Given(command);
        Assert.All(events, e => Assert.InRange(e.Episode, before, run.Episodes + 1));
        given.AddRange(events);
    }

    // The commands of a run that has come to its end meanwhile are refused.
    IReadOnlyList<RunEvent> Given(Func<IReadOnlyList<RunEvent>> command)
    {
        try
        {
            return command();
        }
        catch (InputException) when (!IsLive)
        {
            return [];
        }
    }

    void End()
    {
        run.Stop();
        Until("the end", () => run.Completion.IsCompleted);
        Assert.True(run.State is RunState.Stopped or RunState.Completed, $"{run.State}: {run.Status().Message}");
    }

    void TakeUp(int number)
    {
        End();
        if (plant == Plant.PageDeleted)
            DeleteOldestPage();
        var before = run;
        run = Run.Resume(run.Id, store, moreEpisodes: number % 2 == 0 ? 1 + number % 100 : null, options: Options(number));
        Pause();
        if (IsLive)
            Assert.Throws<InputException>(() => before.Continue(1));
        Resume(number);
    }

    void DeleteOldestPage()
    {
        using var connection = StoreFile.Write(File);
        connection.Run("DELETE FROM page WHERE id = (SELECT min(id) FROM page)");
    }

    void GoBack(int number)
    {
        End();
        var named = given.Where(e => e.Kind == RunEventKind.Checkpoint && e.Episode <= run.Episodes).ToList();
        if (named.Count == 0)
        {
            Assert.Throws<InputException>(() => Run.Resume(run.Id, store, checkpoint: "at 0"));
            return;
        }

        string name = named[number % named.Count].Message!;
        var chosen = named.Where(e => e.Message == name).MaxBy(e => (e.Episode, e.Seq))!;
        using (var planted = plant == Plant.LaterCheckpointLeft ? LeftCheckpoints.After(File, chosen.Episode) : null)
        {
            run = Run.Resume(run.Id, store, checkpoint: name, options: Options(number) with { StartPaused = true });
            planted?.PutBack();
        }

        // What came after is dropped: of what lies at that boundary, the changes that were given later.
        given.RemoveAll(e => e.Episode > chosen.Episode
            || (e.IsChange && e.Episode == chosen.Episode && e.Seq > chosen.Seq));
        Assert.Equal(chosen.Episode, run.Episodes);
        Check.File();
        Resume(number);
    }

    void Fork(int number, long at, Func<long, RunOptions, Run> fork)
    {
        var expected = given.Where(e => e.Episode <= at).Select(Content).ToList();
        if (Epsilon(number) is { } epsilon)
            expected.Add((at, RunEventKind.ParamChange, "epsilon", epsilon.ToString("R", CultureInfo.InvariantCulture), null));
        var forked = fork(at, Options(number));
        End();
        if (number % 5 == 0)
        {
            string parent = File;
            StoreFolder.Delete(run.Id, store);
            Assert.False(System.IO.File.Exists(parent));
        }

        run = forked;
        var events = run.EventLog.Where(CourseCheck.IsOfTheRun).ToList();
        // A checkpoint that was still on its way to the parent's file does not come along.
        expected.RemoveAll(e => e.Item2 == RunEventKind.Checkpoint && !events.Select(Content).Contains(e));
        Assert.Equal(expected, events.Select(Content));
        given.Clear();
        given.AddRange(events);
    }

    // The files as they are while it trains, and perhaps while it saves, are what a crash leaves.
    void Kill(int number, Func<IReadOnlyList<RunEvent>>? busy)
    {
        string crashed = Path.Combine(folder, $"crashed-{++copies}");
        var late = busy is null ? null : Task.Run(busy);
        CrashCopy.Of(File, crashed);
        string id = run.Id;
        if (late is not null)
            given.AddRange(late.Result);
        End();
        store = crashed;
        int mayBeMissing = late?.Result.Count ?? 0;
        run = Run.Resume(id, store, options: Options(number));
        // A command that was under way is there or not; every one that had returned is.
        if (mayBeMissing > 0 && run.EventLog.Count(CourseCheck.IsOfTheRun) < given.Count)
            given.RemoveRange(given.Count - mayBeMissing, mayBeMissing);
    }

    void Delete()
    {
        Pause();
        if (IsLive)
            Assert.Throws<InputException>(() => StoreFolder.Delete(run.Id, store));
        var other = Run.Start(new(Worlds.FrozenLake4x4(), new QLearning(), Episodes: 5), new() { Store = store });
        other.Completion.Wait();
        StoreFolder.Delete(other.Id, store);
        Assert.Equal([run.Id], StoreFolder.List(store).Select(r => r.Id).Where(id => id == run.Id || id == other.Id));
    }

    // One that has ended, or ends meanwhile, refuses.
    void Pause() => Assert.True(Record.Exception(run.Pause) is null or InputException);

    void Resume(int number = 1) => Assert.True(number % 3 == 0 || Record.Exception(() => run.Resume()) is null or InputException);

    RunOptions Options(int number) =>
        new() { Store = store, CheckpointEvery = course.CheckpointEvery, Pace = Pace, StartPaused = number % 3 == 0 };

    static double Rate(int number) => 0.01 + number / 5000.0;

    static double? Epsilon(int number) => number % 2 == 0 ? number / 1000.0 : null;

    static (long, RunEventKind, string?, string?, string?) Content(RunEvent e) => (e.Episode, e.Kind, e.Param, e.NewValue, e.Message);

    static void Until(string what, Func<bool> isSo) => Wait.Until(isSo, $"Within two minutes it did not come to {what}.");
}

/// <summary>Something was not as the reference has it.</summary>
internal sealed class CourseFailed(string message) : Exception(message);
