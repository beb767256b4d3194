using System.Globalization;

namespace GridWorld;

/// <summary>Small results as facts in a cell.</summary>
internal static class FactOutput
{
    public static CellOutput Of(EvaluationResult result) => Of(
        ($"{Numerals.Count(result.Episodes)} greedy episodes", $"{Percent(result.SuccessRate)} ended in a goal"),
        ("Return", $"{Numerals.Short(result.MeanReturn)} on average (sum of rewards, undiscounted), standard deviation"
        + $" {Numerals.Short(result.StdReturn)}"),
        ("Length", $"{Numerals.Short(result.MeanLength)} steps on average"));

    public static CellOutput Of(ExactSolution solution) => Of(
        ("Optimum", $"discounted value {Numerals.Short(solution.OptimalValue)} at the start "
            + $"at discount factor {Numerals.Short(solution.DiscountFactor)}; the optimal policy returns"
            + $" {Numerals.Short(solution.OptimalReturn)} (undiscounted, under the step limit)"),
        ("Agent", solution.Distance is not { } distance ? "not evaluated yet"
            : $"discounted value {Numerals.Short(distance.GreedyValue)} at the start after episode {Numerals.Count(distance.Episode ?? 0)},"
            + $" {Percent(distance.OptimalActionShare)} of the states act optimally"
                + (distance.IsProper ? "" : "; its greedy policy may never end")));

    /// <summary>A comparison as a sentence, with its warnings.</summary>
    public static CellOutput Of(ScoreComparison comparison) => new(Html.Block(Html.Encode(comparison.Sentence)
        + string.Concat(comparison.Warnings.Select(w => Html.Caption("Warning: " + w)))), comparison.ToString());

    public static CellOutput Of(params (string Name, string Text)[] facts) =>
        new(Html.Block(Html.Facts(facts)), string.Join('\n', facts.Select(f => $"{f.Name}: {f.Text}")));

    static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
