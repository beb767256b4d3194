using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>Lists the catalog of learners.</summary>
internal static class LearnersCommand
{
    public static Command Make() => CommandAction.Command("learners", "List the learners, the planners and their options.",
        [Options.Json], Run);

    static void Run(ParsedOptions given)
    {
        given.Faults.ThrowIfAny();
        if (!given.Flag(Options.Json))
        {
            Facts.Table(["learner", "name", "source", "own options"], [.. LearnerCatalog.BuiltIn.Select(l => new object?[]
                { l.Name, l.Title, l.Source, Names(l.Create().Settings.Except(LearnerOptions.CommonSettings)) })]);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Options of all learners: {Names(LearnerOptions.CommonSettings)}.");
            Console.Out.WriteLine($"The last {LearnerCatalog.Planners.Count} are planners: of these options, they have "
                + $"{Names(new ValueIterationPlanner().Settings.Intersect(LearnerOptions.CommonSettings))}.");
            Console.Out.WriteLine("For the range and default of each option, see gridworld train --help.");
            return;
        }

        Json.Print(json =>
        {
            json.WriteStartArray();
            foreach (var learner in LearnerCatalog.BuiltIn)
            {
                json.WriteStartObject();
                json.WriteString("name", learner.Name);
                json.WriteString("title", learner.Title);
                json.WriteString("source", learner.Source);
                json.WriteStartObject("defaults");
                LearnerJson.WriteSettings(json, learner.Create());
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    static string Names(IEnumerable<LearnerSetting> settings) => string.Join(" ", settings.Select(LearnerInput.OptionName));
}
