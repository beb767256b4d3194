using System.Text.RegularExpressions;

namespace GridWorld;

/// <summary>
/// The search of a whole sweep: its groups, then the test of the best trial of each group on fresh seeds. It has no threads, no clock and
/// no file: the same results give the same decisions.
/// </summary>
internal sealed partial class SweepSearch
{
    /// <summary>Number of trials that fail with the same error after which the sweep stops.</summary>
    public const int Strikes = 3;

    // So many brackets may be under way when the budget is reckoned: it counts the steps of those before.
    const int BudgetLag = 64;
    readonly SweepPlan plan;
    readonly SeedScoring scoring;
    readonly GroupSearch[] groups;
    readonly TrialSearch?[] tests;
    readonly Queue<SweepUnit> ofTests = [];
    readonly Dictionary<string, int> errors = [];
    readonly HashSet<TrialSearch> changed = [];
    readonly List<(string Place, string Json)> decisions = [];
    readonly Budget? budget;

    public SweepSearch(SweepPlan plan)
    {
        this.plan = plan;
        scoring = new(plan.Objective);
        groups = [.. plan.Groups.Select(group => new GroupSearch(group, plan.Sweep, plan.Objective, scoring)
        {
            Decided = (place, json) => decisions.Add((place, json)), Changed = Note,
        })];
        tests = new TrialSearch?[groups.Length];
        budget = plan.Sweep.BudgetSteps is { } steps ? new(groups, steps, plan.Sweep.Pruner is SweepPruner.None or SweepPruner.Racing
            ? BudgetLag : 1) : null;
        Planned = plan.Groups.Sum(g => (long)g.Trials);
    }

    /// <summary>Number of trials that the sweep has without a budget, tests not included.</summary>
    public long Planned { get; }

    /// <summary>Number of trials that have ended, tests not included.</summary>
    public long Ended { get; private set; }

    /// <summary>Number of steps of all runs.</summary>
    public long Steps { get; private set; }

    public bool IsEnded => Array.TrueForAll(groups, g => g.IsEnded) && Array.TrueForAll(tests, t => t is null or { IsEnded: true })
        && ofTests.Count == 0 && !NeedsTests;

    /// <summary>Why the sweep stops before its end: too many trials failed with the same error. Null if it goes on.</summary>
    public string? Stop { get; private set; }

    bool NeedsTests => plan.Sweep.TestSeeds > 0 && groups.Where((g, k) => g.IsEnded && tests[k] is null && g.Best is not null).Any();

    /// <summary>The next piece of work; null if none is known before other results come.</summary>
    public SweepUnit? Next()
    {
        for (int k = 0; k < groups.Length; k++)
        {
            if (groups[k].Next(bracket => budget is null ? true : budget.MayBegin(k, bracket)) is { } unit)
                return unit;
            if (groups[k].IsEnded && tests[k] is null && plan.Sweep.TestSeeds > 0 && groups[k].Best is { } best)
                BeginTest(k, best);
        }

        return ofTests.TryDequeue(out var test) ? test : null;
    }

    public void Take(SweepOutcome outcome)
    {
        var trial = outcome.Unit.Trial;
        Steps += trial.Take(outcome);
        if (trial.Known < trial.Asked)
            return;
        if (!trial.IsTest)
        {
            groups[Array.FindLastIndex(groups, g => g.Group.FirstTrial < trial.Number)].Decide(trial);
            return;
        }

        trial.EndRung();
        trial.End(TrialState.Done);
        changed.Add(trial);
    }

    /// <summary>The trials that have changed since the last call, in the order of their numbers.</summary>
    public IReadOnlyList<TrialSearch> TakeChanged()
    {
        var all = changed.OrderBy(t => t.Number).ToList();
        changed.Clear();
        return all;
    }

    /// <summary>The decisions since the last call.</summary>
    public IReadOnlyList<(string Place, string Json)> TakeDecisions()
    {
        var all = decisions.ToList();
        decisions.Clear();
        return all;
    }

    void BeginTest(int group, TrialSearch best)
    {
        var whole = PruningPlan.None(1, plan.Sweep.Episodes).Brackets[0];
        var test = tests[group] = new(Planned + group + 1, -1, best.Trial, whole, plan.Sweep.TestSeeds, isTest: true);
        decisions.Add((FormattableString.Invariant($"best of group {group + 1}"), FormattableString.Invariant($"{best.Number}")));
        test.Begin();
        changed.Add(test);
        test.Asked = plan.Sweep.TestSeeds;
        for (int k = 0; k < test.Asked; k++)
            ofTests.Enqueue(new(test, ulong.MaxValue - (ulong)k, k, 0, plan.Sweep.Episodes, scoring));
    }

    void Note(TrialSearch trial)
    {
        changed.Add(trial);
        if (!trial.IsEnded)
            return;
        Ended++;
        budget?.Count(trial);
        if (trial.State != TrialState.Failed)
            return;
        // Numbers differ from trial to trial.
        string kind = Digits().Replace(trial.Error!, "#");
        if (trial.SameAs is null && (errors[kind] = errors.GetValueOrDefault(kind) + 1) == Strikes)
        {
            Stop ??= $"{Strikes} trials failed with the same error, last trial {trial.Number}: {trial.Error} "
                + "Correct the cause or narrow the space, then resume the sweep, which trains failed trials again.";
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Digits();

    /// <summary>
    /// Whether the steps of earlier brackets let another one begin. It never depends on which trials happen to have ended.
    /// </summary>
    sealed class Budget(GroupSearch[] groups, long most, int lag)
    {
        // Steps and trials that are still to end, by bracket, in the order of the groups.
        readonly List<(long Steps, int Open)> brackets = [.. groups.SelectMany(g => g.Group.Pruning.Brackets)
            .Select(b => (0L, b.Rungs[0].Trials))];

        readonly int[] first = [.. groups.Select((_, k) => groups.Take(k).Sum(g => g.Group.Pruning.Brackets.Count))];

        // Entry k: the steps of the first k brackets, which have all ended.
        readonly List<long> spent = [0];

        public bool? MayBegin(int group, int bracket)
        {
            int before = Math.Max(0, first[group] + bracket - lag + 1);
            while (spent.Count <= before)
            {
                int next = spent.Count - 1;
                if (brackets[next].Open > 0 && !IsOut(next))
                    return null;
                spent.Add(spent[next] + brackets[next].Steps);
            }

            return spent[before] < most;
        }

        public void Count(TrialSearch trial)
        {
            int group = Array.FindLastIndex(groups, g => g.Group.FirstTrial < trial.Number);
            int at = first[group] + groups[group].Group.Pruning.IndexOf(trial.Place);
            brackets[at] = (brackets[at].Steps + trial.Steps, brackets[at].Open - 1);
        }

        // A bracket that never began, since the budget was spent.
        bool IsOut(int bracket)
        {
            int group = Array.FindLastIndex(first, f => f <= bracket);
            return groups[group].IsOutOfBudget && groups[group].Group.Pruning.Brackets[bracket - first[group]].First >= groups[group].Begun;
        }
    }
}
