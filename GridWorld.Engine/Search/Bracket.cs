namespace GridWorld;

/// <summary>
/// Consecutive trials that start together. At the end of each rung but the last, the best continue and the others are pruned.
/// </summary>
public sealed class Bracket
{
    internal Bracket(int first, IReadOnlyList<Rung> rungs) => (First, Rungs) = (first, rungs);

    /// <summary>The number of the first trial. The bracket has as many trials as its first rung.</summary>
    public int First { get; }

    /// <summary>The rungs: the number of trials falls, the resource rises.</summary>
    public IReadOnlyList<Rung> Rungs { get; }

    /// <summary>The total resource if a trial continues from where its last rung ended.</summary>
    public long Cost => Rungs.Select((rung, i) => rung.Trials * (rung.Resource - (i == 0 ? 0 : Rungs[i - 1].Resource))).Sum();

    /// <summary>Decides which trials continue after a rung.</summary>
    /// <param name="rung">The number of the rung that ended, from 0.</param>
    /// <param name="scores">The score at the end of this rung of each trial that took part, by the trial's number. NaN ranks last.</param>
    /// <param name="higherIsBetter">Whether a higher score is better.</param>
    /// <returns>The numbers of the trials that take part in the next rung, ascending; empty after the last rung. Of trials with equal
    /// scores, the one with the lower number continues.</returns>
    /// <exception cref="InputException">There is no such rung, or the number of scores is not that of the rung's trials.</exception>
    public IReadOnlyList<int> Survivors(int rung, IReadOnlyDictionary<int, double> scores, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(scores);
        new Faults().Require(rung >= 0 && rung < Rungs.Count, $"The rung must be between 0 and {Rungs.Count - 1} (got {rung}).")
            .ThrowIfAny();
        new Faults().Require(scores.Count == Rungs[rung].Trials,
            $"Rung {rung} ends with the scores of {Rungs[rung].Trials} trials (got {scores.Count}).")
            .ThrowIfAny();
        if (rung == Rungs.Count - 1)
            return [];
        int[] trials = [.. scores.Keys.Order()];
        return [.. Rank.Best([.. trials.Select(t => scores[t])], higherIsBetter).Take(Rungs[rung + 1].Trials)
            .Select(i => trials[i]).Order()];
    }
}
