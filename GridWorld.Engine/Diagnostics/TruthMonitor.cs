namespace GridWorld;

/// <summary>
/// Keeps the distance to the truth up to date, on a thread of its own and never more than 2 % of the time:
/// after each reckoning it rests fifty times as long as that took. The plan, and the first reckoning, which waits for the compiler,
/// come once and don't count.
/// </summary>
internal sealed class TruthMonitor(RunSpecification specification, Mdp mdp, Func<AgentSnapshot> agent, Func<double> discountFactor, TimeProvider time)
{
    const double RestFactor = 50;
    readonly Lock gate = new();
    readonly Lock work = new();
    Truth? truth;
    Plan? plan;
    (Mdp Mdp, double DiscountFactor, string Why)? unsolvable;
    bool reckoning;
    long restUntil;

    /// <summary>What is known by now; asking sets off a new reckoning where one is due.</summary>
    /// <param name="step">Steps that have been taken.</param>
    public Truth? At(long step)
    {
        lock (gate)
        {
            if (!reckoning && time.GetTimestamp() >= restUntil && !IsKnown(step))
            {
                try
                {
                    new Thread(ReckonAside) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "GridWorld truth" }.Start();
                    reckoning = true;
                }
                catch (OutOfMemoryException)
                {
                    RestASecond();
                }
            }

            return truth;
        }
    }

    /// <summary>Why there is no truth, in a sentence; null where there is one, or it is not known yet.</summary>
    public string? WhyNot
    {
        get
        {
            lock (gate)
                return unsolvable?.Why;
        }
    }

    /// <summary>Reckons here and now, for a summary that must be complete.</summary>
    public Truth? Settle()
    {
        long step = agent().Steps;
        lock (gate)
        {
            if (IsKnown(step))
                return truth;
        }

        return Reckon();
    }

    bool IsKnown(long step) => unsolvable is { } none && (none.Mdp, none.DiscountFactor) == (mdp.At(step), discountFactor())
        || (truth?.Distance?.Step == step && plan!.DiscountFactor == discountFactor());

    void ReckonAside()
    {
        try
        {
            Reckon();
        }
        catch (Exception)
        {
            // The agent cannot be read: its file is damaged, or gone, or memory is short. Whoever asks for the agent itself is told.
            lock (gate)
                RestASecond();
        }
    }

    void RestASecond() => (reckoning, restUntil) = (false, time.GetTimestamp() + time.TimestampFrequency);

    Truth? Reckon()
    {
        lock (work)
        {
            long begun = time.GetTimestamp();
            bool isFirst = plan is null;
            var copy = agent();
            var (tables, discount) = (mdp.At(copy.Steps), discountFactor());
            try
            {
                // Who reckoned before us may have done it.
                lock (gate)
                {
                    if (IsKnown(copy.Steps))
                        return truth;
                }

                if (plan is null || plan.Mdp != tables || plan.DiscountFactor != discount)
                {
                    var (solved, expected) = KnownPlans.Of(tables, discount, specification.StepLimit);
                    lock (gate)
                        (unsolvable, plan, truth) = (null, solved, new(solved.Values, solved.Q, solved.StartValue, expected, discount) { Plan = solved });
                }

                begun = time.GetTimestamp();
                var distance = GreedyTruth.Of(plan, copy.Q);
                lock (gate)
                    return truth = truth! with { Distance = new(copy.Episode, copy.Steps, distance.GreedyValue, distance.OptimalActionShare, distance.IsProper) };
            }
            catch (Exception e)
            {
                // No finite value at this discount factor, mostly: there is no optimum to be distant from. Whatever it is, the run goes on.
                string why = e switch
                {
                    InputException => e.Message,
                    OutOfMemoryException => "The optimum is not computed: there is not enough memory to solve this world.",
                    _ => $"The optimum is not computed: {e.Message}",
                };
                lock (gate)
                {
                    (unsolvable, plan) = ((tables, discount, why), null);
                    return truth = null;
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
