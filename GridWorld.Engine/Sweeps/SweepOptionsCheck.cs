namespace GridWorld;

/// <summary>Checks the settings and the space of a sweep against what its learners declare, and applies them.</summary>
internal sealed class SweepOptionsCheck(Sweep sweep, IReadOnlyList<LearnerOptions> learners, Faults faults, IReadOnlySet<string> invalid)
{
    readonly HashSet<string> said = new(StringComparer.Ordinal);
    readonly HashSet<string> wrong = new(StringComparer.Ordinal);

    public static string NoLearner(string name)
    {
        var names = LearnerCatalog.All.Select(l => l.Name);
        return $"There is no learner '{Printable.Text(name)}'. "
            + (NearNames.Of(name, names) is [var near, ..] ? $"Did you mean {near}?" : $"Use one of {string.Join(", ", names)}.");
    }

    public void Check()
    {
        CheckNames();
        SearchSpace.Check(sweep.Space, ["world", "learner", .. sweep.Settings.Keys, .. invalid], "space.", faults);
        foreach (var (name, value) in sweep.Settings.Where(s => !wrong.Contains(s.Key)))
            Try($"settings.{Printable.Text(name)}", name, value);
        foreach (var parameter in sweep.Space)
        {
            CheckConditions(parameter);
            if (!IsSound(parameter))
                wrong.Add(parameter.Name);
            else
                Samples(parameter).ToList().ForEach(sample => Try(sample.Place, parameter.Name, sample.Value));
        }

        if (!faults.Any)
            learners.ToList().ForEach(learner => Say(() => SpaceOf(sweep.Worlds.FirstOrDefault() ?? "", learner)));
    }

    /// <summary>
    /// The world with the fixed options and the first value of each varied one. Null, with an error, if the options are invalid.
    /// </summary>
    public World? Open(string world, Func<string, WorldArguments, World> open)
    {
        if (learners.Count == 0 || sweep.Settings.Any(s => SweepOptions.IsOfWorld(s.Key) && wrong.Contains(s.Key)))
            return open(world, new());
        var options = sweep.Settings.Where(s => SweepOptions.IsOfWorld(s.Key))
            .Aggregate(new SweepOptions(learners[0], new()), (o, s) => o.With(s.Key, s.Value));
        var varied = sweep.Space.Where(p => SweepOptions.IsOfWorld(p.Name) && !wrong.Contains(p.Name)
            && learners.Any(l => SearchSpace.MayBeActive(p, Facts(world, l)))).ToList();
        options = varied.Aggregate(options, (o, p) => o.With(p.Name, Samples(p).First().Value));
        foreach (var (place, value, name) in varied.SelectMany(p => Samples(p).Skip(1).Select(s => (s.Place, s.Value, p.Name))))
            Say(() => open(world, options.With(name, value).World), place);
        return open(world, options.World);
    }

    /// <summary>The learner's options with the fixed settings that apply to it.</summary>
    public SweepOptions Fixed(LearnerOptions learner) => sweep.Settings.Where(s => SweepOptions.Has(learner, s.Key))
        .Aggregate(new SweepOptions(learner, new()), (options, s) => options.With(s.Key, s.Value));

    /// <summary>The parameters that can be active for a world and a learner.</summary>
    public SearchSpace SpaceOf(string world, LearnerOptions learner) => SearchSpace.Within(
        sweep.Space.Where(p => SweepOptions.Has(learner, p.Name)), Facts(world, learner));

    Dictionary<string, SearchValue> Facts(string world, LearnerOptions learner)
    {
        var facts = new Dictionary<string, SearchValue>(StringComparer.Ordinal) { ["world"] = world, ["learner"] = learner.Name };
        foreach (var (name, value) in sweep.Settings.Where(s => SweepOptions.Has(learner, s.Key)))
            facts.TryAdd(name, value);
        return facts;
    }

    void CheckNames()
    {
        foreach (string name in sweep.Settings.Keys)
            CheckName(name, "settings.", learners);
        foreach (var parameter in sweep.Space)
        {
            CheckName(parameter.Name, "space.", [.. learners.Where(learner =>
                sweep.Worlds.Any(world => SearchSpace.MayBeActive(parameter, Facts(world, learner))))]);
        }

        faults.Require(sweep.MaxSteps is null || (!sweep.Settings.ContainsKey("max_steps") && sweep.Space.All(p => p.Name != "max_steps")),
            "max_steps is set twice: at the top, and under settings or space. Remove one.");
    }

    // An option that cannot be active for any learner of the sweep is fine: its condition says so.
    void CheckName(string name, string within, IReadOnlyList<LearnerOptions> possible)
    {
        string place = within + Printable.Text(name);
        if (!SweepOptions.Exists(name, learners))
            faults.Add($"{place} is not an option of a learner or a run. {Hint(name)}");
        else if (possible.Count > 0 && !possible.Any(l => SweepOptions.Has(l, name)))
        {
            faults.Add($"{place} is not an option of {string.Join(", ", possible.Select(l => l.Name))}. Remove it, or add a learner that"
                + " has it.");
        }
        else
            return;
        wrong.Add(name);
    }

    void CheckConditions(SearchParameter parameter)
    {
        foreach (var condition in parameter.Conditions)
        {
            string place = $"space.{Printable.Text(parameter.Name)}.when.{Printable.Text(condition.Name)}";
            var other = sweep.Space.FirstOrDefault(p => p.Name == condition.Name);
            foreach (var value in condition.Values)
            {
                string shown = Printable.Text(value.ToString());
                if (condition.Name == "learner")
                    faults.Require(value.Text is { } name && LearnerCatalog.Find(name) is not null,
                        $"{place}: {NoLearner(value.ToString())}");
                else if (condition.Name == "world")
                    faults.Require(value.Text is { } world && sweep.Worlds.Contains(world),
                        $"{place}: '{shown}' is not a world of the sweep.");
                else if (other is { Kind: SearchKind.Choice })
                    faults.Require(other.Choices.Contains(value), $"{place}: {other.Name} is never {shown}.");
            }
        }
    }

    // A value between the bounds, too: an option can be a whole number.
    static IEnumerable<(string Place, SearchValue Value)> Samples(SearchParameter parameter)
    {
        string place = $"space.{Printable.Text(parameter.Name)}.{parameter.Word}";
        return parameter.Kind == SearchKind.Choice ? parameter.Choices.Select((choice, i) => ($"{place}[{i}]", choice))
            : [($"{place}[0]", parameter.From), ($"{place}[1]", parameter.To), (place, parameter.At(0.381966))];
    }

    // Each learner that has the option must accept the value; the same error is recorded once.
    void Try(string place, string name, SearchValue value)
    {
        foreach (var learner in learners.Where(l => SweepOptions.Has(l, name)))
        {
            if (!Say(() => new SweepOptions(learner, new()).With(name, value), place))
                wrong.Add(name);
        }
    }

    bool Say(Action action, string? place = null)
    {
        try
        {
            action();
            return true;
        }
        catch (InputException e)
        {
            foreach (string error in e.Errors.Select(error => place is null ? error : $"{place}: {error}").Where(said.Add))
                faults.Add(error);
            return false;
        }
    }

    bool IsSound(SearchParameter parameter)
    {
        var own = new Faults();
        parameter.Check("", own);
        return !own.Any && !wrong.Contains(parameter.Name);
    }

    string Hint(string name)
    {
        var names = SweepOptions.Names(learners).ToList();
        return NearNames.Of(name, names) is [var near, ..] ? $"Did you mean {near}?" : $"Use one of {string.Join(", ", names)}.";
    }
}
