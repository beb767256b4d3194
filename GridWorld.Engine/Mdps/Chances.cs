namespace GridWorld;

/// <summary>
/// The random outcomes of every action: for each outcome the executed direction, the change of the wind and the probability, in draw order.
/// </summary>
internal sealed class Chances
{
    readonly int[][] directions;
    readonly double[][] probabilities;

    public Chances(WorldRules rules, bool isWindy)
    {
        var moves = Moves.Of(rules.Moves);
        Gusts = isWindy && rules.WindNoise > 0 ? [-1, 0, 1] : [0];
        double[] gusts = Gusts.Length == 1 ? [1] : [rules.WindNoise / 2, 1 - rules.WindNoise, rules.WindNoise / 2];
        (directions, probabilities) = (new int[moves.Length][], new double[moves.Length][]);
        for (int a = 0; a < moves.Length; a++)
        {
            var slips = Slips(moves, a, rules);
            directions[a] = [.. slips.Select(s => s.Direction)];
            probabilities[a] = [.. slips.SelectMany(s => gusts, (s, gust) => s.Probability * gust)];
        }
    }

    /// <summary>Number of outcomes of every pair.</summary>
    public int Outcomes => probabilities[0].Length;

    /// <summary>Changes of the wind in a windy column.</summary>
    public int[] Gusts { get; }

    /// <summary>The directions that can be executed. Each is combined with all gusts.</summary>
    public int[] Directions(int action) => directions[action];

    public double[] Probabilities(int action) => probabilities[action];

    static (int Direction, double Probability)[] Slips(ReadOnlySpan<int> moves, int action, WorldRules rules)
    {
        int chosen = moves[action];
        if (rules.Slip == 0)
            return [(chosen, 1)];
        if (rules.SlipKind == SlipKind.Perpendicular)
            return [(Moves.LeftOf(chosen), rules.Slip / 2), (chosen, 1 - rules.Slip), (Moves.RightOf(chosen), rules.Slip / 2)];
        double each = rules.Slip / moves.Length;
        return Array.ConvertAll(moves.ToArray(), d => (d, d == chosen ? 1 - rules.Slip + each : each));
    }
}
