using System.Reflection;

namespace GridWorld.Tests;

/// <summary>No public method, constructor or extension takes null for what its signature says is not null.</summary>
public class NullArgumentTests
{
    // What the library hands out and no one else has a reason to make.
    static readonly string[] results = ["ActionValue", "AgentSnapshot", "BestTrial", "ConfidenceInterval", "CurveBand", "DiagnosticFlag",
        "Diagnostics",
        "EnsembleStatus", "EpisodeStep", "EpisodeTrace", "ExactSolution", "ExportedFile", "GreedyChange", "LearnerEntry",
            "MovingAiScenario", "PlannedStates", "PlanningPass", "PolicyBreakpoints", "PolicyChanges", "PolicyValues", "QRowAt",
        "RunEvent", "RunParent", "RunStatus", "RunSummary", "SeedResult", "StateExplanation", "StateHistory", "SweepStatus", "SweepSummary",
        "TrialResult", "VerifyProgress"];

    // This file is part of the tests of two assemblies.
    static readonly Assembly Tested = Assembly.Load(typeof(NullArgumentTests).Assembly.GetName().Name!.Replace(".Tests", ""));
    static readonly NullabilityInfoContext nullability = new();

    public static TheoryData<string> Cases => [.. Entries().SelectMany(e => e.GetParameters().Where(IsRequired).Select(p => Name(e, p)))];

    [Theory, MemberData(nameof(Cases))]
    public void Null_is_refused_with_the_name_of_the_argument(string name)
    {
        var (entry, parameter) = Entries().SelectMany(e => e.GetParameters().Select(p => (e, p))).First(x => Name(x.e, x.p) == name);
        object?[] arguments = [.. entry.GetParameters()
            .Select(p => p == parameter ? null : p.HasDefaultValue ? p.DefaultValue : IsRequired(p) ? Samples.Of(p.ParameterType) : null)];

        var thrown = Assert.Throws<TargetInvocationException>(() => Call(entry, arguments)).InnerException;

        Assert.Equal(parameter.Name, Assert.IsType<ArgumentNullException>(thrown).ParamName);
    }

    static object? Call(MethodBase entry, object?[] arguments) => entry switch
    {
        ConstructorInfo constructor => constructor.Invoke(arguments),
        MethodInfo { ReturnType: var type } method when typeof(Task).IsAssignableFrom(type) =>
            Await((Task)method.Invoke(method.IsStatic ? null : Samples.Of(method.DeclaringType!), arguments)!),
        _ => entry.Invoke(entry.IsStatic ? null : Samples.Of(entry.DeclaringType!), arguments),
    };

    static object? Await(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            throw new TargetInvocationException(e);
        }

        return null;
    }

    static IEnumerable<MethodBase> Entries() =>
        Tested.GetExportedTypes().Where(t => !t.IsInterface && !typeof(Delegate).IsAssignableFrom(t))
        .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .OfType<MethodBase>()
        // One with a type parameter has no type to be called with.
        .Where(m => !m.ContainsGenericParameters && !m.IsAbstract && !IsExempt(m));

    static bool IsExempt(MethodBase entry)
    {
        var parameters = entry.GetParameters();
        bool sets = entry.Name.StartsWith("set_", StringComparison.Ordinal);
        return ((entry.IsConstructor || sets) && results.Contains(entry.DeclaringType!.Name))
            // Their Check names a missing schedule together with all other faults.
            || (sets && typeof(LearnerOptions).IsAssignableFrom(entry.DeclaringType))
            // Reflection cannot hand over a span: TableAccessTests calls them.
            || parameters.Any(p => p.ParameterType.IsByRefLike)
            // Only the library has a LoopBuilder to hand over.
            || parameters is [{ ParameterType: var only }] && only == typeof(LoopBuilder);
    }

    static bool IsRequired(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && !parameter.ParameterType.IsByRef && !parameter.IsOut
        && nullability.Create(parameter).WriteState == NullabilityState.NotNull;

    static string Name(MethodBase entry, ParameterInfo parameter) =>
        $"{entry.DeclaringType!.Name}.{entry.Name}({string.Join(", ", entry.GetParameters().Select(p => p.ParameterType.Name))}):"
        + $" {parameter.Name}";

    /// <summary>Something of each type, to call and to be handed over.</summary>
    static class Samples
    {
        static readonly World world = new(["S.G"]);
        static readonly Lazy<Run> run = new(() =>
        {
            var run = world.Train(new QLearning(), 1, options: RunOptions.InMemory);
            run.Completion.Wait();
            return run;
        });

        static readonly Lazy<SweepRun> sweep = new(() => new Sweep { Space = [], Episodes = 1, Seeds = 1, TestSeeds = 0 }.Start(
            new() { Store = Directory.CreateTempSubdirectory("gridworld-test-").FullName }));

        static readonly Lazy<Ensemble> ensemble =
            new(() => Ensemble.Start(new(world, new QLearning(), Episodes: 1), 1, EnsembleOptions.InMemory));

        public static object? Of(Type type) => type switch
        {
            _ when type.IsValueType => Activator.CreateInstance(type),
            _ when type == typeof(string) => "a",
            _ when type == typeof(World) => world,
            _ when type == typeof(WorldRules) => world.Rules,
            _ when type == typeof(Mdp) => world.Compile(),
            _ when type == typeof(StationaryPolicy) => StationaryPolicy.Uniform(world.Compile()),
            _ when type == typeof(Plan) => Planner.Solve(world.Compile()),
            _ when type == typeof(LearnerOptions) => new QLearning(),
            _ when type == typeof(RunSpecification) => new RunSpecification(world, new QLearning()),
            _ when type == typeof(Run) => run.Value,
            _ when type == typeof(RunView) => run.Value,
            _ when type.Name == "RunChart" =>
                Tested.GetType("GridWorld.RunCharts")!.GetMethod("LearningCurve", [typeof(Run)])!.Invoke(null, [run.Value]),
            _ when type.IsAssignableFrom(typeof(string[])) => new[] { "S.G" },
            _ when type == typeof(Scores) => Scores.Of(1, 2),
            _ when type == typeof(ComparedScores) => new ComparedScores("a", [1, 2]),
            _ when type == typeof(ScoreComparison) => ScoreComparison.Of(new("a", [1, 2]), new("b", [1, 3])),
            _ when type == typeof(LearningCurve) => new LearningCurve([1], [1], [0]),
            _ when type.IsAssignableFrom(typeof(double[])) => new[] { 1.0, 2 },
            _ when type.IsAssignableFrom(typeof(long[])) => new[] { 1L },
            _ when type.IsAssignableFrom(typeof(double[][])) => new[] { new[] { 1.0, 2 }, [2, 3] },
            _ when type.IsAssignableFrom(typeof(LearningCurve[])) => new[] { new LearningCurve([1], [1], [0]) },
            _ when type == typeof(WorldChange) => new WorldChange(1, "S.G"),
            _ when type == typeof(Passenger) => new Passenger("ab"),
            _ when type == typeof(RunOptions) => RunOptions.InMemory,
            _ when type == typeof(StateWriter) => new StateWriter(),
            _ when type == typeof(StateReader) => new StateReader([]),
            _ when type == typeof(SearchParameter) => SearchParameter.Integer("a", 0, 1),
            _ when type == typeof(SearchCondition) => SearchParameter.Integer("a", 0, 1).When("b", 1).Conditions[0],
            _ when type == typeof(SearchSpace) => new SearchSpace([]),
            _ when type == typeof(SearchPoint) => new SearchPoint([]),
            _ when type == typeof(ScoredPoint) => new ScoredPoint(new([]), 0),
            _ when type == typeof(ParameterImportance) => new ParameterImportance("a", 1),
            _ when type == typeof(Sampler) => Sampler.Grid(new([])),
            _ when type == typeof(Bracket) => PruningPlan.None(1, 1).Brackets[0],
            _ when type == typeof(SeedRace) => new SeedRace(),
            _ when type == typeof(Func<IReadOnlyList<double>, double>) => (Func<IReadOnlyList<double>, double>)(_ => 1),
            _ when type == typeof(IReadOnlyList<double>) => new double[1],
            _ when type == typeof(IReadOnlyList<SearchValue>) => new SearchValue[1],
            _ when type == typeof(IReadOnlyList<ScoredPoint>) => Array.Empty<ScoredPoint>(),
            _ when type == typeof(IReadOnlyDictionary<int, double>) => new Dictionary<int, double> { [0] = 1 },
            _ when type == typeof(Sweep) => new Sweep(),
            _ when type == typeof(SweepRunOptions) => new SweepRunOptions(),
            _ when type == typeof(SweepView) || type == typeof(SweepRun) => sweep.Value,
            _ when type == typeof(IReadOnlyList<SearchParameter>) => Array.Empty<SearchParameter>(),
            _ when type == typeof(Func<IReadOnlyList<EpisodeRecord>, double>) => (Func<IReadOnlyList<EpisodeRecord>, double>)(_ => 1),
            _ when type == typeof(Ensemble) || type == typeof(EnsembleView) => ensemble.Value,
            _ when type == typeof(EnsembleOptions) => EnsembleOptions.InMemory,
            _ when type.Name == "ChartCurve" => Activator.CreateInstance(type, "a", new[] { 1.0 }, new[] { 1.0 }, null),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) =>
                Array.CreateInstance(type.GetGenericArguments()[0], 1),
            _ => throw new NotSupportedException($"There is no sample of {type}: add one."),
        };
    }
}
