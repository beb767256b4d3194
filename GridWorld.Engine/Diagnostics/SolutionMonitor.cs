namespace GridWorld;

/// <summary>
/// Keeps the distance from the optimum up to date on its own thread, for at most 2 % of the time: after each computation it rests fifty
/// times as long as the computation took. The plan and the first computation, which waits for the compiler, happen once and do not count.
/// </summary>
internal sealed class SolutionMonitor(RunSpecification specification, Func<AgentSnapshot> agent, Func<double> discountFactor,
    TimeProvider time)
{
    const double RestFactor = 50;
    readonly Lock gate = new();
    readonly Lock work = new();
    ExactSolution? solution;
    Plan? plan;
    (Mdp Mdp, double DiscountFactor, string Why)? unsolvable;
    bool reckoning;
    long restUntil;

    /// <summary>The latest result. Starts a new computation if one is due.</summary>
    /// <param name="tables">The tables in force.</param>
    /// <param name="step">Number of steps taken so far.</param>
    public ExactSolution? At(Mdp tables, long step)
    {
        lock (gate)
        {
            if (!reckoning && time.GetTimestamp() >= restUntil && !IsKnown(tables, step))
            {
                try
                {
                    new Thread(ReckonAside) { IsBackground = true, Priority = ThreadPriority.BelowNormal,
                        Name = "GridWorld truth" }.Start();
                    reckoning = true;
                }
                catch (OutOfMemoryException)
                {
                    RestASecond();
                }
            }

            return solution;
        }
    }

    /// <summary>The reason that there is no optimum, in a sentence; null if there is one or it is not known yet.</summary>
    public string? WhyNot
    {
        get
        {
            lock (gate)
                return unsolvable?.Why;
        }
    }

    /// <summary>Computes the result on the calling thread, for a summary that must be complete.</summary>
    public ExactSolution? Settle()
    {
        var copy = agent();
        lock (gate)
        {
            if (IsKnown(copy.Tables, copy.Step))
                return solution;
        }

        return Reckon();
    }

    bool IsKnown(Mdp tables, long step) => unsolvable is { } none && (none.Mdp, none.DiscountFactor) == (tables, discountFactor())
        || (solution?.Distance?.Step == step && (plan!.Mdp, plan.DiscountFactor) == (tables, discountFactor()));

    void ReckonAside()
    {
        try
        {
            Reckon();
        }
        catch (Exception)
        {
            // The agent cannot be read: its file is damaged or missing, or memory is short. Reading the agent itself reports the error.
            lock (gate)
                RestASecond();
        }
    }

    void RestASecond() => (reckoning, restUntil) = (false, time.GetTimestamp() + time.TimestampFrequency);

    ExactSolution? Reckon()
    {
        lock (work)
        {
            long begun = time.GetTimestamp();
            bool isFirst = plan is null;
            var copy = agent();
            var (tables, discount) = (copy.Tables, discountFactor());
            try
            {
                // Another thread may have computed it in the meantime.
                lock (gate)
                {
                    if (IsKnown(tables, copy.Step))
                        return solution;
                }

                if (plan is null || plan.Mdp != tables || plan.DiscountFactor != discount)
                {
                    var (solved, expected) = KnownPlans.Of(tables, discount, specification.StepLimit);
                    // The curve of a planner shows values.
                    if (specification.IsPlanned)
                        expected = solved.StartValue;
                    lock (gate)
                        (unsolvable, plan, solution) = (null, solved,
                            new(solved.Values, solved.Q, solved.StartValue, expected, discount) { Plan = solved });
                }

                begun = time.GetTimestamp();
                var distance = DistanceToOptimum.Of(plan, copy.Q.AsSpan());
                lock (gate)
                    return solution = solution! with { Distance = distance with { Episode = copy.Episode, Step = copy.Step } };
            }
            catch (Exception e)
            {
                // Usually, the world has no finite value at this discount factor. Whatever the error is, the run continues.
                string why = e switch
                {
                    InputException => e.Message,
                    OutOfMemoryException => "The optimum is not computed: there is not enough memory to solve this world.",
                    _ => $"The optimum is not computed: {e.Message}",
                };
                lock (gate)
                {
                    (unsolvable, plan) = ((tables, discount, why), null);
                    return solution = null;
                }
            }
            finally
            {
                lock (gate)
                {
                    reckoning = false;
                    long now = time.GetTimestamp();
                    restUntil = isFirst ? now : now + (long)((now - begun) * RestFactor);
                }
            }
        }
    }
}
