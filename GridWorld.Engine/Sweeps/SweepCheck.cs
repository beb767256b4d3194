namespace GridWorld;

/// <summary>Finds every error of a sweep and names its place as in the file.</summary>
internal static class SweepCheck
{
    public const long MostEpisodes = 1L << 40;
    public const int MostSeeds = 1_000_000;

    /// <summary>Records the errors, and makes the groups if there are none.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="faults">The errors, perhaps some already.</param>
    /// <param name="invalid">Names of properties and options that could not be read; their errors are recorded already.</param>
    public static IReadOnlyList<SweepGroup> Groups(Sweep sweep, Faults faults, IReadOnlySet<string> invalid)
    {
        CheckNumbers(sweep, faults, invalid);
        CheckSampler(sweep, faults, invalid);
        if (!invalid.Contains("objective"))
            At("objective", faults, () => SweepObjectives.Parse(sweep.Objective));
        var learners = Named("learner", sweep.Learners, faults, Learner);
        var options = new SweepOptionsCheck(sweep, [.. learners.Where(l => l is not null)!], faults, invalid);
        options.Check();
        var worlds = new Dictionary<(string, WorldArguments), World>();
        _ = Named("world", sweep.Worlds, faults, world => options.Open(world, Open));
        return faults.Any ? [] : Make();

        // Trials with the same options share the world.
        World Open(string name, WorldArguments given)
        {
            if (worlds.TryGetValue((name, given), out var world))
                return world;
            bool isRelative = sweep.Folder is not null && WorldFile.IsWorldFile(name) && !Path.IsPathRooted(name);
            return worlds[(name, given)] = Worlds.Get(isRelative ? Path.Combine(sweep.Folder!, name) : name, given);
        }

        List<SweepGroup> Make()
        {
            var groups = new List<SweepGroup>();
            int first = 0;
            foreach (string world in sweep.Worlds)
            {
                foreach (var learner in learners)
                {
                    At("space", faults, () => groups.Add(new(sweep, world, first, options.SpaceOf(world, learner!), options.Fixed(learner!),
                        given => Open(world, given))));
                    if (faults.Any)
                        return [];
                    first = checked(first + groups[^1].Trials);
                }
            }

            return groups;
        }
    }

    static LearnerOptions Learner(string name) => LearnerCatalog.Find(name)?.Invoke() switch
    {
        null => throw new InputException(SweepOptionsCheck.NoLearner(name)),
        PlannerOptions => throw new InputException(PlannerOptions.NoSeeds(name)),
        var learner => learner,
    };

    // What each name of "world" or "learner" stands for.
    static List<T?> Named<T>(string property, IReadOnlyList<string> names, Faults faults, Func<string, T?> find) where T : class
    {
        faults.Require(names.Count > 0, $"{property}s must contain at least one name.");
        var found = new List<T?>();
        for (int i = 0; i < names.Count; i++)
        {
            T? value = null;
            string name = names[i], place = names.Count == 1 ? property : $"{property}s[{i}]";
            if (names.Take(i).Contains(name))
                faults.Add($"{place} repeats '{Printable.Text(name)}'. Remove it.");
            else
                At(place, faults, () => value = find(name));
            found.Add(value);
        }

        return found;
    }

    static void CheckNumbers(Sweep sweep, Faults faults, IReadOnlySet<string> invalid)
    {
        faults.Require(sweep.Name.Length <= RunOptions.LongestName, $"name must have at most {RunOptions.LongestName} characters.")
            .Require(sweep.Episodes is >= 1 and <= MostEpisodes, Range("episodes", 1, MostEpisodes, sweep.Episodes))
            .Require(sweep.Seeds is >= 1 and <= MostSeeds, Range("seeds", 1, MostSeeds, sweep.Seeds))
            .Require(sweep.TestSeeds is >= 0 and <= MostSeeds, Range("test_seeds", 0, MostSeeds, sweep.TestSeeds))
            .Require(sweep.Trials is null or (>= 1 and <= PruningPlan.MostTrials), Range("trials", 1, PruningPlan.MostTrials, sweep.Trials))
            .Require(sweep.BudgetSteps is null or >= 1, $"budget_steps must be at least 1 (got {sweep.BudgetSteps}).")
            .Require(sweep.MaxSteps is null or >= 1, $"max_steps must be at least 1 (got {sweep.MaxSteps}).");
        if (invalid.Overlaps(["seeds", "first_seed", "test_seeds"]) || sweep.Seeds < 1)
            return;
        ulong more = (ulong)sweep.Seeds - 1;
        if (sweep.FirstSeed > ulong.MaxValue - more)
            faults.Add($"first_seed: {sweep.Seeds} seeds from {sweep.FirstSeed} on go beyond {ulong.MaxValue}. Use a smaller seed.");
        else if (sweep.TestSeeds > 0)
        {
            faults.Require(sweep.FirstSeed + more <= ulong.MaxValue - (ulong)sweep.TestSeeds,
                $"test_seeds: the {sweep.TestSeeds} seeds up to {ulong.MaxValue} meet those of the trials, which end at "
                + $"{sweep.FirstSeed + more}. Use a smaller first_seed.");
        }
    }

    static void CheckSampler(Sweep sweep, Faults faults, IReadOnlySet<string> invalid)
    {
        faults.Require(Enum.IsDefined(sweep.Sampler),
            $"sampler must be one of {string.Join(", ", SweepJson.Samplers)} (got {sweep.Sampler}).")
            .Require(Enum.IsDefined(sweep.Pruner),
            $"pruner must be one of {string.Join(", ", SweepJson.Pruners)} (got {sweep.Pruner}).");
        if (invalid.Contains("sampler"))
            return;
        string sampler = sweep.Sampler.ToString().ToLowerInvariant();
        if (sweep.Sampler == SweepSampler.Grid)
        {
            faults.Require(sweep.Trials is null, $"trials must be null for a grid, which has one trial per point (got {sweep.Trials}).");
            foreach (var parameter in sweep.Space.Where(p => p.Kind is SearchKind.Uniform or SearchKind.LogUniform))
                faults.Add(SearchGrid.Continuous(parameter, $"space.{Printable.Text(parameter.Name)}"));
        }
        else
        {
            faults.Require(sweep.Trials is not null || invalid.Overlaps(["trials", "pruner"]) || sweep.Pruner == SweepPruner.Hyperband,
                $"trials is missing. The sampler {sampler} needs the number of trials.")
                .Require(sweep.Space.Count > 0 || invalid.Count > 0, $"space is empty. The sampler {sampler} needs options to vary.");
        }
    }

    static string Range(string name, long least, long most, long? got) =>
        $"{name} must be a whole number between {least} and {most} (got {got}).";

    internal static void At(string place, Faults faults, Action action)
    {
        try
        {
            action();
        }
        catch (InputException e)
        {
            foreach (string error in e.Errors)
                faults.Add($"{place}: {error}");
        }
    }
}
