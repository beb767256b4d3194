using CsCheck;

namespace GridWorld;

/// <summary>Whatever is done to a run, it comes to the bits of the straight run with the same events.</summary>
public sealed class AnyCourseTests : IDisposable
{
    enum Act
    {
        Train,
        Pause,
        Resume,
        Set,
        Checkpoint,
        Kill,
        TakeUp,
        Fork,
        LookBack,
    }

    static readonly int sequences = int.Parse(Environment.GetEnvironmentVariable("GRIDWORLD_TEST_COURSES") ?? "200", System.Globalization.CultureInfo.InvariantCulture);
    static readonly RunSpecification specification = new(Worlds.FrozenLake4x4(), new QLearning { LearningRate = 0.3, Epsilon = 0.3 }, Seed: 11, Episodes: null);
    readonly TemporaryFolder folder = new();

    static Gen<(Act Act, int Number)[]> Courses => Gen.Select(Gen.Enum<Act>(), Gen.Int[1, 1000]).Array[1, 8];

    [Fact]
    public void Any_course_of_a_run_comes_to_the_bits_of_the_straight_run() => Courses.Sample(course =>
    {
        string store = Path.Combine(folder.Path, Guid.CreateVersion7().ToString());
        // At a pace at which every raw row is written, too.
        var options = folder.Options with { Store = store, Pace = 100_000 };
        var run = Run.Start(specification, options with { StartPaused = true });
        foreach (var (act, number) in course)
            run = Do(act, number, run, options);

        run.Stop();
        run.Completion.Wait();
        var straight = run.Episode == 0 ? null : new Straight(specification, run.EventLog, run.Episode);
        straight?.AssertSame(run.View, StoreFile.PathOf(run.View.OptionsOfFork.Store!, run.Id));
        Assert.Equal(Enumerable.Range(1, run.EventLog.Count), run.EventLog.Select(e => (int)e.Seq));
        Directory.Delete(store, recursive: true);
    }, iter: sequences, threads: 1);

    static Run Do(Act act, int number, Run run, RunOptions options)
    {
        bool isLive = run.State is RunState.Training or RunState.Paused;
        switch (act)
        {
            case Act.Train:
                if (!isLive)
                    run.Continue(number);
                run.Resume();
                for (long until = run.Episode + number % 200; run.Episode < until && !run.Completion.IsCompleted;)
                    Thread.Yield();
                break;
            case Act.Pause:
                run.Pause();
                break;
            case Act.Resume:
                run.Resume();
                break;
            case Act.Set when isLive:
                try
                {
                    if (number % 2 == 0)
                        run.Set(epsilon: number / 1000.0);
                    else
                        run.Set(learningRate: number / 1000.0, discountFactor: 0.9);
                }
                catch (InputException) when (run.State == RunState.Completed)
                {
                    // It was a moment too late.
                }

                break;
            case Act.Checkpoint:
                run.SaveCheckpoint($"at {number}");
                break;
            case Act.Kill:
                // What a crash would leave at this moment; the run itself is left to end as it likes.
                string crashed = Directory.CreateDirectory(Path.Combine(options.Store!, $"crashed-{Guid.CreateVersion7()}")).FullName;
                string file = StoreFile.PathOf(run.View.OptionsOfFork.Store!, run.Id);
                run.Pause();
                while (!IsCopied(file, crashed))
                    Thread.Yield();
                run.Stop();
                run.Completion.Wait();
                return Run.Resume(run.Id, crashed, moreEpisodes: number, options: options with { Store = crashed, StartPaused = number % 3 == 0 });
            case Act.TakeUp:
                run.Stop();
                run.Completion.Wait();
                return Run.Resume(run.Id, run.View.OptionsOfFork.Store, moreEpisodes: number, options: options with { StartPaused = number % 3 == 0 });
            case Act.Fork:
                run.Pause();
                var fork = run.Fork(at: run.Episode * number / 1000, epsilon: number % 2 == 0 ? number / 1000.0 : null, episodes: number, options: options with { StartPaused = number % 3 == 0 });
                run.Stop();
                run.Completion.Wait();
                return fork;
            case Act.LookBack when run.Episode > 0:
                long episode = 1 + (run.Episode - 1) * number / 1000;
                Assert.Equal(new Straight(specification, run.EventLog, episode).Values, run.At(episode).Q);
                break;
        }

        return run;
    }

    // A run that comes to its end meanwhile takes its log away: then the file by itself is what it leaves.
    static bool IsCopied(string file, string to)
    {
        try
        {
            foreach (string part in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
                File.Copy(part, Path.Combine(to, Path.GetFileName(part)), overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            foreach (string part in Directory.GetFiles(to))
                File.Delete(part);
            return false;
        }
    }

    public void Dispose() => folder.Dispose();
}
