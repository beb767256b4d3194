namespace GridWorld;

/// <summary>The exact evaluation of a greedy policy.</summary>
/// <param name="Value">Exact value, expected over the starts; null if it is not finite.</param>
/// <param name="IsProper">Whether the policy ends with probability 1 from the starts.</param>
/// <param name="Ends">For each state, whether the policy can end from there.</param>
internal readonly record struct GreedyWalk(double? Value, bool IsProper, bool[] Ends)
{
    /// <summary>Evaluates a policy in a world without chance by following pointers, each state once.</summary>
    public static GreedyWalk Follow(Plan plan, int[] greedy)
    {
        var model = plan.Model;
        int start = model.Starts[0].State;
        var pointer = new int[greedy.Length];
        for (int s = 0; s < pointer.Length; s++)
            pointer[s] = model.Terminal[s] ? -1 : greedy[s];
        var values = new double[greedy.Length];
        PointerValues.Follow(pointer, Next, (s, a) => model.Reward[model.Code(s * model.Actions + a)], model.Discount, values);
        // With reward 1 per step and discount 1, the value is infinite exactly for states from which the policy never ends.
        var steps = new double[greedy.Length];
        PointerValues.Follow(pointer, Next, (_, _) => 1, 1, steps);
        var ends = Array.ConvertAll(steps, double.IsFinite);
        bool isProper = Array.TrueForAll(model.Starts, s => ends[s.State]);
        return new(StartValue(model, values), isProper, ends);

        int Next(int state, int action)
        {
            int code = model.Code(state * model.Actions + action);
            var deltas = model.Deltas(code);
            return deltas.Length > 0 ? state + deltas[0] : model.End[code] > 0 ? -1 : start;
        }
    }

    /// <summary>Evaluates a policy in a world with chance by solving its equations.</summary>
    public static GreedyWalk Solve(Plan plan, int[] greedy, CancellationToken cancellationToken)
    {
        var model = plan.Model;
        var (values, layer) = PolicyEvaluation.Evaluate(model, plan.Graph, Policy(plan, greedy), cancellationToken, out bool isProper);
        return new(StartValue(model, values), isProper, Array.ConvertAll(layer[..plan.Mdp.States], l => l >= 0));
    }

    /// <summary>Computes only <see cref="Ends"/>, without solving equations.</summary>
    public static bool[] EndsOf(Plan plan, int[] greedy) => plan.Model.IsDeterministic
        ? Follow(plan, greedy).Ends
        : PolicyEvaluation.MayEnd(plan.Model, plan.Graph, Policy(plan, greedy))[..plan.Mdp.States];

    // With sticky actions, the model has a copy of the states for every last action.
    static StationaryPolicy Policy(Plan plan, int[] greedy)
    {
        int copies = plan.Model.States / plan.Mdp.States;
        var policy = StationaryPolicy.Of(greedy, plan.Model.Actions);
        return copies == 1 ? policy : policy.Repeated(copies);
    }

    static double? StartValue(ExpectedModel model, double[] values) =>
        model.Bound(model.StartValue(values)) is var value && double.IsFinite(value) ? value : null;
}
