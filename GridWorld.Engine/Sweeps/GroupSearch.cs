using System.Globalization;

namespace GridWorld;

/// <summary>
/// The search of one group: proposes its trials, hands out the work of their seeds, and decides which go on. Everything follows from the
/// results by their numbers, so it does not depend on the order in which they come. It forgets trials that can decide nothing any more.
/// </summary>
internal sealed class GroupSearch(SweepGroup group, Sweep sweep, SweepObjective objective, SeedScoring scoring)
{
    // Fewer seeds that all agree are not significant (SeedRace.Significance).
    const int RaceFrom = 5;
    readonly bool isRace = sweep.Pruner == SweepPruner.Racing, learns = group.Sampler.Needed(int.MaxValue) > 0;

    // Points with a continuous setting never repeat.
    readonly Dictionary<string, TrialSearch>? bySettings =
        group.Space.Parameters.Any(p => p.Kind is SearchKind.Uniform or SearchKind.LogUniform) ? null : [];
    readonly Dictionary<int, TrialSearch> live = [];
    readonly List<ScoredPoint> firstScores = [];
    readonly Dictionary<TrialSearch, List<TrialSearch>> followers = [];

    // Trials that are still to end the rung, of brackets with several.
    readonly Dictionary<Bracket, int> missing = [];
    readonly Queue<SweepUnit> ready = [];
    readonly SeedRace race = new();
    TrialSearch? incumbent;
    int bracket, noted, raced, open;

    public SweepGroup Group => group;

    /// <summary>Number of trials that have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>Whether no trial will be proposed any more, and all have ended.</summary>
    public bool IsEnded => (IsOutOfBudget || Begun == group.Trials) && open == 0;

    /// <summary>Whether the budget was spent before all trials began.</summary>
    public bool IsOutOfBudget { get; private set; }

    /// <summary>The best trial so far: of those with the best objective, the first; null if none has ended well.</summary>
    public TrialSearch? Best { get; private set; }

    /// <summary>Told what was decided, and why: its place, and the decision as JSON.</summary>
    public required Action<string, string> Decided { get; init; }

    /// <summary>Told of a trial that began, went on or ended.</summary>
    public required Action<TrialSearch> Changed { get; init; }

    /// <summary>The next piece of work; null if none is known before other results come.</summary>
    /// <param name="mayBegin">Whether the budget lets the bracket of this number begin; null: not known yet.</param>
    public SweepUnit? Next(Func<int, bool?> mayBegin)
    {
        while (ready.Count == 0 && TryPropose(mayBegin))
        {
        }

        return ready.TryDequeue(out var unit) ? unit : null;
    }

    /// <summary>Decides, after a trial has got the results of all seeds that were asked for.</summary>
    public void Decide(TrialSearch trial)
    {
        if (isRace && GoesOn(trial))
            return;
        trial.EndRung();
        EndRungOf(trial.Bracket);
        NoteFirstScores();
    }

    bool TryPropose(Func<int, bool?> mayBegin)
    {
        int place = Begun;
        if (IsOutOfBudget || place == group.Trials || noted < group.Sampler.Needed(place) || isRace && !KnowsIncumbent(place))
            return false;
        var brackets = group.Pruning.Brackets;
        if (place >= brackets[bracket].First + brackets[bracket].Rungs[0].Trials)
            bracket++;
        if (place == brackets[bracket].First && mayBegin(bracket) is var may && may != true)
        {
            IsOutOfBudget = may == false;
            return false;
        }

        var trial = group.Trial(place, group.Sampler.Propose(place, firstScores));
        // Where trials wait for each other's rungs, an equal one takes part by itself.
        var same = brackets[bracket].Rungs.Count == 1 ? bySettings?.GetValueOrDefault(trial.Hash) : null;
        var search = new TrialSearch(group.FirstTrial + place + 1, place, trial, brackets[bracket], sweep.Seeds)
        {
            SameAs = same, Incumbent = incumbent,
        };
        live.Add(place, search);
        (Begun, open) = (Begun + 1, open + 1);
        bySettings?.TryAdd(trial.Hash, search);
        if (same is { IsEnded: true })
        {
            EndAs(search, same);
            return true;
        }

        if (same is null)
        {
            search.Begin();
            Ask(search, isRace ? Math.Min(RaceFrom, sweep.Seeds) : sweep.Seeds);
        }
        else if (!followers.TryAdd(same, [search]))
        {
            followers[same].Add(search);
        }

        Changed(search);
        return true;
    }

    // The incumbent of a trial is the best of those that are at least 8 trials older, whichever others have ended.
    bool KnowsIncumbent(int place)
    {
        for (; raced <= place - Sampler.Lag; raced++)
        {
            if (!live.TryGetValue(raced, out var older) || !older.IsEnded)
                return false;
            if (older is { State: TrialState.Done, SameAs: null } && (incumbent is null || IsBetter(older.Objective, incumbent.Objective)))
                incumbent = older;
            live.Remove(raced);
        }

        return true;
    }

    void Ask(TrialSearch trial, int seeds)
    {
        for (int k = trial.Asked; k < seeds; k++)
            ready.Enqueue(new(trial, sweep.FirstSeed + (ulong)k, k, trial.Rung, trial.Bracket.Rungs[trial.Rung].Resource, scoring));
        trial.Asked = seeds;
    }

    // Whether the trial gets another seed before the race decides.
    bool GoesOn(TrialSearch trial)
    {
        if (trial.Known == sweep.Seeds || trial.Error is not null)
            return false;
        var decision = trial.Incumbent is not { } best ? RaceDecision.Keep
            : race.Decide(trial.Scores(trial.Known), best.Scores(sweep.Seeds), sweep.Seeds, objective.HigherIsBetter);
        if (trial.Incumbent is { } against)
        {
            Decided(FormattableString.Invariant($"race of trial {trial.Number} after {trial.Known} seeds"),
                FormattableString.Invariant($"{{\"against\":{against.Number},\"decision\":\"{decision.ToString().ToLowerInvariant()}\"}}"));
        }

        if (decision == RaceDecision.Drop)
            return false;
        Ask(trial, decision == RaceDecision.Keep ? sweep.Seeds : trial.Known + 1);
        return true;
    }

    // A sampler that learns sees the scores at the end of the first rung, in the order of the trials.
    void NoteFirstScores()
    {
        for (; live.TryGetValue(noted, out var next) && next.FirstScore is { } score; noted++)
        {
            if (learns)
                firstScores.Add(new(next.Trial.Point, score));
            Forget(next, noted + 1);
        }
    }

    void EndRungOf(Bracket ended)
    {
        int size = ended.Rungs[0].Trials, left = missing.GetValueOrDefault(ended, size) - 1;
        missing[ended] = left;
        if (left > 0)
            return;
        var taking = Enumerable.Range(ended.First, size).Select(place => live.GetValueOrDefault(place)).OfType<TrialSearch>()
            .Where(t => !t.IsEnded).ToList();
        int rung = taking[0].Rung;
        bool isLast = rung == ended.Rungs.Count - 1, isDropped = isRace && taking[0].Known < sweep.Seeds;
        var survivors = isLast ? [] : ended.Survivors(rung, taking.ToDictionary(t => t.Place, t => t.Objective), objective.HigherIsBetter);
        if (!isLast)
        {
            Decided(FormattableString.Invariant($"rung {rung} of the bracket of trial {group.FirstTrial + ended.First + 1}"),
                $"[{string.Join(',', survivors.Select(s => live[s].Number.ToString(CultureInfo.InvariantCulture)))}]");
        }

        if (survivors.Count > 0)
            missing[ended] = survivors.Count;
        else
            missing.Remove(ended);
        foreach (var trial in taking)
        {
            if (survivors.Contains(trial.Place))
            {
                trial.NextRung();
                Changed(trial);
                Ask(trial, sweep.Seeds);
            }
            else
            {
                trial.End(isDropped || !isLast ? TrialState.Pruned : TrialState.Done);
                Ended(trial);
            }
        }
    }

    void Ended(TrialSearch trial)
    {
        open--;
        if (trial.State == TrialState.Done && (Best is null || IsBetter(trial.Objective, Best.Objective)
            || trial.Objective == Best.Objective && trial.Number < Best.Number))
            Best = trial;
        Changed(trial);
        if (followers.Remove(trial, out var equal))
            equal.ForEach(t => EndAs(t, trial));
        Forget(trial, noted);
    }

    void EndAs(TrialSearch trial, TrialSearch same)
    {
        trial.EndAs(same);
        Ended(trial);
        NoteFirstScores();
    }

    void Forget(TrialSearch trial, int knownUpTo)
    {
        if (trial.IsEnded && trial.Place < knownUpTo && !isRace)
            live.Remove(trial.Place);
    }

    bool IsBetter(double a, double b) => objective.HigherIsBetter ? a > b : a < b;
}
