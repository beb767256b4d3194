using GridWorld.Tests;

namespace GridWorld;

/// <summary>Learners that a user has registered: their runs are stored, resumed, forked and steered as those of the catalog.</summary>
public sealed class RegisteredLearnerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Run_is_steered_stored_resumed_and_forked_to_the_same_bits()
    {
        LearnerCatalog.Register(() => new QVLearning { Called = "qv-steered" });
        var specification = new RunSpecification(Worlds.CliffWalking(), new QVLearning { Called = "qv-steered", Bonus = 0.25 }, Seed: 3,
            Episodes: 300);
        var run = Run.Start(specification, folder.Options with { StartPaused = true });
        run.Set(new Dictionary<string, Schedule> { ["value_rate"] = Schedule.Linear(0.5, 0.2, 100) });
        run.Resume();
        await run;
        Assert.Equal(0.2, run.Status().Settings["value_rate"]);
        Assert.Equal(run.Status().Settings, Run.Open(run.Id, folder.Path).Status().Settings);

        var more = Run.Resume(run.Id, folder.Path, moreEpisodes: 200);
        more.Set(new Dictionary<string, Schedule> { ["value_rate"] = 0.3 });
        await more;
        var changes = new Dictionary<string, Schedule> { ["value_rate"] = 0.9 };
        var fork = Run.Open(run.Id, folder.Path).Fork(250, changes, episodes: 50, cancellationToken: TestContext.Current.CancellationToken);
        await fork;

        new Straight(specification, more.EventLog, 500).AssertSame(Run.Open(run.Id, folder.Path), folder.FileOf(run));
        new Straight(specification, fork.EventLog, 300).AssertSame(fork, folder.FileOf(fork));
        Assert.Equal((0.3, 0.9), (more.Status().Settings["value_rate"], fork.Status().Settings["value_rate"]));
        Assert.Empty(StoreFolder.Verify(run.Id, folder.Path, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Change_of_an_own_setting_is_checked_as_any_other()
    {
        var run = Worlds.CliffWalking().Train(new QVLearning(), episodes: null, options: RunOptions.InMemory with { StartPaused = true });

        Assert.Equal(["Value rate must be between 0.001 and 1.0 (got 7).", "qv-learning has no hyperparameter 'kappa'. "
            + "Use one of learning_rate, discount_factor, epsilon, temperature, confidence, value_rate."],
            Assert.Throws<InputException>(() => run.Set(new Dictionary<string, Schedule> { ["value_rate"] = 7, ["kappa"] = 0 })).Errors);
        run.Stop();
        await run;
    }

    [Fact]
    public void Name_is_taken_once_and_replaced_when_asked()
    {
        LearnerCatalog.Register(() => new QVLearning { Called = "qv-once" });

        Assert.Equal("A learner 'qv-once' is already registered. Use another Name, or set replace: true.",
            Assert.Throws<InputException>(() => LearnerCatalog.Register(() => new QVLearning { Called = "qv-once" })).Message);
        LearnerCatalog.Register(() => new QVLearning { Called = "qv-once", Bonus = 0.5 }, replace: true);
        Assert.Equal(0.5, Assert.IsType<QVLearning>(LearnerCatalog.Create("qv-once")).Bonus);
    }

    [Fact]
    public void Of_many_threads_that_register_a_name_one_succeeds()
    {
        int succeeded = 0;
        Parallel.For(0, 100, _ =>
        {
            try
            {
                LearnerCatalog.Register(() => new QVLearning { Called = "qv-raced" });
                Interlocked.Increment(ref succeeded);
            }
            catch (InputException)
            {
            }
        });

        Assert.Equal(1, succeeded);
    }

    [Theory]
    [InlineData("q-learning", 0, "'q-learning' is the name of a built-in learner. Use another Name.")]
    [InlineData("", 0, "The name of a learner must have 1 to 64 characters (got '').")]
    [InlineData("qv-faulty", 7, "Bonus must be between -1 and 1 (got 7).")]
    public void Faulty_registration_is_refused(string name, double bonus, string message) => Assert.Equal(message,
        Assert.Throws<InputException>(() => LearnerCatalog.Register(() => new QVLearning { Called = name, Bonus = bonus },
        replace: true)).Message);

    [Fact]
    public async Task Property_that_is_not_declared_is_not_lost_in_a_file()
    {
        LearnerCatalog.Register(() => new Forgetful());

        await Worlds.CliffWalking().Train(new Forgetful(), episodes: 1, options: folder.Options);
        Assert.Equal("The learner forgetful has a property that is not declared in OwnSettings and "
            + "does not have its registered value, so a stored run "
            + "would be resumed with another value. Declare it, or keep the run in memory with options: RunOptions.InMemory.",
            Assert.Throws<InputException>(() => Worlds.CliffWalking().Train(new Forgetful { Depth = 2 }, options: folder.Options)).Message);
    }

    [Fact]
    public async Task File_with_a_setting_that_was_renamed_since_says_so()
    {
        LearnerCatalog.Register(() => new QVLearning { Called = "forgetful-now" });
        var run = Worlds.CliffWalking().Train(new QVLearning { Called = "forgetful-now" }, episodes: 10, options: folder.Options);
        await run;
        LearnerCatalog.Register(() => new Forgetful { Called = "forgetful-now" }, replace: true);

        string message = Assert.Throws<InputException>(() => Run.Open(run.Id, folder.Path)).Message;

        Assert.Equal(
            "The learner forgetful-now has no setting 'value_rate' in this version. Use one of learning_rate, discount_factor, epsilon, "
            + "temperature, confidence, initial_value, ties, behaviour.", message);
        Assert.Equal(message, Assert.Throws<InputException>(() => Run.Resume(run.Id, folder.Path)).Message);
    }

    public void Dispose() => folder.Dispose();

    sealed record Forgetful : LearnerOptions
    {
        public override string Name => Called;

        public string Called { get; init; } = "forgetful";

        public int Depth { get; init; } = 1;

        public override TrainingLoop Build(LoopBuilder loop) => new QLearning().Build(loop);
    }
}
