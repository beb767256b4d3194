namespace GridWorld;

/// <summary>Policy iteration, one policy at a time.</summary>
internal static class PolicyPasses
{
    public static IEnumerable<PlanningPass> Of(Mdp mdp, ExpectedModel model, int? evaluationPasses)
    {
        var policy = StationaryPolicy.Uniform(mdp);
        int[]? chosen = null;
        double[] before = new double[model.States];
        long backups = 0;
        for (long number = 1; ; number++)
        {
            var (values, spent) = Evaluate(mdp, model, policy, before, evaluationPasses);
            var better = Improve(model, values, chosen);
            double change = 0;
            for (int s = 0; s < values.Length; s++)
                change = values[s].Equals(before[s]) ? change : Math.Max(change, Math.Abs(values[s] - before[s]));
            yield return new(number, model, mdp.States, values, before, change, backups += spent + model.States);
            if (chosen is not null && better.AsSpan().SequenceEqual(chosen)
                && (evaluationPasses is null || change <= ValueIteration.Rounding(model)))
                yield break;
            (chosen, before, policy) = (better, values, StationaryPolicy.Deterministic(better, model.Actions));
        }
    }

    static (double[] Values, long Backups) Evaluate(Mdp mdp, ExpectedModel model, StationaryPolicy policy, double[] from, int? passes)
    {
        if (passes is not { } count)
            return (PolicyEvaluation.Evaluate(mdp, policy, model.Discount).Values, 0);
        var evaluation = StatePasses.Of(model, [.. from], ValueIterationOrder.Synchronous, 0, policy);
        for (int k = 0; k < count; k++)
            evaluation.Pass(default);
        return ([.. evaluation.Values], evaluation.Backups);
    }

    // Keeps an action that is tied with the best, so that the policies come to rest.
    static int[] Improve(ExpectedModel model, double[] values, int[]? chosen)
    {
        var tied = new TiedActions(model, values);
        var better = new int[model.States];
        for (int s = 0; s < better.Length; s++)
        {
            better[s] = chosen?[s] ?? 0;
            if (!model.Terminal[s] && !tied.Has(s, better[s]))
                better[s] = Enumerable.Range(0, model.Actions).FirstOrDefault(a => tied.Has(s, a));
        }

        return better;
    }
}
