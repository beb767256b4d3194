namespace GridWorld;

/// <summary>
/// Which trials share a bracket, and how much each is trained before the next decision. It depends on numbers only, never on results.
/// </summary>
public sealed class PruningPlan
{
    PruningPlan(IReadOnlyList<Bracket> brackets) =>
        (Brackets, Trials, Cost) = (brackets, brackets.Sum(b => b.Rungs[0].Trials), brackets.Sum(b => b.Cost));

    /// <summary>The brackets, in the order of their trials.</summary>
    public IReadOnlyList<Bracket> Brackets { get; }

    /// <summary>The number of the bracket of a trial, both from 0.</summary>
    internal int IndexOf(int trial)
    {
        int low = 0, high = Brackets.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Brackets[middle].First <= trial ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>The number of trials of all brackets.</summary>
    public int Trials { get; }

    /// <summary>The total resource of all brackets if each trial continues from where its last rung ended.</summary>
    public long Cost { get; }

    /// <summary>No pruning: each trial is a bracket of its own with one rung.</summary>
    /// <inheritdoc cref="Halving"/>
    public static PruningPlan None(int trials, long resource)
    {
        Check(trials, resource, 2);
        Rung[] whole = [new(1, resource)];
        return new([.. Enumerable.Range(0, trials).Select(t => new Bracket(t, whole))]);
    }

    /// <summary>
    /// Synchronous successive halving (Jamieson and Talwalkar, 2016): one bracket, in which the best 1/η of the trials continue with η
    /// times the resource, until one trial has the whole resource. The first rung has at least 1 unit.
    /// </summary>
    /// <param name="trials">The number of trials, at least 1.</param>
    /// <param name="resource">The whole resource of a trial, at least 1.</param>
    /// <param name="eta">The factor η, at least 2. Default 3.</param>
    /// <exception cref="InputException">Lists every number that is out of range.</exception>
    public static PruningPlan Halving(int trials, long resource, int eta = 3)
    {
        Check(trials, resource, eta);
        return new([Make(0, trials, Math.Min(Floor(trials, eta), Floor(resource, eta)), resource, eta)]);
    }

    /// <summary>
    /// Hyperband (Li et al., 2018): brackets of ⌈(s_max + 1)/(s + 1) · ηˢ⌉ trials for s = s_max … 0, which start with the resource R/ηˢ;
    /// for R = 81 and η = 3 they have 81, 34, 15, 8 and 5 trials. s_max is ⌊log_η R⌋, or less if all brackets together would have more
    /// trials than asked for. If trials are left after one round of brackets, another round starts; the last bracket can be smaller.
    /// </summary>
    /// <param name="trials">The number of trials, at least 1; null for one whole round.</param>
    /// <param name="resource">The whole resource R of a trial, at least 1.</param>
    /// <param name="eta">The factor η, at least 2. Default 3.</param>
    /// <exception cref="InputException">Lists every number that is out of range.</exception>
    public static PruningPlan Hyperband(int? trials, long resource, int eta = 3)
    {
        Check(trials ?? 1, resource, eta);
        int most = Floor(resource, eta);
        while (most > 0 && Round(most, eta).Sum() is var sum && sum > (trials ?? MostTrials))
            most--;
        long[] round = [.. Round(most, eta)];
        long left = trials ?? round.Sum();
        var brackets = new List<Bracket>();
        for (int first = 0, k = 0; left > 0; k++)
        {
            int size = (int)Math.Min(left, round[k % round.Length]);
            brackets.Add(Make(first, size, most - k % round.Length, resource, eta));
            first += size;
            left -= size;
        }

        return new(brackets);
    }

    internal const int MostTrials = 1_000_000;

    static IEnumerable<long> Round(int most, int eta) =>
        Enumerable.Range(0, most + 1).Select(k => CeilingOf((most + 1) * Power(eta, most - k), most - k + 1));

    // Rung i of s has ⌊n/ηⁱ⌋ trials, at least one, and the resource R/ηˢ⁻ⁱ, rounded up.
    static Bracket Make(int first, int trials, int s, long resource, int eta) => new(first,
        [.. Enumerable.Range(0, s + 1)
            .Select(i => new Rung((int)Math.Max(1, trials / Power(eta, i)), CeilingOf(resource, Power(eta, s - i))))]);

    static long CeilingOf(long a, long b) => (a + b - 1) / b;

    static long Power(int eta, int exponent) => exponent == 0 ? 1 : eta * Power(eta, exponent - 1);

    // ⌊log_η n⌋ without a logarithm.
    static int Floor(long n, int eta) => n < eta ? 0 : 1 + Floor(n / eta, eta);

    static void Check(int trials, long resource, int eta) => new Faults()
        .Require(trials is >= 1 and <= MostTrials, $"Trials must be between 1 and {MostTrials} (got {trials}).")
        .Require(resource is >= 1 and <= 1L << 40, $"The resource of a trial must be between 1 and 2^40 (got {resource}).")
        .Require(eta is >= 2 and <= 100, $"Eta must be between 2 and 100 (got {eta}).")
        .ThrowIfAny();
}
