namespace GridWorld.Tests;

/// <summary>
/// What is recorded of steps is enough to do the learning by the book: each step's row is the one that its action was chosen from, and its
/// new value is what the equations of Sutton and Barto, 2nd ed., give. Whole tables and whole traces stand here in place of the library's
/// short cuts.
/// </summary>
public class WorkedOutAgainTests
{
    static readonly World[] worlds = [Worlds.CliffWalking(), Worlds.FrozenLake4x4(), Worlds.WindyKings(), Worlds.DynaMaze(),
        new(["S.C", ".#.", "H.G"], new() { Slip = 0.2 })];

    public static TheoryData<string, int> Cases =>
        [.. from learner in LearnerCatalog.All
            from seed in Enumerable.Range(1, 20)
            select (learner.Name, seed)];

    [Theory, MemberData(nameof(Cases))]
    public void Rows_and_updates_of_all_steps_are_those_of_the_book(string name, int seed)
    {
        var random = Rng.Streams((ulong)seed).World;
        // These can take forever to end an episode that only one cell ends: Monte Carlo learns nothing before.
        var possible = name is "monte-carlo" or "n-step-tree-backup" ? [.. worlds.Where(w => w.Cells.Contains('H'))] : worlds;
        var world = possible[random.Below(possible.Length)];
        var options = Options(name, ref random);
        var book = new Book(world.States, world.Actions, options);

        foreach (var episode in ChosenRowTests.Record(world, options, episodes: 12))
        {
            Assert.Equal(StepEnd.Terminated, episode[^1].End);
            // The first action is chosen from the table as it is, and so is every one that is chosen only when its step is taken.
            bool isChosenBefore = options is Sarsa or ExpectedSarsa or NStepSarsa or SarsaLambda or WatkinsQLambda;
            double[] row = book.Row(episode[0].State);
            book.Begin();
            for (int i = 0; i < episode.Count; i++)
            {
                var (step, next) = (episode[i], i + 1 < episode.Count ? episode[i + 1] : null);
                string place = $"{name} in {world.Name}, seed {seed}, step {step.Step}";
                Near(isChosenBefore ? row : book.Row(step.State), step.Q, place);
                row = next is null ? [] : book.Row(next.State);

                book.Learn(step, next);

                Near([book[step.State, step.Action]], [step.NewValue], place);
            }
        }
    }

    static LearnerOptions Options(string name, ref Rng random)
    {
        LearnerOptions learner = name switch
        {
            "n-step-sarsa" => new NStepSarsa { StepsAhead = 1 + random.Below(6) },
            "n-step-tree-backup" => new NStepTreeBackup { StepsAhead = 1 + random.Below(6) },
            "dyna-q" => new DynaQ { PlanningSteps = random.Below(12) },
            "dyna-q-plus" => new DynaQPlus { PlanningSteps = random.Below(12), Kappa = 0.1 * random.NextDouble() },
            "prioritized-sweeping" => new PrioritizedSweeping { PlanningSteps = random.Below(12), Threshold = 0.001 },
            "sarsa-lambda" =>
                new SarsaLambda { TraceDecay = random.NextDouble(),
                Traces = random.Below(2) == 0 ? Traces.Replacing : Traces.Accumulating },
            "watkins-q-lambda" =>
                new WatkinsQLambda { TraceDecay = random.NextDouble(),
                Traces = random.Below(2) == 0 ? Traces.Replacing : Traces.Accumulating },
            _ => LearnerCatalog.Create(name),
        };
        return learner with
        {
            LearningRate = 0.05 + 0.4 * random.NextDouble(),
            DiscountFactor = 0.5 + 0.5 * random.NextDouble(),
            Epsilon = 0.1 + 0.5 * random.NextDouble(),
        };
    }

    static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> seen, string place)
    {
        Assert.Equal(expected.Count, seen.Count);
        for (int a = 0; a < seen.Count; a++)
            Assert.True(Math.Abs(expected[a] - seen[a]) <= 1e-7 * Math.Max(1, Math.Abs(expected[a])),
                $"{place}: {seen[a]}, by the book {expected[a]}");
    }

    sealed class Book(int states, int actions, LearnerOptions options)
    {
        readonly double alpha = At(options.LearningRate), gamma = At(options.DiscountFactor), epsilon = At(options.Epsilon);
        readonly double[,] q = new double[states, actions], trace = new double[states, actions];
        readonly double[][,] twins = [new double[states, actions], new double[states, actions]];
        readonly List<EpisodeStep> steps = [];

        // What was last seen of each pair, in the order of the states' first visits, and when it was last taken.
        readonly Dictionary<(int State, int Action), EpisodeStep> model = [];
        readonly Dictionary<(int State, int Action), int> taken = [];
        readonly Dictionary<(int State, int Action), double> urgent = [];
        readonly List<int> visited = [];
        Rng draws = Rng.Streams(ChosenRowTests.Seed).Model;
        int now;

        public double this[int state, int action] => q[state, action];

        public double[] Row(int state) => [.. Enumerable.Range(0, actions).Select(a => q[state, a])];

        public void Begin()
        {
            Array.Clear(trace);
            steps.Clear();
        }

        /// <param name="step">The step.</param>
        /// <param name="next">The one that follows; null at the end of the episode.</param>
        public void Learn(EpisodeStep step, EpisodeStep? next)
        {
            steps.Add(step);
            double ahead = next is null ? 0 : q[next.State, next.Action], best = next is null ? 0 : Row(next.State).Max();
            switch (options)
            {
                case QLearning:
                    Move(step, step.Reward + gamma * best);
                    break;
                case Sarsa:
                    Move(step, step.Reward + gamma * ahead);
                    break;
                case ExpectedSarsa:
                    Move(step, step.Reward + gamma * (next is null ? 0 : Mean(next.State)));
                    break;
                case NStepSarsa { StepsAhead: var n }:
                    for (int first = next is null ? Math.Max(0, steps.Count - n) : steps.Count - n;
                        first >= 0 && (next is null ? first < steps.Count : first == steps.Count - n); first++)
                        Move(steps[first], steps.Skip(first).Select((s, k) => Math.Pow(gamma, k) * s.Reward)
                            .Sum() + Math.Pow(gamma, steps.Count - first) * ahead);
                    break;
                case SarsaLambda { TraceDecay: var decay, Traces: var kind }:
                    Share(step, step.Reward + gamma * ahead - q[step.State, step.Action], At(decay), kind);
                    break;
                case WatkinsQLambda { TraceDecay: var decay, Traces: var kind }:
                    // Judged by the row that it was chosen from: dropped traces make ties that the book's table has not.
                    bool isGreedy = next is not null && next.Q[next.Action] == next.Q.Max();
                    Share(step, step.Reward + gamma * best - q[step.State, step.Action], At(decay), kind);
                    if (!isGreedy)
                        Array.Clear(trace);
                    break;
                case NStepTreeBackup { StepsAhead: var n }:
                    for (int first = next is null ? Math.Max(0, steps.Count - n) : steps.Count - n;
                        first >= 0 && (next is null ? first < steps.Count : first == steps.Count - n); first++)
                        Move(steps[first], TreeReturn(first));
                    break;
                case MonteCarlo when next is null:
                    double g = 0;
                    foreach (var (visit, i) in steps.Select((s, i) => (s, i)).Reverse())
                    {
                        g = visit.Reward + gamma * g;
                        if (!steps.Take(i).Any(s => (s.State, s.Action) == (visit.State, visit.Action)))
                            Move(visit, g);
                    }

                    break;
                case MonteCarlo:
                    break;
                case DoubleQLearning:
                    var (learns, other) = draws.Next() >> 63 == 0 ? (twins[0], twins[1]) : (twins[1], twins[0]);
                    int greedy = next is null ? 0 : Enumerable.Range(0, actions).MaxBy(a => learns[next.State, a]);
                    double value = next is null ? 0 : other[next.State, greedy];
                    learns[step.State, step.Action] += alpha * (step.Reward + gamma * value - learns[step.State, step.Action]);
                    q[step.State, step.Action] = (twins[0][step.State, step.Action] + twins[1][step.State, step.Action]) / 2;
                    break;
                case DynaQ { PlanningSteps: var planned }:
                    Move(step, step.Reward + gamma * best);
                    See(step);
                    for (int k = 0; k < planned; k++)
                    {
                        int state = visited[draws.Below(visited.Count)];
                        int[] tried = [.. Enumerable.Range(0, actions).Where(a => model.ContainsKey((state, a)))];
                        Plan(model[(state, tried[draws.Below(tried.Length)])], bonus: 0);
                    }

                    break;
                case DynaQPlus { PlanningSteps: var planned, Kappa: var kappa }:
                    Move(step, step.Reward + gamma * best);
                    See(step);
                    for (int k = 0; k < planned; k++)
                    {
                        int state = visited[draws.Below(visited.Count)], action = draws.Below(actions);
                        // An action that was never tried stays where it is and pays nothing. Sutton and Barto, section 8.3, footnote 1.
                        var seen = model.GetValueOrDefault((state, action))
                            ?? new(0, state, action, false, 0, state, StepEnd.None, [], 0);
                        Plan(seen, At(kappa) * Math.Sqrt(now - taken.GetValueOrDefault((state, action))));
                    }

                    break;
                case PrioritizedSweeping { PlanningSteps: var planned, Threshold: var threshold }:
                    See(step);
                    Weigh(step, At(threshold));
                    for (int k = 0; k < planned && urgent.Count > 0; k++)
                    {
                        var pair = urgent.OrderByDescending(u => u.Value).ThenBy(u => u.Key).First().Key;
                        urgent.Remove(pair);
                        Plan(model[pair], bonus: 0);
                        foreach (var before in model.Values.Where(m => m.NextState == pair.State))
                            Weigh(before, At(threshold));
                    }

                    break;
                default:
                    throw new NotSupportedException(options.Name);
            }
        }

        void See(EpisodeStep step)
        {
            if (!visited.Contains(step.State))
                visited.Add(step.State);
            model[(step.State, step.Action)] = step;
            taken[(step.State, step.Action)] = ++now;
        }

        // Section 8.2: a step of Q-learning from the model.
        void Plan(EpisodeStep seen, double bonus) => Move(seen, seen.Reward + bonus + gamma * Ahead(seen));

        double Ahead(EpisodeStep seen) => seen.End == StepEnd.Terminated ? 0 : Row(seen.NextState).Max();

        // Section 8.4.
        void Weigh(EpisodeStep seen, double threshold)
        {
            double priority = Math.Abs(seen.Reward + gamma * Ahead(seen) - q[seen.State, seen.Action]);
            if (priority > threshold)
                urgent[(seen.State, seen.Action)] = Math.Max(priority, urgent.GetValueOrDefault((seen.State, seen.Action)));
        }

        // Equation 7.16, from a step to the last one: the mean over the actions not taken, and the rest of the tree for the other.
        double TreeReturn(int first)
        {
            var (step, last) = (steps[first], first == steps.Count - 1);
            if (step.End == StepEnd.Terminated)
                return step.Reward;
            double[] row = Row(step.NextState);
            double rest = 0;
            for (int a = 0; a < actions; a++)
                rest += last || a != steps[first + 1].Action ? Policy(row, a) * row[a] : 0;
            return step.Reward + gamma * (last ? rest : rest + Policy(row, steps[first + 1].Action) * TreeReturn(first + 1));
        }

        double Policy(double[] row, int action) =>
            epsilon / actions + (row[action] == row.Max() ? (1 - epsilon) / row.Count(v => v == row.Max()) : 0);

        // Equations 6.7, 6.8, 6.9 and 7.5 have the same form: a step of size α towards a target.
        void Move(EpisodeStep step, double target) => q[step.State, step.Action] += alpha * (target - q[step.State, step.Action]);

        // Sections 12.7 and 12.10, one trace for every pair there is.
        void Share(EpisodeStep step, double error, double decay, Traces kind)
        {
            trace[step.State, step.Action] = kind == Traces.Replacing ? 1 : trace[step.State, step.Action] + 1;
            for (int s = 0; s < states; s++)
            {
                for (int a = 0; a < actions; a++)
                {
                    q[s, a] += alpha * error * trace[s, a];
                    trace[s, a] *= gamma * decay;
                }
            }
        }

        // Σ π(a|s)·Q(s, a) of the ε-greedy policy, the greedy share divided among all greedy actions.
        double Mean(int state)
        {
            double[] row = Row(state);
            double[] greedy = [.. row.Where(v => v == row.Max())];
            return epsilon * row.Average() + (1 - epsilon) * greedy.Average();
        }

        static double At(Schedule schedule) => ((ConstantSchedule)schedule).Value;
    }
}
