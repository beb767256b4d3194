namespace GridWorld;

/// <summary>The output of an exact solution in a cell.</summary>
internal static class PlanOutput
{
    public static CellOutput Of(Plan plan)
    {
        (string, string)[] facts =
        [
            ("Value at the start", $"{Numerals.Short(plan.StartValue)} (exact, discount factor {Numerals.Short(plan.DiscountFactor)})"),
            ("States", $"{Numerals.Count(plan.Mdp.States)}, of which {Numerals.Count(plan.Reachable.Count(true))} can be reached from a"
                + $" start; {plan.Mdp.Actions} actions"),
            ("Work", $"{Numerals.Count(plan.Iterations)} iterations, residual {Numerals.Short(plan.Residual)}"),
        ];
        return new(Html.Block(Html.Facts(facts) + Html.Caption("As tables: plan.ValueTable(world) and plan.QTable(world).")),
            string.Join('\n', facts.Select(f => $"{f.Item1}: {f.Item2}").Prepend("Exact solution")));
    }
}
