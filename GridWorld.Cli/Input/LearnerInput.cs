using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The learner options of the command line, which are made from the table of settings.</summary>
internal static class LearnerInput
{
    const string DefaultLearner = "q-learning";
    static readonly Option Learner = Options.Value("--learner", "NAME",
        $"The learner; 'gridworld learners' lists them. Default {DefaultLearner}.",
        _ => LearnerCatalog.BuiltIn.Select(l => l.Name));
    static readonly (LearnerSetting Setting, Option Option)[] settings = [.. Settings.Select(s => (s, Declare(s)))];

    /// <summary>The settings of all learners; of those with one name the first.</summary>
    public static IEnumerable<LearnerSetting> Settings =>
        LearnerCatalog.BuiltIn.SelectMany(l => l.Create().Settings).DistinctBy(s => s.Name);

    public static IReadOnlyList<Option> All { get; } = [Learner, .. settings.Select(s => s.Option)];

    public static string OptionName(LearnerSetting setting) => "--" + setting.Name.Replace('_', '-');

    /// <summary>The learner's options; null if they have errors, which are recorded.</summary>
    public static LearnerOptions? Read(ParsedOptions given)
    {
        string name = given.Text(Learner) ?? DefaultLearner;
        if (LearnerCatalog.BuiltIn.FirstOrDefault(l => l.Name == name)?.Create() is not { } learner)
        {
            given.Faults.Add(Unknown(name));
            return null;
        }

        return Apply(given, learner);
    }

    /// <summary>The options with the given settings applied. Errors are recorded.</summary>
    public static LearnerOptions Apply(ParsedOptions given, LearnerOptions learner)
    {
        foreach (var (setting, option) in settings)
        {
            if (given.Text(option) is not { } text)
                continue;
            if (learner.Settings.FirstOrDefault(s => s.Name == setting.Name) is { } own)
                given.Faults.Collect(() => learner = own.WithJson(learner, text));
            else
                given.Faults.Add($"{option.Name} applies only to "
                    + $"{string.Join(", ", Having(setting).Select(h => h.Learner))} (got {learner.Name}). Remove it.");
        }

        given.Faults.Collect(learner.Check);
        return learner;
    }

    static Option Declare(LearnerSetting setting)
    {
        string from = LearnerOptions.CommonSettings.Contains(setting)
            ? "" : $" For {string.Join(", ", Having(setting).Select(h => h.Learner))}.";
        string kind = setting is Hyperparameter ? $"{setting.Range}, or a schedule as JSON" : setting.Range;
        string value = setting is ChoiceSetting choice ? string.Join('|', choice.Choices) : "NUMBER";
        var option = Options.Value(OptionName(setting), value,
            $"{setting.Title}: {setting.Doc}, {kind}. Default {Defaults(setting)}.{from}",
            setting is ChoiceSetting ? _ => value.Split('|') : null);
        if (setting.OtherSpelling is { } other)
            option.Aliases.Add("--" + other);
        return option;
    }

    // The most common default, followed by the other defaults with their learners.
    static string Defaults(LearnerSetting setting)
    {
        var values = Having(setting).GroupBy(h => h.Default.Trim('"'), h => h.Learner).OrderByDescending(g => g.Count());
        return string.Join(", ", values.Select((g, i) => i == 0 ? g.Key : $"{g.Key} for {string.Join(" and ", g)}"));
    }

    static IEnumerable<(string Learner, string Default)> Having(LearnerSetting setting) =>
        from learner in LearnerCatalog.BuiltIn.Select(l => l.Create())
        from own in learner.Settings
        where own.Name == setting.Name
        select (learner.Name, own.ToJson(learner));

    static string Unknown(string name)
    {
        var near = NearNames.Of(name, LearnerCatalog.BuiltIn.Select(l => l.Name));
        return $"There is no learner '{Printable.Text(name)}'. "
            + (near.Count > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : $"Use one of {string.Join(", ", LearnerCatalog.BuiltIn.Select(l => l.Name))}.");
    }
}
