using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GridWorld.Tests;

/// <summary>
/// Everything that trains and is stored: a run of every learner and of one that is registered, a fork, an ensemble and a sweep, all in one
/// folder. Processes that are killed train one at a time; each is named by its member.
/// </summary>
/// <param name="store">The folder.</param>
/// <param name="kills">How many kills are to find something that trains.</param>
internal sealed class Fleet(string store, int kills)
{
    public const string OfOwn = "qv-of-another-process", Fork = "fork", Ensemble = "ensemble", Sweep = "sweep";
    const int Seeds = 3;
    const long ForkedAt = 10;

    public static IReadOnlyList<string> Members { get; } = [.. LearnerCatalog.All.Select(l => l.Name), OfOwn, Fork, Ensemble, Sweep];

    /// <summary>The learner that only the killed processes have registered.</summary>
    public static QVLearning Own => new() { Called = OfOwn };

    /// <summary>What a member is that is a run.</summary>
    public RunSpecification SpecificationOf(string member) => new(Worlds.FrozenLake4x4(), member switch
    {
        OfOwn => Own with { LearningRate = 0.2, Epsilon = 0.4, ValueRate = Schedule.Linear(0.5, 0.1, 3000) },
        Fork => SpecificationOf("q-learning").Learner,
        _ => LearnerCatalog.Create(member) with { LearningRate = 0.2, Epsilon = 0.4 },
    }, Seed: 42, Episodes: 3000 + 30 * kills);

    /// <summary>What each seed of the ensemble is.</summary>
    public RunSpecification OfEnsemble { get; } =
        new(Worlds.CliffWalking(), new Sarsa { LearningRate = 0.5 }, Seed: 5, Episodes: 2000L * kills);

    public Sweep OfSweep { get; } = new()
    {
        Name = Sweep, Worlds = ["frozen-lake-4x4"], Space = [SearchParameter.Uniform("learning_rate", 0.1, 1)],
        Sampler = SweepSampler.Random, Trials = 3 * kills, Episodes = 1000, Seeds = 1, TestSeeds = 0,
    };

    /// <summary>Starts a process that begins or resumes a member, and says "training" then.</summary>
    /// <param name="member">Which.</param>
    /// <param name="environment">Variables of the process, as NAME=VALUE.</param>
    public Process Start(string member, params string[] environment) => Process.Start(OwnProcess.As("fleet",
        string.Create(CultureInfo.InvariantCulture, $"{store}|{kills}|{member}"), environment is [] ? [] : ["env", .. environment]))!;

    /// <summary>The state of each member that has begun.</summary>
    public Dictionary<string, RunState> States()
    {
        var runs = StoreFolder.List(store).Select(r => (r.Name, r.State, r.Error));
        var others = SweepFolder.List(store).Select(s => (s.Name, s.State, s.Error));
        return runs.Concat(others).ToDictionary(m => m.Name, m => m.Error is null ? m.State : throw new InputException(m.Error));
    }

    /// <summary>Begins or resumes a member, and gives its commands until it has ended.</summary>
    /// <param name="member">Which.</param>
    /// <param name="toTheEnd">Whether a run trains at full speed once it has been given all of them.</param>
    public async Task TrainAsync(string member, bool toTheEnd)
    {
        var state = States().TryGetValue(member, out var known) ? known : (RunState?)null;
        if (state == RunState.Completed)
            return;
        bool isNew = state is null;
        // A clock that hurries: an ensemble and a sweep save as often in the life of a short process as else in that of a long one.
        var time = new HastyTime();
        switch (member)
        {
            case Ensemble:
                var options = new EnsembleOptions { Store = store, Name = Ensemble, Threads = 1, Time = time };
                var ensemble = isNew ? GridWorld.Ensemble.Start(OfEnsemble, Seeds, options)
                    : GridWorld.Ensemble.Resume(Ensemble, store, options: options);
                if (ensemble.Changes.Count == 0)
                    ensemble.Set(epsilon: 0.02);
                await ensemble;
                break;
            case Sweep:
                var sweeping = new SweepRunOptions { Store = store, Threads = 1, Time = time };
                await (isNew ? OfSweep.Start(sweeping) : SweepRun.Resume(Sweep, store, sweeping));
                break;
            default:
                if (BeginRun(member, isNew, new() { Store = store, Name = member, CheckpointEvery = 20, Pace = 13_000 }) is { } run)
                {
                    while (!run.Completion.IsCompleted)
                    {
                        if (TrainingProcess.Command(run) && toTheEnd)
                            run.Pace = null;
                        await Task.Delay(1);
                    }
                }

                break;
        }
    }

    /// <summary>Compares the ensemble with one that was trained without an interruption.</summary>
    public EnsembleView AssertUndisturbed(EnsembleView view)
    {
        var mdp = OfEnsemble.World.Compile();
        Assert.All(view.Seeds, seed =>
        {
            var undisturbed = new SeedTraining(OfEnsemble with { Seed = seed.Seed }, mdp);
            undisturbed.AdvanceTo(OfEnsemble.Episodes!.Value, view.Changes, () => false);
            Assert.Equal(undisturbed.Finish(isJudged: true), seed);
        });
        return view;
    }

    /// <summary>Compares the sweep with one that was trained without an interruption.</summary>
    public async Task AssertUndisturbedAsync(SweepView view)
    {
        var sweep = OfSweep.Start(new() { Store = Path.Combine(store, "undisturbed"), Threads = 2 });
        await sweep;
        Assert.NotNull(sweep.Hash());
        Assert.Equal(sweep.Hash(), view.Hash());
        Assert.Equal(sweep.TrialResults(), view.TrialResults());
    }

    // A fork begins when its parent has come so far.
    Run? BeginRun(string member, bool isNew, RunOptions options) => (member, isNew) switch
    {
        (_, false) => Run.Resume(member, store, options: options with { Name = null }),
        (Fork, true) => StoreFolder.List(store).Any(r => r is { Name: "q-learning", Episodes: >= ForkedAt })
            ? Run.Open("q-learning", store).Fork(ForkedAt, epsilon: 0.35, options: options) : null,
        _ => Run.Start(SpecificationOf(member), options),
    };

    [ModuleInitializer]
    internal static void TrainWhereAsked() => OwnProcess.Play("fleet", Train);

    public static void Train(string told)
    {
        if (told.Split('|') is not [var store, var kills, var member])
            throw new ArgumentException(told);
        LearnerCatalog.Register(() => Own);
        var fleet = new Fleet(store, int.Parse(kills, CultureInfo.InvariantCulture));
        var training = fleet.TrainAsync(member, toTheEnd: false);
        Console.WriteLine("training");
        training.GetAwaiter().GetResult();
        Environment.Exit(0);
    }

    sealed class HastyTime : TimeProvider
    {
        public override long TimestampFrequency => base.TimestampFrequency / 20;
    }
}
