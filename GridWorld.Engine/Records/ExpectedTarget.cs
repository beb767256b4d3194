namespace GridWorld;

/// <summary>The target of an expected update: Σ p·(r + γ·max Q(S′,·)). Sutton and Barto, 2nd ed., eq. 4.2 with Q's greedy values.</summary>
internal static class ExpectedTarget
{
    /// <param name="mdp">The world's tables.</param>
    /// <param name="state">The state S.</param>
    /// <param name="action">The action A.</param>
    /// <param name="greedy">Returns max Q(s, ·) of a state.</param>
    /// <param name="discount">Discount factor γ.</param>
    public static double Of(Mdp mdp, int state, int action, Func<int, double> greedy, double discount)
    {
        int code = mdp.Code(state, action);
        var outcomes = mdp.Outcomes(code);
        var probabilities = mdp.Probabilities(code);
        double target = 0;
        for (int k = 0; k < outcomes.Length; k++)
        {
            double next = outcomes[k].End switch
            {
                MoveEnd.Terminal => 0,
                MoveEnd.Restart => mdp.Starts.Sum(s => s.Probability * greedy(s.State)),
                _ => greedy(state + outcomes[k].Delta),
            };
            target += probabilities[k] * (outcomes[k].Reward + discount * next);
        }

        return target;
    }
}
