using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace GridWorld;

/// <summary>Trains pieces of work. One thread at a time may train a piece.</summary>
internal static class SweepWorker
{
    static readonly ConditionalWeakTable<World, Mdp> compiled = [];

    /// <summary>How often the state of long work is saved.</summary>
    public static TimeSpan SaveEvery { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Trains a piece of work to its end.</summary>
    /// <param name="work">The work.</param>
    /// <param name="state">From where it goes on; null for the beginning.</param>
    /// <param name="isInterrupted">Asked every few milliseconds. If true, training ends after the current episode.</param>
    /// <param name="save">Given the state, with its number of episodes, when the work is interrupted, and every few minutes.</param>
    /// <returns>What came of it; null if it was interrupted.</returns>
    public static SeedOutcome? Train(SeedWork work, Func<IReadOnlyList<StateSection>?> state, Func<bool> isInterrupted,
        Action<long, IReadOnlyList<StateSection>> save)
    {
        try
        {
            return TrainOn(work, state(), isInterrupted, save);
        }
        catch (Exception e)
        {
            // A world that cannot be compiled, a learner that cannot be made: it fails this trial only.
            return new(new(work.Specification.Seed, TrialState.Failed, 0, 0, 0, null, null, null, null, null, ForeignFault.Words(e, "")),
                new(), null);
        }
    }

    static SeedOutcome? TrainOn(SeedWork work, IReadOnlyList<StateSection>? state, Func<bool> isInterrupted,
        Action<long, IReadOnlyList<StateSection>> save)
    {
        var (specification, scoring) = (work.Specification, work.Scoring);
        var mdp = compiled.GetValue(specification.World, world => world.Compile());
        var training = new SeedTraining(specification, mdp, scoring.Threshold, scoring.KeepsRecords);
        if (state is not null && !scoring.KeepsRecords)
            training.Load(state, []);
        while (true)
        {
            long begun = Stopwatch.GetTimestamp();
            training.AdvanceTo(work.Episodes, [], () => isInterrupted() || Stopwatch.GetElapsedTime(begun) > SaveEvery);
            if (!IsUnderWay())
                break;
            training.AdvanceTo(training.Boundary, [], () => false);
            if (!IsUnderWay())
                break;
            if (!scoring.KeepsRecords)
                save(training.Episodes, training.Save());
            if (isInterrupted())
                return null;
        }

        return new(Scored(training, work, mdp), training.Curve,
            work.IsLast || training.Fault is not null || scoring.KeepsRecords ? null : training.Save());

        bool IsUnderWay() => training.Fault is null && training.Episodes < work.Episodes;
    }

    static SeedResult Scored(SeedTraining training, SeedWork work, Mdp mdp)
    {
        var result = training.Finish(isJudged: false);
        if (result.State == TrialState.Failed)
            return result;
        try
        {
            double score = work.Scoring.Of(training, work.Specification, mdp);
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
