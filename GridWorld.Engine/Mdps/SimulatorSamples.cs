namespace GridWorld;

/// <summary>Estimates the tables of a simulator from samples of every action in every state that episodes reach.</summary>
internal sealed class SimulatorSamples<TSimulator>(TSimulator simulator, int samples, ulong seed) where TSimulator : struct, ISimulator
{
    readonly Dictionary<(int State, double Reward, bool Ends), int>?[] counts =
        new Dictionary<(int, double, bool), int>?[checked(simulator.States * simulator.Actions)];
    readonly int states = simulator.States, actions = simulator.Actions;
    GuardedSimulator<TSimulator> simulator = new(simulator);

    public Mdp Tables(int stepLimit)
    {
        var random = Rng.Streams(seed).World;
        var starts = Enumerable.Range(0, samples).Select(_ => simulator.Start(ref random)).CountBy(s => s)
            .OrderBy(s => s.Key).Select(s => new StartState(s.Key, (double)s.Value / samples)).ToList();
        var (open, met) = (new Queue<int>(starts.Select(s => s.State)), starts.Select(s => s.State).ToHashSet());
        while (open.TryDequeue(out int state))
        {
            for (int action = 0; action < actions; action++)
            {
                foreach (var (next, _, ends) in Sample(state, action, ref random).Keys)
                {
                    if (!ends && met.Add(next))
                        open.Enqueue(next);
                }
            }
        }

        return Build(met, starts, stepLimit);
    }

    Dictionary<(int State, double Reward, bool Ends), int> Sample(int state, int action, ref Rng random)
    {
        var found = counts[state * actions + action] = [];
        for (int i = 0; i < samples; i++)
        {
            int last = -1;
            var step = simulator.Step(state, action, ref last, ref random);
            var key = (step.State, step.Reward, step.End == StepEnd.Terminated);
            found[key] = found.GetValueOrDefault(key) + 1;
        }

        return found;
    }

    Mdp Build(HashSet<int> met, List<StartState> starts, int stepLimit)
    {
        int most = counts.Max(pair => pair?.Count ?? 1);
        bool[] terminal = [.. Enumerable.Range(0, states).Select(s => !met.Contains(s))];
        var builder = new MdpBuilder(states, actions, most, terminal, starts) { StepLimit = stepLimit };
        for (int pair = 0; pair < counts.Length; pair++)
        {
            var (row, probability) = (new Outcome[most], new double[most]);
            Array.Fill(row, new(0, 0, MoveEnd.Terminal));
            probability[0] = counts[pair] is null ? 1 : 0;
            int k = 0;
            foreach (var ((next, reward, ends), count) in counts[pair] ?? [])
            {
                row[k] = new(reward, next - pair / actions, ends ? MoveEnd.Terminal : MoveEnd.None);
                probability[k++] = (double)count / samples;
            }

            builder.Set(pair / actions, pair % actions, row, probability);
        }

        return builder.Build();
    }
}
