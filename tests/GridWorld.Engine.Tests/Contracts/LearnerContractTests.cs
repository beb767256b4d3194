using CsCheck;

namespace GridWorld.Tests;

/// <summary>What every learner of the catalog promises, with every behavior, in every kind of world.</summary>
public class LearnerContractTests
{
    static bool Is(string learner, LearnerTraits trait) => LearnerCatalog.All.Single(l => l.Name == learner).Traits.HasFlag(trait);

    public static IEnumerable<TheoryDataRow<string>> Learners() => LearnerCatalog.All.Select(e => new TheoryDataRow<string>(e.Name));

    public static IEnumerable<TheoryDataRow<string, Behavior, string>> Everything() =>
        from learner in LearnerCatalog.All
        from behavior in Enum.GetValues<Behavior>()
        from kind in ContractWorlds.All.Keys
        // A model of what was last seen is one of worlds without chance.
        where !(learner.Traits.HasFlag(LearnerTraits.Model) && kind is "slippery" or "slippery any way" or "windy by chance")
        select new TheoryDataRow<string, Behavior, string>(learner.Name, behavior, kind);

    // Upper confidence bounds count tries as if each had told the value it tells today. A learner of longer returns still carries
    // the policies of long ago when the counts say that enough was tried; nothing promises the optimum there.
    public static IEnumerable<TheoryDataRow<string, Behavior, string>> Convergent() =>
        Everything().Where(row => row.Data is var (learner, behavior, _)
        && !(behavior == Behavior.Ucb && Is(learner, LearnerTraits.LongReturns)));

    [Theory, MemberData(nameof(Convergent))]
    public void Exploring_less_and_less_it_comes_to_act_optimally(string learner, Behavior behavior, string kind)
    {
        var world = ContractWorlds.All[kind];
        bool hasChance = world.Compile().HasChance;
        int episodes = hasChance ? 12_000 : 4000;
        var options = LearnerCatalog.Create(learner) with
        {
            Behavior = behavior,
            DiscountFactor = 0.9,
            LearningRate = hasChance
                ? Schedule.Power(1, 0.8, learner == "monte-carlo" ? ScheduleUnit.Episodes : ScheduleUnit.StateActionVisits)
                : Schedule.Linear(0.3, 0.005, episodes),
            Epsilon = Schedule.Linear(1, 0, episodes * 9 / 10),
            Temperature = Schedule.Exponential(3, hasChance ? 0.9995 : 0.998, 1e-3),
            Confidence = Schedule.Linear(3, 0, episodes * 9 / 10),
        };
        options = options switch
        {
            DynaQPlus d => d with { Kappa = Schedule.Linear(0.01, 0, episodes / 4), LearningRate = 0.5 },
            DynaQ or PrioritizedSweeping => options with { LearningRate = 0.5 },
            SarsaLambda s => s with { TraceDecay = 0.5 },
            _ => options,
        };
        var runLoop = ContractWorlds.RunLoop(world, options, seed: 11);

        runLoop.Run(episodes);

        var plan = Planner.Solve(runLoop.Mdp, 0.9, Loops.Token);
        Assert.Empty(ContractWorlds.Suboptimal(runLoop.Loop.Values, plan));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Values_approach_those_of_its_target_policy(string learner)
    {
        const double epsilon = 0.3;
        bool models = Is(learner, LearnerTraits.Model);
        var mdp = ContractWorlds.All[models ? "plain" : "slippery"].Compile();
        var options = LearnerCatalog.Create(learner) with { DiscountFactor = 0.9, Epsilon = epsilon,
            LearningRate = models ? 0.5 : Schedule.Power(1, 0.8) };
        options = options switch
        {
            DynaQPlus d => d with { Kappa = Schedule.Linear(0.001, 0, 1000) },
            PrioritizedSweeping p => p with { Threshold = 1e-9 },
            _ => options,
        };
        var target = Is(learner, LearnerTraits.OnPolicy)
            ? Planner.SolveSoft(mdp, epsilon, 0.9, Loops.Token) : Planner.Solve(mdp, 0.9, Loops.Token);

        var loop = Loops.Of(mdp, options, seed: 5);
        loop.Run(40_000);

        // Every pair was tried some thousand times: what is left is noise of about √(α/2) standard deviations of a return.
        for (int s = 0, pair = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++, pair++)
            {
                if (loop.VisitsOf(s, a) > 1000)
                    Assert.True(Math.Abs(ContractWorlds.ActionValue(mdp, target.Values, s, a, 0.9) - loop.Values[pair]) < (models
                        ? 1e-6 : 0.15), $"Q({s}, {a}) is {loop.Values[pair]}");
            }
        }
    }

    [Theory, MemberData(nameof(Everything))]
    public void Same_seed_gives_the_same_bits_and_another_seed_others(string learner, Behavior behavior, string kind)
    {
        var options = LearnerCatalog.Create(learner) with { Behavior = behavior };
        var (one, same, other) = (ContractWorlds.RunLoop(ContractWorlds.All[kind], options, 1),
            ContractWorlds.RunLoop(ContractWorlds.All[kind], options, 1), ContractWorlds.RunLoop(ContractWorlds.All[kind], options, 2));

        one.Run(30);
        same.Run(30);
        other.Run(30);

        ContractWorlds.Same(one, same);
        Assert.NotEqual(one.Loop.Values.Values.ToArray(), other.Loop.Values.Values.ToArray());
    }

    static readonly Gen<LearnerOptions> AnyOptions =
        from learner in Gen.Int[0, LearnerCatalog.All.Count - 1].Select(i => LearnerCatalog.All[i].Create())
        from behavior in Gen.Enum<Behavior>()
        from ties in Gen.Enum<TieBreaking>()
        from rate in Gen.Int[0, 3]
        from epsilon in Gen.Int[0, 3]
        from initial in Gen.Int[-1, 1]
        select learner with
        {
            Behavior = behavior,
            TieBreaking = ties,
            InitialValue = initial,
            LearningRate = rate switch { 0 => 0.3, 1 => Schedule.Power(1, 0.8), 2 => Schedule.Linear(0.5, 0.1, 15),
                _ => Schedule.Exponential(0.5, 0.999, 0.01, ScheduleUnit.Steps) },
            Epsilon = epsilon switch { 0 => 0.2, 1 => Schedule.Power(1, 0.5, ScheduleUnit.StateVisits),
                2 => Schedule.Linear(1, 0, 300, ScheduleUnit.Steps), _ => Schedule.Power(1, 0.7, ScheduleUnit.Episodes) },
        };

    static readonly Gen<World> AnyWorld = Gen.Int[0, ContractWorlds.All.Count - 1].Select(i => ContractWorlds.All.Values.ElementAt(i));

    [Fact]
    public void However_the_training_is_sliced_not_a_bit_changes() =>
        Gen.Select(AnyOptions, AnyWorld, Gen.ULong, Gen.Int[1, 120].Array[1, 20]).Sample((options, world, seed, slices) =>
        {
            var (straight, sliced) = (ContractWorlds.RunLoop(world, options, seed), ContractWorlds.RunLoop(world, options, seed));
            var buffer = new EpisodeBuffer(40);

            var whole = straight.Run(40);
            for (int i = 0; !buffer.IsFull; i++)
                sliced.Advance(slices[i % slices.Length], 1 + i % 3, buffer);

            ContractWorlds.Same(straight, sliced);
            Assert.Equal(whole.Returns, buffer.Returns);
            Assert.Equal(whole.Lengths, buffer.Lengths);
            Assert.Equal(whole.Epsilons, buffer.Epsilons);
        }, iter: 300);

    [Fact]
    public void Resumed_training_comes_to_the_same_bits() =>
        Gen.Select(AnyOptions, AnyWorld, Gen.ULong, Gen.Int[0, 39]).Sample((options, world, seed, at) =>
        {
            var (straight, resumed) = (ContractWorlds.RunLoop(world, options, seed), ContractWorlds.RunLoop(world, options, seed));
            straight.Run(at);
            var checkpoint = straight.Checkpoint(0);

            straight.Run(40 - at);
            resumed.Load(checkpoint, []);
            resumed.Run(40 - at);

            ContractWorlds.Same(straight, resumed);
        }, iter: 300);

    [Fact]
    public void Going_back_to_a_checkpoint_repeats_what_followed_it() =>
        Gen.Select(AnyOptions, AnyWorld, Gen.ULong, Gen.Int[0, 39]).Sample((options, world, seed, at) =>
        {
            var (straight, rewound) = (ContractWorlds.RunLoop(world, options, seed), ContractWorlds.RunLoop(world, options, seed));
            straight.Run(40);
            rewound.Run(at);
            var checkpoint = rewound.Checkpoint(0);
            rewound.Run(60);

            rewound.Load(checkpoint, []);
            rewound.Run(40 - at);

            ContractWorlds.Same(straight, rewound);
        }, iter: 100);

    [Theory, MemberData(nameof(Learners))]
    public void Truncated_step_bootstraps_and_terminated_step_does_not(string learner)
    {
        var options = LearnerCatalog.Create(learner) with { InitialValue = 10, DiscountFactor = 1, LearningRate = 0.5 };
        var onward = Mdp.FromArrays(2, 1, 1, [1, 1], [0, 0], [1, 1], [false, false], [new(0, 1)], stepLimit: 1);
        var (cut, ended) = (Loops.Of(onward, options), Loops.Of(Loops.Chain(0), options));

        Assert.Equal(0, cut.Run(1).Terminated[0]);
        Assert.Equal(1, ended.Run(1).Terminated[0]);

        Assert.Equal(10, cut.Values[0]); // 0 + 1·10, what it was
        Assert.InRange(ended.Values[0], 0, 7.5);
    }

    [Theory, MemberData(nameof(Learners))]
    public void Values_of_terminal_states_are_zero_whatever_the_start(string learner)
    {
        var world = ContractWorlds.All["plain"];
        var loop = Loops.Of(world, LearnerCatalog.Create(learner) with { InitialValue = 5 });
        Assert.All(loop.Values.Row(8).ToArray(), q => Assert.Equal(0, q));

        loop.Run(100);

        Assert.True(world.Compile().IsTerminal(8));
        Assert.All(loop.Values.Row(8).ToArray(), q => Assert.Equal(0, q));
    }

    [Theory, MemberData(nameof(Everything))]
    public void Values_stay_between_the_worst_and_the_best_return(string learner, Behavior behavior, string kind)
    {
        double worst = (kind switch { "cliff" => -5, "octile" => -Math.Sqrt(2), _ => -1 }) / (1 - 0.9);
        var options = LearnerCatalog.Create(learner) with { Behavior = behavior, DiscountFactor = 0.9, LearningRate = 0.5 };
        var runLoop = ContractWorlds.RunLoop(ContractWorlds.All[kind], options is DynaQPlus d ? d with { Kappa = 0 } : options, 3);

        runLoop.Run(200);

        Assert.All(runLoop.Loop.Values.Values.ToArray(), q => Assert.InRange(q, worst - 1e-9, 1e-9));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Options_out_of_range_are_refused_all_at_once(string learner)
    {
        var faulty = LearnerCatalog.Create(learner) with { LearningRate = 7, DiscountFactor = -1, Epsilon = 3, InitialValue = double.NaN };

        var errors = Assert.Throws<InputException>(() => new RunSpecification(Worlds.Windy(), faulty).Check()).Errors;

        Assert.Equal(["Learning rate must be between 0.001 and 1.0 (got 7).", "Discount factor must be between 0 and 1 (got -1).",
            "Epsilon must be between 0 and 1 (got 3).", "Initial value must be a finite number (got NaN)."], errors);
    }

    // Of an enumeration no other value can be written down: LearnerOptionsTests make some.
    [Theory, MemberData(nameof(Learners))]
    public void Every_setting_that_is_out_of_range_is_one_fault_that_names_the_range(string learner)
    {
        var settings = LearnerCatalog.Create(learner).Settings.Where(s => s is not ChoiceSetting).ToList();
        var faulty = settings.Aggregate(LearnerCatalog.Create(learner),
            (o, s) => s.WithJson(o, s.Name == "initial_value" ? "Infinity" : "2000000"));

        var errors = Assert.Throws<InputException>(faulty.Check).Errors;

        Assert.Equal(settings.Count, errors.Count);
        Assert.All(settings.Zip(errors), pair => Assert.StartsWith($"{pair.First.Title} must be {pair.First.Range} (got ", pair.Second));
    }

    [Theory, MemberData(nameof(Learners))]
    public void Every_property_of_the_options_is_declared(string learner)
    {
        var options = LearnerCatalog.Create(learner);
        var properties = options.GetType().GetProperties().Where(p => p.CanWrite)
            .Select(p => p.Name == nameof(LearnerOptions.TieBreaking) ? "ties"
                : System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));

        Assert.Equal(properties.Order(), options.Settings.Select(s => s.OtherSpelling ?? s.Name).Order());
    }

    [Fact]
    public void Every_learner_of_the_library_is_in_the_catalog()
    {
        var types = typeof(ILearner).Assembly.GetTypes();
        var loops = LearnerCatalog.All.Select(e => Loops.Of(Worlds.Windy(), e.Create()).GetType().GetGenericArguments()[0]);

        Assert.Equal(types.Where(t => t.IsPublic && !t.IsAbstract && t.IsSubclassOf(typeof(LearnerOptions))).OrderBy(t => t.Name),
            LearnerCatalog.All.Concat(LearnerCatalog.Planners).Select(e => e.Create().GetType()).OrderBy(t => t.Name));
        Assert.Equal(types.Where(t => t.IsValueType && !t.IsNested && t.IsAssignableTo(typeof(ILearner))).Select(t => t.Name).Order(),
            loops.Select(t => t.Name).Order());
    }
}
