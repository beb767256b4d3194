namespace GridWorld;

/// <summary>The table of what learners can be told: files, command lines and pages are made from it.</summary>
internal static class LearnerSettings
{
    /// <summary>All settings of all learners.</summary>
    public static IReadOnlyList<LearnerSetting> All { get; } =
    [
        .. Hyperparameter.All,
        new WholeSetting("steps_ahead", "Steps ahead", 1, 1000,
            o => o switch { NStepSarsa n => n.StepsAhead, NStepTreeBackup n => n.StepsAhead, _ => null },
            (o, v) => o switch { NStepSarsa n => n with { StepsAhead = v }, NStepTreeBackup n => n with { StepsAhead = v }, _ => o }),
        new WholeSetting("planning_steps", "Planning steps", 0, 10_000,
            o => o switch { DynaQ d => d.PlanningSteps, DynaQPlus d => d.PlanningSteps, PrioritizedSweeping p => p.PlanningSteps, _ => null },
            (o, v) => o switch { DynaQ d => d with { PlanningSteps = v }, DynaQPlus d => d with { PlanningSteps = v }, PrioritizedSweeping p => p with { PlanningSteps = v }, _ => o }),
        new NumberSetting("initial_value", "Initial value", o => o.InitialValue, (o, v) => o with { InitialValue = v }),
        new ChoiceSetting("ties", "Ties", ["random", "first"], o => (int)o.Ties, (o, v) => o with { Ties = (Ties)v }),
        new ChoiceSetting("behaviour", "Behavior", ["epsilon-greedy", "softmax", "ucb"], o => (int)o.Behavior, (o, v) => o with { Behavior = (Behavior)v })
        {
            OtherSpelling = "behavior",
        },
        new ChoiceSetting("traces", "Traces", ["accumulating", "replacing"],
            o => o switch { SarsaLambda l => (int)l.Traces, WatkinsQLambda l => (int)l.Traces, _ => null },
            (o, v) => o switch { SarsaLambda l => l with { Traces = (Traces)v }, WatkinsQLambda l => l with { Traces = (Traces)v }, _ => o }),
    ];

    /// <summary>The settings that a learner has.</summary>
    public static IEnumerable<LearnerSetting> Of(LearnerOptions options) => All.Where(s => s.ToJson(options) is not null);
}
