using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Trains pieces of work. One thread at a time may use a worker.</summary>
internal static class SweepWorker
{
    static readonly ConditionalWeakTable<World, Mdp> compiled = [];

    /// <summary>Trains a piece of work to its end.</summary>
    /// <param name="unit">The work.</param>
    /// <param name="state">From where it goes on; null for the beginning.</param>
    /// <param name="isInterrupted">Asked every few milliseconds. If true, training ends after the current episode.</param>
    /// <param name="rest">Given the state of work that was interrupted.</param>
    /// <returns>What came of it; null if it was interrupted.</returns>
    public static SweepOutcome? Train(SweepUnit unit, Func<IReadOnlyList<StateSection>?> state, Func<bool> isInterrupted,
        Action<SweepUnit, long, IReadOnlyList<StateSection>> rest)
    {
        try
        {
            return TrainOn(unit, state(), isInterrupted, rest);
        }
        catch (Exception e)
        {
            // A world that cannot be compiled, a learner that cannot be made: it fails this trial only.
            return new(unit, new(unit.Seed, TrialState.Failed, 0, 0, 0, null, null, null, null, null, ForeignFault.Words(e, "")), new(),
                null);
        }
    }

    static SweepOutcome? TrainOn(SweepUnit unit, IReadOnlyList<StateSection>? state, Func<bool> isInterrupted,
        Action<SweepUnit, long, IReadOnlyList<StateSection>> rest)
    {
        var specification = unit.Specification;
        var mdp = compiled.GetValue(specification.World, world => world.Compile());
        var training = new SeedTraining(specification, mdp, unit.Scoring.Threshold, unit.Scoring.KeepsRecords);
        if (state is not null && !unit.Scoring.KeepsRecords)
            training.Load(state, []);
        training.AdvanceTo(unit.Episodes, [], isInterrupted);
        if (training.Fault is null && training.Episodes < unit.Episodes)
        {
            training.AdvanceTo(training.Boundary, [], () => false);
            if (training.Fault is null && training.Episodes < unit.Episodes)
            {
                if (!unit.Scoring.KeepsRecords)
                    rest(unit, training.Episodes, training.Save());
                return null;
            }
        }

        bool isLast = unit.Rung == unit.Trial.Bracket.Rungs.Count - 1;
        return new(unit, Scored(training, unit, specification, mdp), training.Curve,
            isLast || training.Fault is not null || unit.Scoring.KeepsRecords ? null : training.Save());
    }

    static SeedResult Scored(SeedTraining training, SweepUnit unit, RunSpecification specification, Mdp mdp)
    {
        var result = training.Finish(isJudged: false);
        if (result.State == TrialState.Failed)
            return result;
        try
        {
            double score = unit.Scoring.Of(training, specification, mdp);
            return double.IsNaN(score)
                ? result with { State = TrialState.Failed, Error = "The objective of this seed is not a number." }
                : result with { Score = score };
        }
        catch (Exception e)
        {
            return result with { State = TrialState.Failed, Error = ForeignFault.Words(e, " in the objective") };
        }
    }
}
