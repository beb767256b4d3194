namespace GridWorld;

/// <summary>Computes exact solutions, to which learners can be compared.</summary>
public static class Planner
{
    /// <summary>
    /// Computes the optimal values and policy. Deterministic worlds are solved in order of value; worlds with chance are solved by
    /// Gauss–Seidel value iteration and policy iteration. In both cases the values are those of the returned policy, up to rounding. With
    /// sticky actions, the last action is part of the planned state; the returned values and policy are those of states without a last
    /// action. (The best action does not depend on the last action.)
    /// </summary>
    /// <param name="mdp">The tables. If the world changes, its first phase is solved; see <see cref="SolvePhases"/>.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">The discount factor is out of range, or the start has no finite value or none that can be
    /// proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan Solve(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        CheckDiscount(discountFactor);
        using var measured = Telemetry.Measure("solve", Telemetry.SolveTime);
        measured.Activity?.SetTag("gridworld.states", mdp.States).SetTag("gridworld.discount_factor", discountFactor);
        return SolveProcess(mdp, DerivedMdp.WithLastAction(mdp), discountFactor, cancellationToken);
    }

    static Plan SolveProcess(Mdp mdp, Mdp process, double discountFactor, CancellationToken cancellationToken)
    {
        var model = new ExpectedModel(process, discountFactor);
        var graph = new Lazy<TransitionGraph>(() => new(model));
        return Finish(mdp, model, graph, model.IsDeterministic
            ? DeterministicPlanner.Solve(model, graph, cancellationToken)
            : StochasticPlanner.Solve(model, graph.Value, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Computes a plan for each phase of a world that changes, as if the map never changed again. The first plan is for the initial world.
    /// </summary>
    /// <exception cref="InputException">The discount factor is out of range, or a start has no finite value or none that can be
    /// proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static IReadOnlyList<Plan> SolvePhases(Mdp mdp, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        return [Solve(mdp, discountFactor, cancellationToken), .. mdp.Changes.Select(c => Solve(c.Mdp, discountFactor, cancellationToken))];
    }

    /// <summary>
    /// Computes the optimum among ε-soft policies, which give every action at least the probability ε / actions. It is the limit of
    /// on-policy learners with a fixed ε. The plan's policy contains the preferred actions; its values are those of the ε-soft policy.
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="epsilon">Exploration rate ε, in [0, 1].</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">A value is out of range, or the start has no finite value or none that can be proven.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Plan SolveSoft(Mdp mdp, double epsilon, double discountFactor = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        new Faults().Require(epsilon is >= 0 and <= 1, $"Epsilon must be between 0 and 1 (got {epsilon}).")
            .ThrowIfAny();
        CheckDiscount(discountFactor);
        // The repeated action is the one executed, so exploration is applied to the states with a last action.
        return mdp.Sticky > 0
            ? SolveProcess(mdp, DerivedMdp.WithExploration(DerivedMdp.WithLastAction(mdp), epsilon), discountFactor, cancellationToken)
            : Solve(DerivedMdp.WithExploration(mdp, epsilon), discountFactor, cancellationToken);
    }

    /// <summary>
    /// Returns value iteration from 0 pass by pass: the values after each, and what is best by them. It ends when a pass changes no value
    /// by more than rounding; at discount 1, values of states that never end can grow forever, so take as many passes as you need:
    /// <code>
    /// var fifth = Planner.Passes(Worlds.BookGrid().Compile(), 0.9).ElementAt(4);
    /// </code>
    /// </summary>
    /// <param name="mdp">The tables.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="order">
    /// Order in which a pass updates the states. Default synchronous: after k passes, the values are those of k steps. A prioritized pass
    /// is as many updates as there are states.
    /// </param>
    /// <exception cref="InputException">The discount factor or the order is invalid.</exception>
    public static IEnumerable<PlanningPass> Passes(Mdp mdp, double discountFactor = 1,
        ValueIterationOrder order = ValueIterationOrder.Synchronous)
    {
        CheckPasses(mdp, discountFactor, order, Enum.GetValues<ValueIterationOrder>());
        var model = new ExpectedModel(DerivedMdp.WithLastAction(mdp), discountFactor);
        return Each(mdp, StatePasses.Of(model, new double[model.States], order, ValueIteration.Rounding(model)));
    }

    /// <summary>
    /// Returns the iterative evaluation of a policy from 0, pass by pass (Sutton and Barto, 2nd ed., eq. 4.5 and figure 4.1). The best
    /// actions of a pass are those of the improved policy.
    /// </summary>
    /// <param name="mdp">The tables, without sticky actions.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="order">Synchronous or in place. Default synchronous.</param>
    /// <exception cref="InputException">A value is invalid, or the policy has another number of states or actions.</exception>
    public static IEnumerable<PlanningPass> Passes(Mdp mdp, StationaryPolicy policy, double discountFactor = 1,
        ValueIterationOrder order = ValueIterationOrder.Synchronous)
    {
        PolicyEvaluation.Check(mdp, policy, discountFactor);
        CheckPasses(mdp, discountFactor, order, ValueIterationOrder.Synchronous, ValueIterationOrder.InPlace);
        new Faults().Require(mdp.Sticky == 0,
            $"Iterative policy evaluation requires a world without sticky actions (sticky is {mdp.Sticky}). Use PolicyEvaluation.Evaluate.")
            .ThrowIfAny();
        return Each(mdp, StatePasses.Of(new(mdp, discountFactor), new double[mdp.States], order, 0, policy));
    }

    /// <summary>
    /// Returns policy iteration policy by policy, from the policy that takes every action with equal probability: the values of each
    /// policy, whose best actions are the next one (Howard 1960). It ends when a policy has no better one. With evaluation passes, it is
    /// modified policy iteration (Puterman and Shin 1978), which ends when an improvement changes no value by more than rounding.
    /// </summary>
    /// <param name="mdp">The tables, without sticky actions.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1]. Default 1.</param>
    /// <param name="evaluationPasses">Number of passes, at least 1, that evaluate each policy. Default null: evaluated exactly.</param>
    /// <exception cref="InputException">A value is invalid, or the values of a policy cannot be proven.</exception>
    public static IEnumerable<PlanningPass> Improvements(Mdp mdp, double discountFactor = 1, int? evaluationPasses = null)
    {
        CheckPasses(mdp, discountFactor, default, default(ValueIterationOrder));
        new Faults().Require(evaluationPasses is null or >= 1, $"The evaluation passes must be at least 1 (got {evaluationPasses}).")
            .Require(mdp.Sticky == 0, $"Improvements require a world without sticky actions (sticky is {mdp.Sticky}). Use PolicyIteration.")
            .ThrowIfAny();
        var model = new ExpectedModel(mdp, discountFactor);
        return Each(mdp, new PolicyPasses(mdp, model, new double[model.States], evaluationPasses));
    }

    /// <summary>
    /// Returns the values of a parameter at which the set of optimal policies changes, and the plan of each interval between them. For
    /// rewards, in which the values are linear, they are exact up to rounding, and none is missed. For the slip and the discount factor,
    /// they are exact to 1e-9 of the range, and an interval shorter than 1/1000 of the range can be missed.
    /// </summary>
    /// <param name="world">The world. If it changes, its first phase is solved.</param>
    /// <param name="parameter">
    /// <c>step_reward</c>, <c>discount_factor</c>, <c>slip</c>, <c>rewards.X</c> with a tile X of the map, or <c>exits.X</c> with an exit
    /// X.
    /// </param>
    /// <param name="from">Lower end of the range, which is open. Finite.</param>
    /// <param name="to">Upper end of the range, which is open. Finite, above <paramref name="from"/>.</param>
    /// <param name="discountFactor">Discount factor γ, in [0, 1], unless it is the parameter. Default 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// A value is invalid, or the world has no finite value somewhere in the range; the message names the value of the parameter.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static PolicyBreakpoints Breakpoints(World world, string parameter, double from, double to, double discountFactor = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(parameter);
        CheckDiscount(discountFactor);
        var found = PlanParameter.Find(parameter, world);
        new Faults().Require(double.IsFinite(from) && double.IsFinite(to) && from < to,
            $"The range of {parameter} must have a lower and a higher finite end (got {Printable.Number(from)} and"
            + $" {Printable.Number(to)}).")
            .Require(found.IsReward || (from >= 0 && to <= 1),
                $"The range of {parameter} must be within 0 and 1 (got {Printable.Number(from)} and {Printable.Number(to)}).")
            .ThrowIfAny();
        return new BreakpointSearch(world, found, discountFactor, from, to, cancellationToken).Run();
    }

    static IEnumerable<PlanningPass> Each(Mdp mdp, StatePasses passes)
    {
        double[] before = [.. passes.Values];
        for (long number = 1; ; number++)
        {
            passes.Pass(default);
            double[] now = [.. passes.Values];
            yield return new(number, passes.Model, mdp.States, now, before, passes.Change, passes.Backups);
            if (passes.IsAtRest(0))
                yield break;
            before = now;
        }
    }

    static void CheckPasses(Mdp mdp, double discountFactor, ValueIterationOrder order, params ValueIterationOrder[] orders)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        CheckDiscount(discountFactor);
        new Faults().Require(orders.Contains(order), $"The order must be one of {string.Join(", ", orders)} (got {order}).").ThrowIfAny();
    }

    internal static void CheckDiscount(double discountFactor) =>
        new Faults().Require(discountFactor is >= 0 and <= 1, $"The discount factor must be between 0 and 1 (got {discountFactor}).")
            .ThrowIfAny();

    /// <summary>Determines policy, residual and ties of optimal values. Throws if the start has no finite value.</summary>
    internal static Plan Finish(Mdp mdp, ExpectedModel model, Lazy<TransitionGraph> graph, PlannedValues planned,
        CancellationToken cancellationToken)
    {
        var values = EndlessClaims.Settle(model, graph, planned, cancellationToken);
        CheckStart(model, values);
        for (int s = 0; s < values.Length; s++)
            values[s] = model.Bound(values[s]);
        var tied = new TiedActions(model, values);
        var (policy, idle) = PolicySelection.Select(model, graph, tied);
        return new(mdp, model, new(values, policy, tied, idle, planned.Iterations, Residual(model, values)));
    }

    static void CheckStart(ExpectedModel model, double[] values)
    {
        double start = model.StartValue(values);
        if (double.IsFinite(start))
            return;
        if (model.Discount < 1)
            throw new InputException($"The values of this world exceed the largest number ({double.MaxValue:G2}). Use smaller rewards.");
        string why = double.IsNaN(start) ? "an agent can repeat a cycle whose rewards cancel forever, and their sum is not defined"
            : start > 0 ? "an agent can repeat a cycle with a positive reward forever"
            : "no policy is certain to reach a terminal state, and continuing costs forever";
        throw new InputException($"This world has no finite value at discount factor {model.Discount}: {why}. "
            + "Use a discount factor below 1, or change the map or its rewards.");
    }

    static double Residual(ExpectedModel model, double[] values)
    {
        double residual = 0, restart = model.StartValue(values);
        for (int s = 0; s < values.Length; s++)
        {
            if (!model.Terminal[s] && double.IsFinite(values[s]))
                residual = Math.Max(residual, Math.Abs(model.BestValue(s, values, restart) - values[s]));
        }

        return residual;
    }
}
