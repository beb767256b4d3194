namespace GridWorld.Cli;

/// <summary>A run in the numbers that <c>train --json</c> prints.</summary>
internal static class Summaries
{
    public static IReadOnlyList<(string Name, object? Value)> Of(Run run)
    {
        var status = run.View.Status();
        double checksum = 0;
        foreach (double q in run.View.Agent().Q)
            checksum += q;
        return
        [
            ("run_id", status.RunId),
            ("episodes", status.Episodes),
            ("steps", status.Steps),
            ("steps_per_second", status.StepsPerSecond),
            ("mean_return_last_100", status.MeanReturnLast100),
            ("greedy_value", status.GreedyValue),
            ("optimal_value", status.OptimalValue ?? OptimalValue(run, status.DiscountFactor)),
            ("q_checksum", checksum),
        ];
    }

    public static void Print(IReadOnlyList<(string Name, object? Value)> summary, bool json)
    {
        if (json)
            Json.Print(writer => JsonLinesExport.Row([.. summary.Select(f => f.Name)], [.. summary.Select(f => f.Value)], writer));
        else
            Facts.Print([.. summary.Select(f => (f.Name.Replace('_', ' '), f.Value))]);
    }

    // A world without a finite value has no optimal one.
    static double? OptimalValue(Run run, double discountFactor)
    {
        try
        {
            return Planner.Solve(run.Mdp, discountFactor).StartValue;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
